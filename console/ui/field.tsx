// Form fields: a label that stays, a hint before the mistake, the mistake beside the field and tied to it.
import { ChevronDown, Eye, EyeOff } from 'lucide-react'
import { type ComponentProps, type ReactNode, useId, useState } from 'react'
import { cx } from './class.ts'

const BOX =
  'w-full rounded-sm border border-line-strong/55 bg-panel px-2.5 text-base text-ink transition-colors hover:border-line-strong ' +
  'focus:border-focus focus:outline-2 focus:outline-offset-0 focus:outline-focus/60 aria-invalid:border-bad-mark disabled:bg-sunken disabled:text-ink-3'

interface FieldProps {
  label: string
  hint?: ReactNode
  error?: string | undefined
  children: (control: { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true }) => ReactNode
}

function Field({ label, hint, error, children }: FieldProps) {
  const id = useId()
  const described = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ')
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-sm font-medium">
        {label}
      </label>
      {children({
        id,
        ...(described ? { 'aria-describedby': described } : {}),
        ...(error ? { 'aria-invalid': true } : {}),
      })}
      {hint && (
        <p id={`${id}-hint`} className="mt-1 text-xs text-ink-3">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className="mt-1 text-xs font-medium text-bad">
          {error}
        </p>
      )}
    </div>
  )
}

interface TextFieldProps extends Omit<ComponentProps<'input'>, 'id'> {
  label: string
  hint?: ReactNode
  error?: string | undefined
}

export function TextField({ label, hint, error, className, ...rest }: TextFieldProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => <input type="text" {...rest} {...control} className={cx(BOX, 'h-9', className)} />}
    </Field>
  )
}

interface TextAreaProps extends Omit<ComponentProps<'textarea'>, 'id'> {
  label: string
  hint?: ReactNode
  error?: string | undefined
}

export function TextArea({ label, hint, error, ...rest }: TextAreaProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => <textarea rows={3} {...rest} {...control} className={cx(BOX, 'min-h-16 py-1.5')} />}
    </Field>
  )
}

export function PasswordField({ label, hint, error, ...rest }: TextFieldProps) {
  const [shown, setShown] = useState(false)
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <div className="relative">
          <input {...rest} {...control} type={shown ? 'text' : 'password'} className={cx(BOX, 'h-9 pr-10')} />
          <button
            type="button"
            aria-label={shown ? 'Hide the password' : 'Show the password'}
            aria-pressed={shown}
            onClick={() => setShown(!shown)}
            className="absolute inset-y-0 right-0 grid w-9 place-items-center rounded-sm text-ink-3 hover:text-ink"
          >
            {shown ? <EyeOff size={16} aria-hidden /> : <Eye size={16} aria-hidden />}
          </button>
        </div>
      )}
    </Field>
  )
}

interface SelectProps extends Omit<ComponentProps<'select'>, 'id' | 'children'> {
  options: readonly { value: string; label: string }[]
  small?: boolean
}

export function Select({ options, small = false, className, ...rest }: SelectProps & { id?: string }) {
  return (
    <span className="relative block">
      <select
        {...rest}
        className={cx(BOX, 'appearance-none pr-8', small ? 'h-8 text-sm! max-md:h-9' : 'h-9', className)}
      >
        {options.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
      <ChevronDown
        size={15}
        aria-hidden
        className="pointer-events-none absolute top-1/2 right-2.5 -translate-y-1/2 text-ink-3"
      />
    </span>
  )
}

export function SelectField({
  label,
  hint,
  error,
  ...rest
}: SelectProps & { label: string; hint?: ReactNode; error?: string | undefined }) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => <Select {...rest} {...control} />}
    </Field>
  )
}

interface CheckProps extends Omit<ComponentProps<'input'>, 'type' | 'id'> {
  label: ReactNode
  hint?: ReactNode
}

export function Check({ label, hint, ...rest }: CheckProps) {
  const id = useId()
  return (
    <div className="flex items-start gap-2.5">
      <input {...rest} id={id} type="checkbox" className="mt-1 size-4 shrink-0 accent-accent" />
      <label htmlFor={id} className="text-sm">
        {label}
        {hint && <span className="block text-xs text-ink-3">{hint}</span>}
      </label>
    </div>
  )
}
