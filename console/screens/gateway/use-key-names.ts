// Ids of gateway keys as their names, where one may see those.
import { useQuery } from '@tanstack/react-query'
import { PLAYGROUND_KEY } from '../../../src/model/exchange.ts'
import { read } from '../../api.ts'
import { useMay } from '../../session.ts'

export function useKeyNames(): (id: string) => string {
  const may = useMay()
  const keys = useQuery({
    ...read('/api/keys', { query: { limit: 200 } }),
    enabled: may('key:read'),
    staleTime: 60_000,
  })
  const names = new Map(keys.data?.items.map(({ id, name }) => [id, name]))
  return (id) => (id === PLAYGROUND_KEY ? 'Playground' : (names.get(id) ?? id))
}
