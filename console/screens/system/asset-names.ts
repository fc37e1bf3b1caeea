// Assets of a kind by the name that people gave them, where one may see the register; else by id.
import { useQuery } from '@tanstack/react-query'
import { read } from '../../api.ts'
import { useMay } from '../../session.ts'

export function useAssets(kind: 'system' | 'agent') {
  const may = useMay()
  return useQuery({
    ...read('/api/assets', { query: { kind, limit: 200 } }),
    enabled: may('asset:read'),
    staleTime: 60_000,
  })
}

export function useAssetNames(kind: 'system' | 'agent'): (id: string) => string {
  const names = new Map(useAssets(kind).data?.items.map(({ id, name }) => [id, name]))
  return (id) => names.get(id) ?? id
}
