// A list as nearly every screen has one: a page of rows from the server, what to say when there is none, and the way to
// the next page. The cursor and the filters are words of the address.
import { keepPreviousData, type UseQueryOptions, type UseQueryResult, useQuery } from '@tanstack/react-query'
import { SearchX } from 'lucide-react'
import type { ReactNode } from 'react'
import { useWords } from '../lib/words.ts'
import { Button } from './button.tsx'
import { Pager } from './pager.tsx'
import { EmptyState } from './states.tsx'
import { DataTable, type DataTableProps } from './table.tsx'

const ROWS = 50

interface PageOf<T> {
  items: readonly T[]
  next?: string | undefined
}

interface Asked {
  limit: number
  cursor: string | undefined
}

/** The page that the address names. The one before stays visible, dimmed, until it is there. */
export function usePage<Data, Key extends readonly unknown[]>(
  toQuery: (asked: Asked) => UseQueryOptions<Data, Error, Data, Key>,
): UseQueryResult<Data> {
  const [{ cursor }] = useWords()
  return useQuery({ ...toQuery({ limit: ROWS, cursor }), placeholderData: keepPreviousData })
}

interface ListProps<T> extends Pick<DataTableProps<T>, 'label' | 'columns' | 'rowKey' | 'groupOf' | 'waitingRows'> {
  page: UseQueryResult<PageOf<T>>
  /** What stands here when there is nothing at all, and what to do then. */
  empty: ReactNode
  /** What one row is, in a word. */
  noun?: string
  /** Takes the filters away; given only while one is set. */
  clear?: (() => void) | undefined
  /** What one should know of the filters when nothing matches them. */
  hint?: ReactNode
}

export function List<T>({ page, empty, noun, clear, hint, ...table }: ListProps<T>) {
  const [{ cursor }, set] = useWords()
  return (
    <>
      <DataTable
        {...table}
        rows={page.data?.items}
        error={page.error}
        retry={() => void page.refetch()}
        stale={page.isPlaceholderData}
        empty={
          clear ? (
            <NoMatch noun={noun} clear={clear}>
              {hint}
            </NoMatch>
          ) : (
            empty
          )
        }
      />
      <Pager cursor={cursor} next={page.data?.next} onMove={(to) => set({ cursor: to })} />
    </>
  )
}

interface NoMatchProps {
  noun: string | undefined
  clear: () => void
  children?: ReactNode
}

export function NoMatch({ noun = 'row', clear, children }: NoMatchProps) {
  return (
    <EmptyState icon={SearchX} title={`No ${noun} matches`} action={<Button onClick={clear}>Clear the filters</Button>}>
      {children ?? 'Fewer filters find more.'}
    </EmptyState>
  )
}
