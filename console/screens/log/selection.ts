// The filters of the log as they stand in the address, and as the API wants them.
import type { Search } from '../../routes.tsx'

const FILTERS = ['kind', 'actorId', 'subjectKind', 'subjectId', 'since', 'until'] as const
type Filter = (typeof FILTERS)[number]

type Selection = Partial<Record<Filter, string>>

const DAY_MS = 86_400_000
const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))

/** Days in the address are whole days in UTC: `until` includes its day. */
export function toSelection(search: Search): Selection {
  const chosen: Selection = {}
  for (const filter of FILTERS) {
    const value = search[filter]
    if (!value) continue
    if (filter === 'since' || filter === 'until') {
      if (!isDay(value)) continue
      const start = Date.parse(value)
      chosen[filter] = new Date(filter === 'since' ? start : start + DAY_MS - 1).toISOString()
    } else chosen[filter] = value
  }
  return chosen
}

export const isNarrowed = (search: Search) => FILTERS.some((filter) => Boolean(search[filter]))
