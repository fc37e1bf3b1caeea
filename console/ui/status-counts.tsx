// How many parts stand where: one bar in the order of the statuses, and each count as a word that leads to its rows.
import type { Status as StatusName } from '../../src/model/status.ts'
import { cx } from './class.ts'
import { TextLink } from './link.tsx'
import { Status, STATUS_WORDS } from './status.tsx'

const BAR: Readonly<Record<StatusName, string>> = {
  proven: 'fill-good-mark',
  partial: 'fill-warn-mark',
  stale: 'fill-note-mark',
  missing: 'fill-line-strong',
  failing: 'fill-bad-mark',
  'not-needed': 'fill-line',
}

const isStatus = (word: string): word is StatusName => word in BAR
/** Best first. */
export const STATUSES: readonly StatusName[] = Object.keys(BAR).filter(isStatus)

/** How many of some parts stand where. */
export function countStatuses(parts: readonly { status: StatusName }[]): Partial<Record<StatusName, number>> {
  const groups = Map.groupBy(parts, ({ status }) => status)
  return Object.fromEntries([...groups].map(([status, those]) => [status, those.length]))
}

interface StatusCountsProps {
  label: string
  counts: Readonly<Partial<Record<StatusName, number>>>
  /** Where the rows of one status are. */
  placeOf?: (status: StatusName) => { to: string; search?: Record<string, string> }
  /** Only the bar, for a row of a table. */
  brief?: boolean
}

export function StatusCounts({ label, counts, placeOf, brief = false }: StatusCountsProps) {
  const shown = STATUSES.filter((status) => (counts[status] ?? 0) > 0)
  const needed = shown.filter((status) => status !== 'not-needed')
  const said = needed.map((status) => `${counts[status]} ${STATUS_WORDS[status].toLowerCase()}`).join(', ')
  const total = needed.reduce((sum, status) => sum + (counts[status] ?? 0), 0)
  return (
    <div className="min-w-0">
      {total > 0 && (
        <svg
          role="img"
          aria-label={`${label}: ${said}`}
          viewBox={`0 0 ${total} 1`}
          preserveAspectRatio="none"
          className={cx('block w-full overflow-hidden rounded-xs', brief ? 'h-1.5' : 'h-2.5')}
        >
          <Bars needed={needed} counts={counts} />
        </svg>
      )}
      {!brief && (
        <ul className="mt-2.5 flex flex-wrap gap-x-4 gap-y-1.5 text-sm">
          {shown.map((status) => (
            <li key={status} className="flex items-center gap-1.5">
              <Status is={status} />
              {placeOf ? (
                <TextLink
                  {...placeOf(status)}
                  className="tabular"
                  aria-label={`${counts[status]} ${STATUS_WORDS[status]}`}
                >
                  {counts[status]}
                </TextLink>
              ) : (
                <span className="tabular">{counts[status]}</span>
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function Bars({ needed, counts }: { needed: readonly StatusName[]; counts: StatusCountsProps['counts'] }) {
  return needed.map((status, i) => {
    const before = needed.slice(0, i).reduce((sum, one) => sum + (counts[one] ?? 0), 0)
    return <rect key={status} x={before} y="0" width={counts[status] ?? 0} height="1" className={BAR[status]} />
  })
}
