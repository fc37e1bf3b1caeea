// The day that a page speaks of: today, or a past one from the address. Everything derived can be asked for as it was then.
import { History } from 'lucide-react'
import { useNow } from '../lib/clock.ts'
import { formatDay } from '../lib/format.ts'
import { useWords } from '../lib/words.ts'
import { Button } from './button.tsx'
import { FilterDate } from './filter-bar.tsx'
import { Popover } from './popover.tsx'

/** The end of the past day that the address names, as the API takes it; nothing for today. */
export function useAt(): string | undefined {
  const [{ at }] = useWords()
  const now = useNow()
  if (at === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(at)) return undefined
  const end = Date.parse(`${at}T23:59:59.999Z`)
  return Number.isNaN(end) || end >= now ? undefined : new Date(end).toISOString()
}

export function AsOf() {
  const [{ at }, set] = useWords()
  const past = useAt()
  return (
    <Popover
      label="As of which day"
      button={(props) => (
        <Button icon={History} {...props}>
          {past === undefined ? 'As of today' : `As of ${formatDay(past)}`}
        </Button>
      )}
    >
      {() => (
        <div className="grid gap-3">
          <p className="text-ink-2">Shows what was known at the end of a past day, and what followed from it then.</p>
          <FilterDate label="As of" value={at} onChange={(day) => set({ at: day })} />
        </div>
      )}
    </Popover>
  )
}

/** Says on top of a page that it does not show today. */
export function PastNotice() {
  const at = useAt()
  const [, set] = useWords()
  if (at === undefined) return null
  return (
    <p
      role="status"
      className="mb-5 flex flex-wrap items-center gap-x-3 gap-y-2 rounded-md bg-note-soft px-3 py-2 text-sm text-note"
    >
      <History size={15} aria-hidden className="shrink-0" />
      <span className="grow">As it was at the end of {formatDay(at)}, with what was known then.</span>
      <Button small onClick={() => set({ at: undefined })}>
        Show today
      </Button>
    </p>
  )
}
