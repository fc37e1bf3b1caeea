// Systems by the name that people gave them, where one may see the register; else by id.
import { useQuery } from '@tanstack/react-query'
import { read } from '../../api.ts'
import { useMay } from '../../session.ts'
import { TextLink } from '../../ui/link.tsx'

export function useSystems() {
  const may = useMay()
  return useQuery({
    ...read('/api/assets', { query: { kind: 'system', limit: 200 } }),
    enabled: may('asset:read'),
    staleTime: 60_000,
  })
}

export function useSystemNames(): (id: string) => string {
  const names = new Map(useSystems().data?.items.map(({ id, name }) => [id, name]))
  return (id) => names.get(id) ?? id
}

export function SystemName({ id }: { id: string }) {
  return <>{useSystemNames()(id)}</>
}

export function SystemLink({ id }: { id: string }) {
  return (
    <TextLink to="/systems/$id" params={{ id }}>
      <SystemName id={id} />
    </TextLink>
  )
}
