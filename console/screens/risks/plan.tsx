// The cheapest measures that bring the risks of a system to the appetite, counted as proven; and what no measure can.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Target } from 'lucide-react'
import { read, type Reply } from '../../api.ts'
import { formatNumber, plural, toTitleOfId, toWords } from '../../lib/format.ts'
import { useWords } from '../../lib/words.ts'
import { Button } from '../../ui/button.tsx'
import { ExportMenu } from '../../ui/export-menu.tsx'
import { LevelTag } from '../../ui/level.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Section } from '../../ui/page.tsx'
import { Said } from '../../ui/said.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { type Column, DataTable, RowLink } from '../../ui/table.tsx'
import { useMeasures } from '../catalog/use-measures.ts'
import { PARTY_WORDS } from '../system/controls-panel.tsx'

type Plan = Reply<'GET', '/api/systems/:id/plan'>
type Row = Plan['measures'][number] & { what: string; control: string }

const columns = (system: string): readonly Column<Row>[] => [
  {
    id: 'measure',
    head: 'Bring into force',
    cell: ({ measure, what, control }) => (
      <>
        <RowLink to="/systems/$id" params={{ id: system }} search={{ tab: 'controls', control }}>
          {what}
        </RowLink>
        <span className="block font-mono text-2xs text-ink-3">{measure}</span>
      </>
    ),
  },
  { id: 'party', head: 'Whose part', hide: 'md', className: 'w-36', cell: ({ party }) => PARTY_WORDS[party] ?? party },
  { id: 'cost', head: 'Effort', end: true, className: 'w-24', cell: ({ cost }) => formatNumber(cost) },
]

export function CheapestPlan({ system, name }: { system: string; name: string }) {
  const [{ threat }, set] = useWords()
  const plan = useQuery(read('/api/systems/:id/plan', { params: { id: system }, query: { threat } }))
  const measures = useMeasures()
  return (
    <Loaded query={plan}>
      {(data) => (
        <div className="grid gap-8">
          <Summary plan={data} onTry={() => set({ whatif: 'plan' })} />
          {data.measures.length > 0 && (
            <Section
              title="Measures"
              count={data.measures.length}
              above="none"
              note="to bring into force beside what is proven today"
              actions={<ExportMenu name={`${system}-plan`} rows={() => ({ rows: data.measures })} />}
            >
              <DataTable
                label={`Plan for ${name}`}
                columns={columns(system)}
                rows={data.measures.map((one) => ({
                  ...one,
                  what: measures?.get(one.measure)?.what ?? one.measure,
                  control: one.measure.slice(0, one.measure.indexOf('.')),
                }))}
                rowKey={({ measure }) => measure}
                empty={null}
              />
            </Section>
          )}
          <Unreachable system={system} plan={data} />
        </div>
      )}
    </Loaded>
  )
}

function Summary({ plan: { appetite, measures, cost, atLeast, exact, unreachable }, onTry }: SummaryProps) {
  if (measures.length === 0)
    return (
      <EmptyState
        icon={Target}
        title={unreachable.length === 0 ? 'Every risk is within the appetite' : 'Nothing helps'}
      >
        {unreachable.length === 0
          ? `Counting only what is proven, no risk is above “${toWords(appetite).toLowerCase()}”.`
          : 'No measure of the catalogue brings the risks below down to the appetite.'}
      </EmptyState>
    )
  return (
    <div className="flex flex-wrap items-start gap-x-8 gap-y-4">
      <p className="max-w-[62ch] grow text-sm text-pretty text-ink-2">
        {plural(measures.length, 'measure')} of effort {formatNumber(cost)} {measures.length === 1 ? 'brings' : 'bring'}{' '}
        every risk that can be brought there to <LevelTag is={appetite} />.{' '}
        {exact
          ? 'No other set costs less.'
          : `The question is too large to try every set: none costs less than ${formatNumber(atLeast)}.`}
      </p>
      <Button onClick={onTry}>See what it would change</Button>
    </div>
  )
}

interface SummaryProps {
  plan: Plan
  onTry: () => void
}

function Unreachable({ system, plan }: { system: string; plan: Plan }) {
  if (plan.unreachable.length === 0) return null
  return (
    <Section
      title="What no measure brings there"
      count={plan.unreachable.length}
      above="none"
      note="to be avoided, transferred or accepted"
    >
      <ul className="divide-y divide-line rounded-md border border-line text-sm">
        {plan.unreachable.map(({ threat, left, because }) => (
          <li
            key={threat}
            className="group relative flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5 hover:bg-hover"
          >
            <div className="min-w-0 grow basis-60">
              <Link
                to="/risks/$system"
                params={{ system }}
                search={{ threat }}
                className="font-medium outline-none after:absolute after:inset-0 group-hover:text-accent-word focus-visible:underline"
              >
                {toTitleOfId(threat)}
              </Link>
              <span className="block text-xs text-ink-3">
                <Said text={because} />
              </span>
            </div>
            <LevelTag is={left.severity} />
          </li>
        ))}
      </ul>
    </Section>
  )
}
