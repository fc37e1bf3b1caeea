// The head and the measure of a page: title, one line that says what it is, actions; and sections below.
import { type ReactNode, useId, useRef } from 'react'
import { useTellTitle } from '../lib/page-title.ts'
import { cx } from './class.ts'

interface PageProps {
  title: string
  /** Small line above the title: what kind of thing this is. */
  kind?: ReactNode
  lead?: ReactNode
  actions?: ReactNode
  tabs?: ReactNode
  wide?: boolean
  children: ReactNode
}

export function Page({ title, kind, lead, actions, tabs, wide = false, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useTellTitle(title)
  return (
    <div className={cx('mx-auto w-full px-4 pt-5 pb-20 md:px-8 md:pt-7', wide ? 'max-w-[110rem]' : 'max-w-[72rem]')}>
      <header className="mb-5 flex flex-wrap items-start gap-x-6 gap-y-3">
        <div className="min-w-0 grow basis-96">
          {kind && <div className="mb-1.5 flex flex-wrap items-center gap-1.5 text-xs text-ink-3">{kind}</div>}
          <h1 ref={heading} tabIndex={-1} className="text-xl font-semibold tracking-[-0.014em]">
            {title}
          </h1>
          {lead && <div className="mt-1 max-w-[68ch] text-base text-pretty text-ink-2">{lead}</div>}
        </div>
        {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </header>
      {tabs && <div className="mb-5">{tabs}</div>}
      {children}
    </div>
  )
}

interface SectionProps {
  title: string
  count?: number | undefined
  note?: ReactNode
  actions?: ReactNode
  children: ReactNode
  /** Room above it, unless it comes first. */
  above?: keyof typeof ABOVE
}

const ABOVE = { none: '', less: 'not-first:mt-6', normal: 'not-first:mt-8', more: 'not-first:mt-10' }

export function Section({ title, count, note, actions, children, above = 'normal' }: SectionProps) {
  const id = useId()
  return (
    <section aria-labelledby={id} className={cx('min-w-0', ABOVE[above])}>
      <div className="mb-2.5 flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <h2 id={id} className="text-md font-semibold tracking-[-0.006em]">
          {title}
          {count !== undefined && <span className="tabular ml-2 text-sm font-normal text-ink-3">{count}</span>}
        </h2>
        {note && <p className="text-xs text-ink-3">{note}</p>}
        {actions && <div className="ml-auto flex gap-2">{actions}</div>}
      </div>
      {children}
    </section>
  )
}

export function Card({ children, className }: { children: ReactNode; className?: string }) {
  return <div className={cx('rounded-md border border-line bg-panel p-4', className)}>{children}</div>
}

/** Names and values in two columns; one column where there is little room. */
export function Facts({ rows }: { rows: readonly (readonly [string, ReactNode] | false | undefined)[] }) {
  return (
    <dl className="grid grid-cols-[minmax(6.5rem,auto)_minmax(0,1fr)] gap-x-5 gap-y-2 text-sm">
      {rows.map(
        (row) =>
          row && (
            <div key={row[0]} className="col-span-2 grid grid-cols-subgrid items-baseline">
              <dt className="text-ink-3">{row[0]}</dt>
              <dd className="min-w-0">{row[1]}</dd>
            </div>
          ),
      )}
    </dl>
  )
}
