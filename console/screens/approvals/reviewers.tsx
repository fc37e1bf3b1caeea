// How people decide about calls that wait: what is beyond the bounds of the policy first, then each of them.
import { useQuery } from '@tanstack/react-query'
import { UsersRound } from 'lucide-react'
import { read, type Reply } from '../../api.ts'
import { formatNumber } from '../../lib/format.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Section } from '../../ui/page.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { Badge } from '../../ui/status.tsx'
import { type Column, DataTable } from '../../ui/table.tsx'
import { useNames } from '../log/names.tsx'
import { SystemName } from '../system/system-names.tsx'

type Reviewed = Reply<'GET', '/api/reviewers'>
type Reviewer = Reviewed['reviewers'][number]
type Route = Reviewed['routes'][number]

export function Reviewers() {
  return <Loaded query={useQuery(read('/api/reviewers'))}>{(found) => <Found found={found} />}</Loaded>
}

function Found({ found: { reviewers, routes } }: { found: Reviewed }) {
  const nameOf = useNames()
  if (reviewers.length === 0 && routes.length === 0)
    return (
      <EmptyState icon={UsersRound} title="Nobody has decided anything lately">
        Who decides, how fast and how often shows here, and whether it stays within the bounds of the policy.
      </EmptyState>
    )
  return (
    <>
      <Section title="Where people decide">
        <DataTable
          label="Routes"
          columns={routeColumns(nameOf)}
          rows={routes}
          rowKey={({ route, asset }) => `${route} ${asset ?? ''}`}
          empty={<p className="text-sm text-ink-2">No route asks people any more.</p>}
        />
      </Section>
      <Section title="Who decides">
        <DataTable
          label="Reviewers"
          columns={reviewerColumns(nameOf)}
          rows={reviewers}
          rowKey={({ by }) => by}
          empty={<p className="text-sm text-ink-2">Nobody decided before the time was over.</p>}
        />
      </Section>
    </>
  )
}

type NameOf = ReturnType<typeof useNames>

const routeColumns = (nameOf: NameOf): readonly Column<Route>[] => [
  {
    id: 'route',
    head: 'Route',
    cell: ({ route, asset }) => (
      <>
        <span className="block font-medium wrap-anywhere">{route}</span>
        <span className="block text-xs text-ink-3">
          {asset === undefined ? 'No system' : <SystemName id={asset} />}
        </span>
      </>
    ),
  },
  {
    id: 'state',
    head: 'State',
    cell: ({ strays, isEnough, hours }) => (
      <>
        {strays.length > 0 ? (
          <Badge tone="bad">Beyond bounds</Badge>
        ) : (
          <Badge tone={isEnough ? 'good' : 'neutral'}>{isEnough ? 'Within bounds' : 'Too few to tell'}</Badge>
        )}
        {strays.map((stray) => (
          <span key={stray} className="mt-1 block text-xs wrap-anywhere text-ink-2">
            {stray.replace(/^\S+/, (id) => nameOf('account', id) ?? id)}
          </span>
        ))}
        <span className="mt-1 block text-xs text-ink-3">in the last {spanOf(hours)}</span>
      </>
    ),
  },
  number('questions', 'Questions', ({ questions }) => formatNumber(questions), 'md'),
  number('unanswered', 'Unanswered', ({ unanswered }) => formatNumber(unanswered)),
]

const reviewerColumns = (nameOf: NameOf): readonly Column<Reviewer>[] => [
  {
    id: 'who',
    head: 'Person',
    cell: ({ by, own }) => (
      <>
        <span className="block font-medium wrap-anywhere">{nameOf('account', by) ?? by}</span>
        {own > 0 && <Badge tone="bad">{`${own} of their own`}</Badge>}
      </>
    ),
  },
  number('approved', 'Approved', ({ approved }) => formatNumber(approved)),
  number('refused', 'Refused', ({ refused }) => formatNumber(refused)),
  number('hasty', 'At once', ({ hasty }) => formatNumber(hasty), 'md'),
  number('median', 'Usual time', ({ medianSeconds }) => timeOf(medianSeconds), 'md'),
  number('day', 'Most on a day', ({ mostOnADay }) => formatNumber(mostOnADay), 'lg'),
]

function number<T>(id: string, head: string, cell: (row: T) => string, hide?: 'md' | 'lg'): Column<T> {
  return { id, head, cell, end: true, className: 'tabular w-28', ...(hide ? { hide } : {}) }
}

const spanOf = (hours: number) => (hours % 24 === 0 ? `${hours / 24} days` : `${hours} hours`)

const timeOf = (seconds: number) => (seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`)
