// What people decided about a system: reviews, acceptances of its risks, and what its suppliers were asked.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { read } from '../../api.ts'
import { formatDay, toWords } from '../../lib/format.ts'
import { useWords } from '../../lib/words.ts'
import type { Search } from '../../routes.tsx'
import { LevelTag } from '../../ui/level.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Section } from '../../ui/page.tsx'
import { Badge } from '../../ui/status.tsx'
import { Suppliers } from '../assurance/suppliers.tsx'
import { AcceptanceDrawer, STANDING_TONE } from '../risks/acceptance-drawer.tsx'
import { Reviews } from './reviews.tsx'

export function DecisionsPanel({ system }: { system: string }) {
  const [{ acceptance }, set] = useWords()
  return (
    <div className="grid gap-9">
      <Reviews system={system} />
      <Acceptances system={system} />
      <Suppliers system={system} />
      {acceptance && <AcceptanceDrawer id={acceptance} onClose={() => set({ acceptance: undefined })} />}
    </div>
  )
}

function Acceptances({ system }: { system: string }) {
  const query = useQuery(read('/api/acceptances', { query: { system, limit: 50 } }))
  return (
    <Section title="Accepted risks" above="none">
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="max-w-[68ch] text-sm text-ink-2">
              Nobody has proposed to bear a risk of this system. An acceptance names a reason and an end, is bound to
              the risk as it was, and is void as soon as that changes.
            </p>
          ) : (
            <ul className="divide-y divide-line rounded-md border border-line">
              {items.map((one) => (
                <li
                  key={one.id}
                  className="group relative flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5 text-sm hover:bg-hover"
                >
                  <div className="min-w-0 grow basis-60">
                    <Link
                      to="."
                      search={(before: Search) => ({ ...before, acceptance: one.id })}
                      resetScroll={false}
                      data-row=""
                      className="font-medium outline-none after:absolute after:inset-0 group-hover:text-accent-word focus-visible:underline"
                    >
                      {toWords(one.threat)}
                    </Link>
                    <span className="line-clamp-1 text-xs text-ink-3">{one.reason}</span>
                  </div>
                  <span className="text-xs text-ink-3">until {formatDay(one.until)}</span>
                  <LevelTag is={one.snapshot.proven.severity} />
                  <Badge tone={STANDING_TONE[one.state]}>{toWords(one.state)}</Badge>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Section>
  )
}
