// The filters of a list. What is chosen lives in the address and nowhere else; a text waits for a pause in the typing.
import { Search, SlidersHorizontal, X } from 'lucide-react'
import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { Button } from './button.tsx'
import { cx } from './class.ts'
import { Select } from './field.tsx'

const PAUSE_MS = 250
const NONE: readonly string[] = []

export function FilterBar({
  label,
  children,
  clear,
}: {
  label: string
  children: ReactNode
  clear?: (() => void) | undefined
}) {
  return (
    <form
      role="search"
      aria-label={label}
      onSubmit={(event) => event.preventDefault()}
      className="mb-3 flex flex-wrap items-center gap-2"
    >
      {children}
      {clear && (
        <Button variant="quiet" small icon={X} onClick={clear}>
          Clear
        </Button>
      )}
    </form>
  )
}

/** Filters that fold behind a button where there is little room. */
export function MoreFilters({ active, children }: { active: number; children: ReactNode }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button icon={SlidersHorizontal} aria-expanded={open} onClick={() => setOpen(!open)} className="md:hidden">
        {active > 0 ? `Filters (${active})` : 'Filters'}
      </Button>
      <div className={cx('flex flex-wrap items-center gap-2 md:contents', open ? 'basis-full' : 'max-md:hidden')}>
        {children}
      </div>
    </>
  )
}

interface FilterTextProps {
  label: string
  value: string | undefined
  onChange: (value: string | undefined) => void
  /** `/` puts the cursor here. */
  main?: boolean
  /** Offered while one types. */
  suggestions?: readonly string[]
}

export function FilterText({ label, value, onChange, main = false, suggestions = NONE }: FilterTextProps) {
  const id = useId()
  const [text, setText] = useState(value ?? '')
  const sent = useRef(value ?? '')
  const tell = useRef(onChange)
  useEffect(() => {
    tell.current = onChange
  })
  useEffect(() => {
    if ((value ?? '') === sent.current) return
    sent.current = value ?? ''
    setText(value ?? '')
  }, [value])
  useEffect(() => {
    if (text === sent.current) return
    const timer = setTimeout(() => {
      sent.current = text
      tell.current(text.trim() || undefined)
    }, PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text])
  return (
    <div className={cx('relative min-w-36 grow basis-36 sm:max-w-72', main && 'max-md:basis-full')}>
      <Search
        size={15}
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-ink-3"
      />
      <input
        type="search"
        aria-label={label}
        placeholder={label}
        value={text}
        data-main-search={main ? '' : undefined}
        list={suggestions.length > 0 ? id : undefined}
        onChange={(event) => setText(event.target.value)}
        className="h-8 w-full rounded-sm border border-line-strong/55 bg-panel pr-2 pl-8 text-sm hover:border-line-strong focus:border-focus focus:outline-2 focus:outline-offset-0 focus:outline-focus/60 max-md:h-9 [&::-webkit-search-cancel-button]:hidden"
      />
      {suggestions.length > 0 && (
        <datalist id={id}>
          {suggestions.map((suggestion) => (
            <option key={suggestion} value={suggestion}>
              {suggestion}
            </option>
          ))}
        </datalist>
      )}
    </div>
  )
}

interface FilterSelectProps {
  label: string
  value: string | undefined
  options: readonly (string | { value: string; label: string })[]
  onChange: (value: string | undefined) => void
}

export function FilterSelect({ label, value, options, onChange }: FilterSelectProps) {
  const all = options.map((option) => (typeof option === 'string' ? { value: option, label: option } : option))
  return (
    <div className={value ? '[&_select]:border-accent/60 [&_select]:bg-accent-soft [&_select]:text-accent-word' : ''}>
      <Select
        aria-label={label}
        value={value ?? ''}
        onChange={(event) => onChange(event.target.value || undefined)}
        options={[{ value: '', label }, ...all]}
        small
        className="max-w-40"
      />
    </div>
  )
}

interface FilterThingProps {
  /** What one of them is called, as in `System`. */
  of: string
  value: string | undefined
  /** As far as they were fetched; `next` says that there are more. */
  known: { items: readonly { id: string; name: string }[]; next?: string | undefined } | undefined
  onChange: (id: string | undefined) => void
}

/** One of the things there are: by name while there are few enough to choose from, else by typing an id. */
export function FilterThing({ of, value, known, onChange }: FilterThingProps) {
  const options = known?.items.map(({ id, name }) => ({ value: id, label: name })) ?? []
  if (known?.next !== undefined)
    return <FilterText label={of} value={value} suggestions={options.map((one) => one.value)} onChange={onChange} />
  const isListed = value === undefined || options.some((one) => one.value === value)
  const all = isListed ? options : [...options, { value, label: value }]
  return <FilterSelect label={`Any ${of.toLowerCase()}`} value={value} options={all} onChange={onChange} />
}

export function FilterDate({ label, value, onChange }: Omit<FilterTextProps, 'main' | 'suggestions'>) {
  return (
    <label className="flex items-center gap-2 text-xs text-ink-3">
      {label}
      <input
        type="date"
        value={value ?? ''}
        onChange={(event) => onChange(event.target.value || undefined)}
        className="h-8 rounded-sm border border-line-strong/55 bg-panel px-2 text-sm text-ink hover:border-line-strong focus:border-focus focus:outline-2 focus:outline-offset-0 focus:outline-focus/60 max-md:h-9"
      />
    </label>
  )
}
