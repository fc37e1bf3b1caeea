// A few numbers on top of a page, each a link to the rows behind it.
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Skeleton } from './states.tsx'

export interface NumberTile {
  name: string
  /** Absent while it is fetched. */
  value: string | undefined
  note: ReactNode
  to: string
  search?: Record<string, string>
}

export function NumberTiles({ tiles }: { tiles: readonly NumberTile[] }) {
  return (
    <ul className="grid grid-cols-2 gap-px overflow-hidden rounded-md border border-line bg-line lg:grid-flow-col lg:auto-cols-fr lg:grid-cols-none">
      {tiles.map(({ name, value, note, to, search }) => (
        <li key={name} className="bg-panel max-lg:last:odd:col-span-2">
          <Link
            to={to}
            {...(search ? { search } : {})}
            className="block h-full px-4 py-3.5 hover:bg-sunken focus-visible:outline-offset-[-2px]"
          >
            {value === undefined ? (
              <Skeleton className="my-1.5 h-5 w-10" />
            ) : (
              <span className="tabular block text-xl font-semibold tracking-[-0.02em]">{value}</span>
            )}
            <span className="block text-sm font-medium">{name}</span>
            <span className="block text-xs text-ink-3">{note}</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
