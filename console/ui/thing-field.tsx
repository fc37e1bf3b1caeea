// Chooses one of the things there are in a form: by name while there are few enough to choose from, else by typing its id.
import type { ReactNode } from 'react'
import { SelectField, TextField } from './field.tsx'

export interface ThingFieldProps {
  label: string
  /** What stands for none of them, as in `All systems`. */
  none: string
  /** As far as they were fetched; `next` says that there are more. */
  known: { items: readonly { id: string; name: string }[]; next?: string | undefined } | undefined
  value: string
  error?: string | undefined
  hint?: ReactNode
  required?: boolean
  onChange: (event: { target: { value: string } }) => void
}

export function ThingField({ label, none, known, hint, onChange, ...rest }: ThingFieldProps) {
  const options = known?.items.map(({ id, name }) => ({ value: id, label: name })) ?? []
  if (known?.next === undefined)
    return (
      <SelectField
        label={label}
        hint={hint}
        options={[{ value: '', label: none }, ...options]}
        onChange={onChange}
        {...rest}
      />
    )
  return (
    <TextField
      label={label}
      hint={hint ?? 'There are too many for a list: type an id.'}
      placeholder={none}
      autoComplete="off"
      onChange={({ target }) => onChange({ target: { value: target.value.trim() } })}
      {...rest}
    />
  )
}
