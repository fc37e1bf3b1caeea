// All controls over all systems: where each stands and why, on how many systems, and until when that holds by itself.
import { keepPreviousData, useQuery } from '@tanstack/react-query'

import { read, type Reply } from '../../api.ts'
import { plural, toTitle, toWords } from '../../lib/format.ts'
import { useWords } from '../../lib/words.ts'
import { AsOf, PastNotice, useAt } from '../../ui/as-of.tsx'

import { ExportMenu } from '../../ui/export-menu.tsx'
import { FilterBar, FilterSelect, FilterText } from '../../ui/filter-bar.tsx'
import { Page } from '../../ui/page.tsx'
import { Said } from '../../ui/said.tsx'
import { NoMatch } from '../../ui/list.tsx'
import { STATUS_WORDS } from '../../ui/status.tsx'
import { STATUSES, StatusCounts } from '../../ui/status-counts.tsx'
import { type Column, DataTable, RowLink } from '../../ui/table.tsx'
import { Time } from '../../ui/time.tsx'
import { Why } from '../../ui/why.tsx'
import { FAMILIES, familyOf, GROUP_NAMES, OBSERVER_WORDS } from '../catalog/families.ts'
import { FilterSystem } from '../system/filter-system.tsx'

type Row = Reply<'GET', '/api/controls'>['items'][number]

const COLUMNS: readonly Column<Row>[] = [
  {
    id: 'control',
    head: 'Control',
    cell: ({ control, name, state }) => (
      <>
        <RowLink to="/controls/$id" params={{ id: control }}>
          {toTitle(name)}
        </RowLink>
        <span className="line-clamp-2 text-xs text-ink-3">
          <Said text={state.reason} />
        </span>
      </>
    ),
  },
  {
    id: 'status',
    head: 'Status',
    className: 'w-36',
    cell: ({ name, state }) => <Why of={toTitle(name)} report={state} />,
  },
  {
    id: 'systems',
    head: 'Systems',
    hide: 'md',
    className: 'w-44',
    cell: ({ name, state: { counts } }) => (
      <span className="grid gap-1 pt-1">
        <StatusCounts brief label={`Systems that need ${toTitle(name)}`} counts={counts} />
        <span className="text-xs text-ink-3">
          {counts.proven} of {plural(needing(counts), 'system')}
        </span>
      </span>
    ),
  },
  {
    id: 'by',
    head: 'Shown by',
    hide: 'lg',
    className: 'w-36',
    cell: ({ enforceableBy }) => OBSERVER_WORDS[enforceableBy] ?? toWords(enforceableBy),
  },
  {
    id: 'until',
    head: 'Changes by itself',
    hide: 'xl',
    end: true,
    className: 'w-36',
    cell: ({ state: { validUntil } }) => validUntil && <Time at={validUntil} />,
  },
]

const needing = (counts: Row['state']['counts']) =>
  STATUSES.reduce((sum, status) => sum + (status === 'not-needed' ? 0 : (counts[status] ?? 0)), 0)

export function ControlsInForce() {
  const [{ q, status, family, system, tag }, set] = useWords()
  const at = useAt()
  const query = useQuery({
    ...read('/api/controls', { query: { limit: 200, system: system === undefined ? undefined : [system], tag, at } }),
    placeholderData: keepPreviousData,
  })
  const order = FAMILIES.map(({ id }) => id)
  const rows = query.data?.items
    .filter((row) => fits(row, q, status, family))
    .toSorted((a, b) => order.indexOf(familyOf(a.group).id) - order.indexOf(familyOf(b.group).id))
  const isNarrowed = [q, status, family, system, tag].some((word) => word !== undefined)
  const clear = () => set({ q: undefined, status: undefined, family: undefined, system: undefined, tag: undefined })
  return (
    <Page
      wide
      title="Controls"
      lead="Which controls your systems need, and which of them are in force today. A control counts when its measures are proven; every status says why."
      actions={<ExportMenu name="controls-in-force" rows={() => ({ rows: (rows ?? []).map(toExported) })} />}
    >
      <PastNotice />
      <FilterBar label="Filter the controls" clear={isNarrowed ? clear : undefined}>
        <FilterText main label="Find a control" value={q} onChange={(text) => set({ q: text })} />
        <FilterSelect
          label="Any status"
          value={status}
          options={STATUSES.map((value) => ({ value, label: STATUS_WORDS[value] }))}
          onChange={(value) => set({ status: value })}
        />
        <FilterSelect
          label="Any family"
          value={family}
          options={FAMILIES.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(value) => set({ family: value })}
        />
        <FilterSystem />
        <AsOf />
      </FilterBar>
      <DataTable
        label="Controls"
        columns={COLUMNS}
        rows={rows}
        rowKey={({ control }) => control}
        error={query.error}
        retry={() => void query.refetch()}
        stale={query.isPlaceholderData}
        waitingRows={14}
        groupOf={({ group }) => headingOf(group)}
        empty={
          <NoMatch noun="control" clear={clear}>
            {status === 'proven'
              ? 'Nothing is proven everywhere yet. Proofs come from the gateway, scans, attack tests, and people who vouch.'
              : 'Fewer filters find more.'}
          </NoMatch>
        }
      />
    </Page>
  )
}

function headingOf(group: string): string {
  const family = familyOf(group).name
  const name = GROUP_NAMES[group] ?? toWords(group)
  return family === name ? name : `${family}: ${name}`
}

const toExported = ({ state: { status, reason, validUntil, counts }, ...row }: Row) => ({
  ...row,
  status,
  reason,
  validUntil,
  ...counts,
})

function fits({ control, name, group, state }: Row, q = '', status?: string, family?: string): boolean {
  const text = `${control} ${name}`.toLowerCase()
  const found = q
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
  return (
    found &&
    (status === undefined || state.status === status) &&
    (family === undefined || familyOf(group).id === family)
  )
}
