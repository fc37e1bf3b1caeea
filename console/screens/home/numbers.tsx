// Where the whole organisation stands, in four numbers; each leads to its rows.
import { useQuery } from '@tanstack/react-query'
import { read } from '../../api.ts'
import { formatNumber, plural } from '../../lib/format.ts'
import { useMay } from '../../session.ts'
import { type NumberTile, NumberTiles } from '../../ui/number-tiles.tsx'
import { Time } from '../../ui/time.tsx'

export function Numbers() {
  const may = useMay()
  const systems = useSystems()
  const controls = useControls()
  const log = useLog()
  const tiles = [...(may('risk:read') ? [...systems, ...controls] : []), ...(may('log:read') ? log : [])]
  return <NumberTiles tiles={tiles} />
}

function useSystems(): NumberTile[] {
  const may = useMay()
  const enabled = may('risk:read')
  const all = useQuery({ ...read('/api/systems', { query: { limit: 1 } }), enabled })
  const high = useQuery({ ...read('/api/systems', { query: { limit: 1, worst: 'high' } }), enabled })
  const unowned = useQuery({
    ...read('/api/assets', { query: { limit: 200, kind: 'system', unowned: true } }),
    enabled,
  })
  const [total, missing] = [all.data?.total, unowned.data?.items.length]
  return [
    {
      name: all.data?.total === 1 ? 'system' : 'systems',
      value: all.data && formatNumber(all.data.total),
      note: total === undefined || missing === undefined ? '' : ownersWords(total, missing),
      to: '/inventory',
    },
    {
      name: 'with a high risk left',
      value: high.data && formatNumber(high.data.total),
      note: 'counting only what is proven',
      to: '/inventory',
      search: { worst: 'high' },
    },
  ]
}

const ownersWords = (systems: number, missing: number) =>
  systems === 0
    ? 'add or discover the first'
    : missing === 0
      ? 'all with three owners'
      : `${missing} without all three owners`

function useControls(): NumberTile[] {
  const may = useMay()
  const controls = useQuery({ ...read('/api/controls', { query: { limit: 200 } }), enabled: may('risk:read') })
  const states = controls.data?.items.map(({ state }) => state.status)
  const count = (status: string) => states?.filter((one) => one === status).length ?? 0
  return [
    {
      name: 'controls proven everywhere',
      value: states && formatNumber(count('proven')),
      note: `of ${plural((states?.length ?? 0) - count('not-needed'), 'control')} needed, ${count('failing')} failing`,
      to: '/catalog/controls',
    },
  ]
}

function useLog(): NumberTile[] {
  const may = useMay()
  const log = useQuery({ ...read('/api/log'), enabled: may('log:read') })
  return [
    {
      name: 'entries in the log',
      value: log.data && formatNumber(log.data.size),
      note: log.data?.checkpoint ? (
        <>
          {sealed(log.data.size - log.data.checkpoint.size)} <Time at={log.data.checkpoint.at} />
        </>
      ) : (
        'not sealed yet'
      ),
      to: '/log',
    },
  ]
}

const sealed = (open: number) => (open === 0 ? 'all sealed' : `${formatNumber(open)} to be sealed; last seal`)
