// All controls for one system: which it needs and whose part they are, where each stands and why. A control opens beside
// the list with its measures and their proofs.
import { keepPreviousData, useQuery } from '@tanstack/react-query'

import { read, type Reply } from '../../api.ts'
import { toTitle, toWords } from '../../lib/format.ts'
import { useWords } from '../../lib/words.ts'
import type { Search } from '../../routes.tsx'
import { useAt } from '../../ui/as-of.tsx'

import { ExportMenu } from '../../ui/export-menu.tsx'
import { FilterBar, FilterSelect, FilterText } from '../../ui/filter-bar.tsx'
import { Said } from '../../ui/said.tsx'
import { NoMatch } from '../../ui/list.tsx'
import { Badge, STATUS_WORDS } from '../../ui/status.tsx'
import { STATUSES } from '../../ui/status-counts.tsx'
import { type Column, DataTable, RowLink } from '../../ui/table.tsx'
import { Why } from '../../ui/why.tsx'
import { GroupTag } from '../catalog/parts.tsx'
import { ControlDrawer } from './control-drawer.tsx'

type Row = Reply<'GET', '/api/systems/:id/controls'>['items'][number]

export const PARTY_WORDS: Readonly<Record<string, string>> = {
  you: 'Yours',
  supplier: 'The supplier’s',
  shared: 'Shared',
}

const COLUMNS: readonly Column<Row>[] = [
  {
    id: 'control',
    head: 'Control',
    cell: ({ control, name, because, state }) => (
      <>
        <RowLink to="." search={(before: Search) => ({ ...before, control })} resetScroll={false}>
          {toTitle(name)}
        </RowLink>
        <span className="line-clamp-2 text-xs text-ink-3">
          <Said text={state.status === 'not-needed' ? because : state.reason} />
        </span>
      </>
    ),
  },
  { id: 'group', head: 'Family', hide: 'lg', className: 'w-52', cell: ({ group }) => <GroupTag group={group} /> },
  {
    id: 'party',
    head: 'Whose part',
    hide: 'md',
    className: 'w-32',
    cell: ({ party }) =>
      party && (party === 'you' ? PARTY_WORDS[party] : <Badge tone="note">{PARTY_WORDS[party] ?? party}</Badge>),
  },
  {
    id: 'threats',
    head: 'Threats',
    hide: 'md',
    end: true,
    className: 'w-20',
    cell: ({ threats }) => threats || '',
  },
  {
    id: 'status',
    head: 'Status',
    className: 'w-32',
    cell: ({ name, state }) => <Why of={toTitle(name)} report={state} />,
  },
]

export function ControlsPanel({ system, name }: { system: string; name: string }) {
  const [{ q, status, party, control }, set] = useWords()
  const at = useAt()
  const query = useQuery({
    ...read('/api/systems/:id/controls', { params: { id: system }, query: { limit: 200, at } }),
    placeholderData: keepPreviousData,
  })
  const rows = query.data?.items.filter((row) => fits(row, q, status, party))
  const clear = () => set({ q: undefined, status: undefined, party: undefined })
  return (
    <>
      <FilterBar label="Filter the controls" clear={q || status || party ? clear : undefined}>
        <FilterText main label="Find a control" value={q} onChange={(text) => set({ q: text })} />
        <FilterSelect
          label="All it needs"
          value={status}
          options={STATUSES.map((value) => ({ value, label: STATUS_WORDS[value] }))}
          onChange={(value) => set({ status: value })}
        />
        <FilterSelect
          label="Anybody’s part"
          value={party}
          options={Object.entries(PARTY_WORDS).map(([value, label]) => ({ value, label }))}
          onChange={(value) => set({ party: value })}
        />
        <span className="ml-auto">
          <ExportMenu name={`${system}-controls`} rows={() => ({ rows: (rows ?? []).map(toExported) })} />
        </span>
      </FilterBar>
      <DataTable
        label={`Controls of ${name}`}
        columns={COLUMNS}
        rows={rows}
        rowKey={(row) => row.control}
        error={query.error}
        retry={() => void query.refetch()}
        stale={query.isPlaceholderData}
        waitingRows={12}
        empty={
          <NoMatch noun="control" clear={clear}>
            {status === 'proven'
              ? 'Nothing is proven here yet. A control is proven when a guard, a scan or a test shows that it holds, not when somebody ticks it.'
              : `No control of this system is ${status ? toWords(status).toLowerCase() : 'called so'}.`}
          </NoMatch>
        }
      />
      {control && <ControlDrawer system={system} control={control} onClose={() => set({ control: undefined })} />}
    </>
  )
}

const toExported = ({ state: { status, reason, validUntil }, ...row }: Row) => ({ ...row, status, reason, validUntil })

function fits({ control, name, need, party, state }: Row, q = '', status?: string, whose?: string): boolean {
  const text = `${control} ${name}`.toLowerCase()
  const found = q
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
  const stands = status === undefined ? need === 'needed' : state.status === status
  return found && stands && (whose === undefined || party === whose)
}
