// How many findings of each severity are open, above their list or on the page of a system.
import { read } from '../../api.ts'
import { formatNumber, toWords } from '../../lib/format.ts'
import { useQuery } from '@tanstack/react-query'
import { type NumberTile, NumberTiles } from '../../ui/number-tiles.tsx'
import { SEVERITIES } from './words.ts'

interface SeverityTilesProps {
  source?: string | undefined
  system?: string | undefined
  rule?: string | undefined
}

const NOTES = { critical: 'mend now', high: 'mend next', medium: 'plan it', low: 'know of it' } as const

export function SeverityTiles(where: SeverityTilesProps) {
  const { data } = useQuery(read('/api/scan-findings', { query: { ...where, state: 'open', limit: 1 } }))
  const search = Object.fromEntries(Object.entries(where).filter(([, value]) => value !== undefined))
  const tiles = SEVERITIES.map((severity): NumberTile => {
    const count = data?.counts[severity]
    return {
      name: toWords(severity),
      value: count === undefined ? undefined : formatNumber(count),
      note: count === 0 ? 'none open' : NOTES[severity],
      to: '/discovery/findings',
      search: { ...search, severity },
    }
  })
  return <NumberTiles tiles={tiles} />
}
