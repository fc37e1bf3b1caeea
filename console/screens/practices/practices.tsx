// What an organisation does day to day, requirement by requirement, with where each stands and why; and what people
// attested: trainings, policies, statements.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { HandHeart } from 'lucide-react'
import { read, type Reply } from '../../api.ts'
import { plural, toTitleOfId } from '../../lib/format.ts'
import { useWords } from '../../lib/words.ts'
import { useMay } from '../../session.ts'
import { AsOf, PastNotice, useAt } from '../../ui/as-of.tsx'
import { Button } from '../../ui/button.tsx'
import { Coverage } from '../../ui/coverage.tsx'
import { ExportMenu } from '../../ui/export-menu.tsx'
import { FilterBar, FilterSelect } from '../../ui/filter-bar.tsx'
import { TextLink } from '../../ui/link.tsx'
import { Page } from '../../ui/page.tsx'
import { Said } from '../../ui/said.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { STATUS_WORDS } from '../../ui/status.tsx'
import { STATUSES, StatusCounts, countStatuses } from '../../ui/status-counts.tsx'
import { type Column, DataTable } from '../../ui/table.tsx'
import { Tabs, useTab } from '../../ui/tabs.tsx'
import { Why } from '../../ui/why.tsx'
import { Attestations } from './attestations.tsx'

type Row = Reply<'GET', '/api/practices'>['items'][number]

const COLUMNS: readonly Column<Row>[] = [
  {
    id: 'requirement',
    head: 'Requirement',
    cell: ({ text, check, state }) => (
      <>
        <span className="font-medium">{text}</span>
        <span className="block text-xs text-ink-3">Shown by: {check}</span>
        <span className="mt-1 block text-xs text-ink-2">
          <Said text={state.reason} />
        </span>
      </>
    ),
  },
  {
    id: 'coverage',
    head: 'Covered',
    hide: 'lg',
    className: 'w-52',
    cell: ({ state: { coverage } }) => coverage && <Coverage coverage={coverage} wordless={coverage.of > 24} />,
  },
  {
    id: 'controls',
    head: 'Controls',
    hide: 'md',
    className: 'w-52',
    cell: ({ controls }) => (
      <ul className="grid gap-0.5 text-xs">
        {controls.map((control) => (
          <li key={control}>
            <TextLink to="/controls/$id" params={{ id: control }}>
              {toTitleOfId(control)}
            </TextLink>
          </li>
        ))}
      </ul>
    ),
  },
  { id: 'status', head: 'Status', className: 'w-36', cell: ({ text, state }) => <Why of={text} report={state} /> },
]

export function Practices() {
  const tab = useTab(['requirements', 'attestations'])
  const may = useMay()
  return (
    <Page
      wide
      title="Practices"
      lead="What keeps AI safe day to day: the register, owners, training, reviews, tests. Each requirement is answered from what is on record."
      tabs={
        may('evidence:read') && (
          <Tabs
            label="What to show"
            chosen={tab}
            tabs={[
              { id: 'requirements', name: 'Requirements' },
              { id: 'attestations', name: 'Trainings and attestations' },
            ]}
          />
        )
      }
    >
      {tab === 'requirements' ? <Requirements /> : <Attestations />}
    </Page>
  )
}

function Requirements() {
  const [{ practice, status }, set] = useWords()
  const at = useAt()
  const query = useQuery({
    ...read('/api/practices', { query: { limit: 200, at } }),
    placeholderData: keepPreviousData,
  })
  const all = query.data?.items
  const rows = all?.filter(
    (row) =>
      (practice === undefined || row.practice === practice) && (status === undefined || row.state.status === status),
  )
  const clear = () => set({ practice: undefined, status: undefined })
  return (
    <>
      <PastNotice />
      {all && (
        <div className="mb-6 max-w-3xl">
          <StatusCounts
            label="Requirements"
            counts={countStatuses(all.map(({ state }) => state))}
            placeOf={(one) => ({ to: '/practices', search: { status: one } })}
          />
        </div>
      )}
      <FilterBar label="Filter the requirements" clear={practice || status ? clear : undefined}>
        <FilterSelect
          label="Any practice"
          value={practice}
          options={[...new Set(all?.map((row) => row.practice))].map((id) => ({ value: id, label: toTitleOfId(id) }))}
          onChange={(value) => set({ practice: value })}
        />
        <FilterSelect
          label="Any status"
          value={status}
          options={STATUSES.map((value) => ({ value, label: STATUS_WORDS[value] }))}
          onChange={(value) => set({ status: value })}
        />
        <AsOf />
        <span className="ml-auto flex items-center gap-3">
          {rows && <span className="text-xs text-ink-3">{plural(rows.length, 'requirement')}</span>}
          <ExportMenu name="practices" rows={() => ({ rows: (rows ?? []).map(toExported) })} />
        </span>
      </FilterBar>
      <DataTable
        label="Requirements"
        columns={COLUMNS}
        rows={rows}
        rowKey={(row) => `${row.practice}.${row.requirement}`}
        error={query.error}
        retry={() => void query.refetch()}
        stale={query.isPlaceholderData}
        groupOf={(row) => toTitleOfId(row.practice)}
        empty={
          <EmptyState
            icon={HandHeart}
            title="No requirement matches"
            action={<Button onClick={clear}>Show all requirements</Button>}
          >
            Another status or another practice has some.
          </EmptyState>
        }
      />
    </>
  )
}

const toExported = ({ state: { status, reason, coverage, validUntil }, ...row }: Row) => ({
  ...row,
  status,
  reason,
  covered: coverage && `${coverage.covered} of ${coverage.of}`,
  validUntil,
})
