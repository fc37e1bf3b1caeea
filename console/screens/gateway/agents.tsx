// Agents by the name that people gave them.
import { TextLink } from '../../ui/link.tsx'
import { ThingField, type ThingFieldProps } from '../../ui/thing-field.tsx'
import { useAssetNames, useAssets } from '../system/asset-names.ts'

export const useAgents = () => useAssets('agent')
export const useAgentNames = () => useAssetNames('agent')

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
