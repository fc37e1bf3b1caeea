// Ids of gateway keys as their names, where one may see those.
import { useQuery } from '@tanstack/react-query'
import type { PLAYGROUND_KEY } from '../../../src/model/exchange.ts'
import { read } from '../../api.ts'
import { useMay } from '../../session.ts'

const PLAYGROUND: typeof PLAYGROUND_KEY = 'playground'

export function useGatewayKeys() {
  const may = useMay()
  return useQuery({
    ...read('/api/keys', { query: { limit: 200 } }),
    enabled: may('key:read'),
    staleTime: 60_000,
  })
}

export function useKeyNames(): (id: string) => string {
  const names = new Map(useGatewayKeys().data?.items.map(({ id, name }) => [id, name]))
  return (id) => (id === PLAYGROUND ? 'Playground' : (names.get(id) ?? id))
}
