// Chooses one system in a form.
import { ThingField, type ThingFieldProps } from '../../ui/thing-field.tsx'
import { useSystems } from './system-names.tsx'

export function SystemField(props: Omit<ThingFieldProps, 'known'>) {
  return <ThingField {...props} known={useSystems().data} />
}
