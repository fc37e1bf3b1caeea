// Systems by the name that people gave them.
import { TextLink } from '../../ui/link.tsx'
import { useAssetNames, useAssets } from './asset-names.ts'

export const useSystems = () => useAssets('system')
export const useSystemNames = () => useAssetNames('system')

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
