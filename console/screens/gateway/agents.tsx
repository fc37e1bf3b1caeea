// Agents by the name that people gave them, where one may see the register; else by id.
import { useQuery } from '@tanstack/react-query'
import { read } from '../../api.ts'
import { useMay } from '../../session.ts'
import { TextLink } from '../../ui/link.tsx'
import { ThingField, type ThingFieldProps } from '../../ui/thing-field.tsx'

export function useAgents() {
  const may = useMay()
  return useQuery({
    ...read('/api/assets', { query: { kind: 'agent', limit: 200 } }),
    enabled: may('asset:read'),
    staleTime: 60_000,
  })
}

export function useAgentNames(): (id: string) => string {
  const names = new Map(useAgents().data?.items.map(({ id, name }) => [id, name]))
  return (id) => names.get(id) ?? id
}

export function AgentLink({ id }: { id: string }) {
  return (
    <TextLink to="/inventory/$id" params={{ id }}>
      {useAgentNames()(id)}
    </TextLink>
  )
}

export function AgentField(props: Omit<ThingFieldProps, 'known'>) {
  return <ThingField {...props} known={useAgents().data} />
}
