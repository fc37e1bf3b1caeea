// A fact of a system: how its value reads, and how a person answers it by its type. "Not known" is an answer of its own:
// a fact that nobody knows raises threats, it never hides them.
import { type ReactNode, useId } from 'react'
import type { FactValue } from '../../src/model/fact.ts'
import { toTitleOfId } from '../lib/format.ts'
import { cx } from './class.ts'

export interface FactQuestion {
  id: string
  question: string
  type: 'bool' | 'enum' | 'set'
  values?: readonly string[] | null
}

export function Value({ value }: { value: FactValue | null | undefined }) {
  if (value === undefined || value === null) return <span className="text-ink-3 italic">not known</span>
  return <b className="font-medium">{sayValue(value)}</b>
}

export function sayValue(value: FactValue): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'string') return toTitleOfId(value)
  return value.length === 0 ? 'none of them' : value.map((one) => toTitleOfId(one)).join(', ')
}

interface FactFieldProps {
  of: FactQuestion
  value: FactValue | undefined
  onChange: (value: FactValue | undefined) => void
  hint?: ReactNode
  disabled?: boolean
}

export function FactField({ of: { question, type, values }, value, onChange, hint, disabled = false }: FactFieldProps) {
  const id = useId()
  const options = type === 'bool' ? ['yes', 'no'] : (values ?? [])
  const chosen =
    typeof value === 'boolean' ? [value ? 'yes' : 'no'] : typeof value === 'string' ? [value] : (value ?? [])
  const none = value !== undefined && chosen.length === 0
  function choose(option: string, on: boolean) {
    if (type === 'bool') onChange(option === 'yes')
    else if (type === 'enum') onChange(option)
    else onChange(options.filter((one) => (one === option ? on : chosen.includes(one))))
  }
  return (
    <fieldset disabled={disabled} aria-describedby={hint ? `${id}-hint` : undefined} className="min-w-0">
      <legend className="mb-1.5 text-sm font-medium text-pretty">{question}</legend>
      <div className="flex flex-wrap gap-1.5">
        {options.map((option) => (
          <Choice
            key={option}
            type={type === 'set' ? 'checkbox' : 'radio'}
            name={id}
            checked={chosen.includes(option)}
            onChange={(on) => choose(option, on)}
          >
            {type === 'bool' ? (option === 'yes' ? 'Yes' : 'No') : toTitleOfId(option)}
          </Choice>
        ))}
        {type === 'set' && (
          <Choice type="checkbox" name={id} checked={none} onChange={(on) => onChange(on ? [] : undefined)}>
            None of them
          </Choice>
        )}
        <Choice
          type={type === 'set' ? 'checkbox' : 'radio'}
          name={id}
          checked={value === undefined}
          onChange={() => onChange(undefined)}
        >
          Not known
        </Choice>
      </div>
      {hint && (
        <div id={`${id}-hint`} className="mt-1.5 text-xs text-ink-3">
          {hint}
        </div>
      )}
    </fieldset>
  )
}

interface ChoiceProps {
  type: 'radio' | 'checkbox'
  name: string
  checked: boolean
  onChange: (on: boolean) => void
  children: string
}

export function Choice({ type, name, checked, onChange, children }: ChoiceProps) {
  return (
    <label
      className={cx(
        'inline-flex min-h-8 cursor-pointer items-center gap-2 rounded-sm border px-2.5 py-1 text-sm transition-colors max-md:min-h-10',
        'has-disabled:cursor-not-allowed has-disabled:opacity-60 has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus',
        checked ? 'border-accent bg-accent-soft text-accent-word' : 'border-line-strong/55 bg-panel hover:bg-sunken',
      )}
    >
      <input
        type={type}
        name={name}
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
        className="size-3.5 accent-accent outline-none"
      />
      {children}
    </label>
  )
}
