// Ids of people and tokens as their names, where one may see those; the id stays in reach either way.
import { useQuery } from '@tanstack/react-query'
import { read } from '../../api.ts'
import { toWords } from '../../lib/format.ts'
import { useMay } from '../../session.ts'

const STAYS_MS = 60_000

export function useNames(): (kind: string, id: string) => string | undefined {
  const may = useMay()
  const people = useQuery({
    ...read('/api/accounts', { query: { limit: 200 } }),
    enabled: may('account:read'),
    staleTime: STAYS_MS,
  })
  const tokens = useQuery({
    ...read('/api/tokens', { query: { limit: 200 } }),
    enabled: may('token:read'),
    staleTime: STAYS_MS,
  })
  return (kind, id) => {
    if (kind === 'account') return people.data?.items.find((person) => person.id === id)?.name
    if (kind === 'token') return tokens.data?.items.find((token) => token.id === id)?.name
    if (kind === 'system') return 'Parapet'
    if (kind === 'local') return 'This machine'
    return kind === 'anonymous' ? 'Nobody signed in' : undefined
  }
}

export function Who({ kind, id, name }: { kind: string; id: string; name: string | undefined }) {
  return (
    <span className="block min-w-0" title={`${kind} ${id}`}>
      <span className="block truncate">{name ?? id}</span>
      <span className="block truncate text-xs text-ink-3">{toWords(kind)}</span>
    </span>
  )
}
