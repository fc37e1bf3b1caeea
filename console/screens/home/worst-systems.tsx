// The systems with the highest risk left, and how the controls stand over all systems.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { read, type Reply } from '../../api.ts'
import { LevelTag, LEVELS } from '../../ui/level.tsx'
import { TextLink } from '../../ui/link.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Section } from '../../ui/page.tsx'
import { Status } from '../../ui/status.tsx'
import { StatusCounts } from '../../ui/status-counts.tsx'

type Row = Reply<'GET', '/api/systems'>['items'][number]

const SHOWN = 6

const systemsWith = (worst?: 'high' | 'very-high') => read('/api/systems', { query: { limit: 200, worst } })
const tooFew = (data: { total: number } | undefined) => data !== undefined && data.total < SHOWN

/** The lists are in the order of ids, so the highest level that holds enough of them is asked for. */
function useWorst() {
  const highest = useQuery(systemsWith('very-high'))
  const high = useQuery({ ...systemsWith('high'), enabled: tooFew(highest.data) })
  const all = useQuery({ ...systemsWith(), enabled: tooFew(high.data) })
  if (!tooFew(highest.data)) return highest
  return tooFew(high.data) ? all : high
}

export function WorstSystems() {
  const query = useWorst()
  if (query.data?.total === 0) return null
  return (
    <Section
      title="Systems with the most risk left"
      actions={
        <TextLink to="/inventory" className="text-xs">
          All systems
        </TextLink>
      }
    >
      <Loaded query={query}>
        {({ items }) => (
          <ul className="divide-y divide-line rounded-md border border-line">
            {items
              .toSorted((a, b) => weightOf(b) - weightOf(a))
              .slice(0, SHOWN)
              .map((system) => (
                <SystemRow key={system.id} system={system} />
              ))}
          </ul>
        )}
      </Loaded>
    </Section>
  )
}

const weightOf = ({ worst, aboveAppetite }: Row) => (worst ? LEVELS.indexOf(worst) : -1) * 1000 + aboveAppetite

function SystemRow({ system: { id, name, worst, aboveAppetite, state } }: { system: Row }) {
  return (
    <li className="group relative grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1.5 px-4 py-2.5 text-sm hover:bg-hover sm:grid-cols-[minmax(0,1fr)_8rem_6.5rem]">
      <div className="min-w-0">
        <Link
          to="/systems/$id"
          params={{ id }}
          data-row=""
          className="block truncate font-medium outline-none after:absolute after:inset-0 group-hover:text-accent-word focus-visible:underline"
        >
          {name}
        </Link>
        <span className="text-xs text-ink-3">{aboveAppetite} above the appetite</span>
      </div>
      <div className="grid gap-1 max-sm:hidden">
        <span>
          <Status is={state.status} />
        </span>
        <StatusCounts brief label={`Controls of ${name}`} counts={state.counts} />
      </div>
      <span className="justify-self-end">{worst && <LevelTag is={worst} />}</span>
    </li>
  )
}
