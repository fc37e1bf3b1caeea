// Every table of the console: loading, empty and failed states, columns that give way on small screens, rows that are
// links (so that the keyboard, a middle click and a screen reader all know what to do with them).
import { createLink } from '@tanstack/react-router'
import { type ComponentProps, Fragment, type ReactNode } from 'react'
import { cx } from './class.ts'
import { ErrorState, Skeleton } from './states.tsx'

export interface Column<T> {
  id: string
  head: string
  cell: (row: T) => ReactNode
  /** Gives way below this width. */
  hide?: 'md' | 'lg' | 'xl'
  end?: boolean
  className?: string
}

export interface DataTableProps<T> {
  label: string
  columns: readonly Column<T>[]
  rows: readonly T[] | undefined
  rowKey: (row: T) => string
  error?: unknown
  retry?: () => void
  empty: ReactNode
  /** Dims the rows while other ones are on their way. */
  stale?: boolean
  waitingRows?: number
  /** Rows that follow each other with the same word here stand under a heading. */
  groupOf?: (row: T) => string
}

const HIDE = { md: 'max-md:hidden', lg: 'max-lg:hidden', xl: 'max-xl:hidden' }

export function DataTable<T>(props: DataTableProps<T>) {
  const { label, columns, rows, rowKey, error, retry, empty, stale = false, waitingRows = 8, groupOf } = props
  if (rows === undefined && error) return <ErrorState error={error} {...(retry ? { retry } : {})} />
  if (rows?.length === 0) return <>{empty}</>
  return (
    <div className="overflow-clip rounded-md border border-line bg-panel">
      <table
        className={cx('w-full border-collapse text-left text-sm transition-opacity', stale && 'opacity-60')}
        aria-busy={!rows || stale}
      >
        <caption className="sr-only">{label}</caption>
        <thead>
          <tr>
            {columns.map(({ id, head, hide, end, className }) => (
              <th
                key={id}
                scope="col"
                className={cx(
                  'sticky top-(--bar) z-10 h-8 border-b border-line bg-sunken px-3 text-xs font-medium text-ink-3 first:pl-4 last:pr-4',
                  hide && HIDE[hide],
                  end && 'text-right',
                  className,
                )}
              >
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows?.map((row, i) => (
            <Fragment key={rowKey(row)}>
              <Heading
                columns={columns.length}
                now={groupOf?.(row)}
                before={i > 0 ? groupOf?.(rows[i - 1] ?? row) : undefined}
              />
              <tr className="group relative border-b border-line transition-colors duration-75 last:border-b-0 hover:bg-hover has-[[data-row]:focus-visible]:bg-accent-soft has-[[data-row]:focus-visible]:shadow-[inset_2px_0_0_var(--color-focus)]">
                {columns.map(({ id, cell, hide, end, className }) => (
                  <td
                    key={id}
                    className={cx(
                      'px-3 py-2 align-top first:pl-4 last:pr-4',
                      hide && HIDE[hide],
                      end && 'text-right',
                      className,
                    )}
                  >
                    {cell(row)}
                  </td>
                ))}
              </tr>
            </Fragment>
          )) ?? <Waiting columns={columns} count={waitingRows} />}
        </tbody>
      </table>
    </div>
  )
}

function Heading({ columns, now, before }: { columns: number; now: string | undefined; before: string | undefined }) {
  if (now === undefined || now === before) return null
  return (
    <tr className="border-b border-line">
      <th
        scope="rowgroup"
        colSpan={columns}
        className="bg-sunken/60 px-4 pt-3.5 pb-1.5 text-xs font-semibold text-ink-2"
      >
        {now}
      </th>
    </tr>
  )
}

function Waiting<T>({ columns, count }: { columns: readonly Column<T>[]; count: number }) {
  return Array.from({ length: count }, (_, row) => (
    <tr key={row} className="border-b border-line last:border-b-0">
      {columns.map(({ id, hide }, column) => (
        <td key={id} className={cx('px-3 py-3 first:pl-4 last:pr-4', hide && HIDE[hide])}>
          <Skeleton className={cx('h-3', column === 0 ? 'w-3/5' : 'w-2/5')} />
          {row === 0 && column === 0 && <span className="sr-only">Loading</span>}
        </td>
      ))}
    </tr>
  ))
}

function RowAnchor({ children, className, ...rest }: ComponentProps<'a'>) {
  return (
    <a
      {...rest}
      data-row=""
      className={cx(
        'font-medium text-ink outline-none after:absolute after:inset-0 group-hover:text-accent-word',
        className,
      )}
    >
      {children}
    </a>
  )
}

/** The link of a row; it covers the whole row. */
export const RowLink = createLink(RowAnchor)
