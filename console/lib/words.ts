// The words of the address: filters, the tab, an open drawer. What is chosen lives there and nowhere else, so that every
// view can be sent to somebody.
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'
import type { Search } from '../routes.tsx'

type SetWords = (change: Record<string, string | undefined>) => void

/** What the address says now, and a way to change some of it. A changed filter starts at the first page again. */
export function useWords(): [Search, SetWords] {
  const search = useSearch({ from: '/shell' })
  const navigate = useNavigate()
  const set = useCallback<SetWords>(
    (change) =>
      void navigate({
        to: '.',
        search: (before: Search) => ({ ...before, cursor: undefined, ...change }),
        replace: true,
        resetScroll: false,
      }),
    [navigate],
  )
  return [search, set]
}

/** Filters under these names in the address: which are set, and a way to take them all away while one is. */
export function useFilters(names: readonly string[]) {
  const [words, set] = useWords()
  const active = names.filter((name) => words[name]).length
  const clear = active > 0 ? () => set(Object.fromEntries(names.map((name) => [name, undefined]))) : undefined
  return { words, set, active, clear }
}
