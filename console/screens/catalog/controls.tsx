// All controls by what they guard against, with how each is proven.
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'

import { useCallback } from 'react'
import { read, type Reply } from '../../api.ts'
import { toTitle, toWords } from '../../lib/format.ts'
import type { Search } from '../../routes.tsx'

import { ExportMenu } from '../../ui/export-menu.tsx'
import { FilterBar, FilterSelect, FilterText } from '../../ui/filter-bar.tsx'
import { Page } from '../../ui/page.tsx'
import { NoMatch } from '../../ui/list.tsx'
import { type Column, DataTable, RowLink } from '../../ui/table.tsx'
import { FAMILIES, familyOf, GROUP_NAMES, OBSERVER_WORDS } from './families.ts'

type Row = Reply<'GET', '/api/catalog/controls'>['items'][number]

const COLUMNS: readonly Column<Row>[] = [
  {
    id: 'control',
    head: 'Control',
    cell: ({ id, name, purpose }) => (
      <>
        <RowLink to="/catalog/controls/$id" params={{ id }}>
          {toTitle(name)}
        </RowLink>
        <span className="line-clamp-2 text-xs text-ink-3">{purpose}</span>
      </>
    ),
  },
  {
    id: 'by',
    head: 'At work in',
    hide: 'md',
    className: 'w-40',
    cell: ({ enforceableBy }) => OBSERVER_WORDS[enforceableBy] ?? toWords(enforceableBy),
  },
  {
    id: 'lifecycle',
    head: 'Phase',
    hide: 'lg',
    className: 'w-44',
    cell: ({ lifecycle }) => lifecycle.map(phase).join(', '),
  },
  {
    id: 'measures',
    head: 'Measures',
    end: true,
    hide: 'md',
    className: 'w-20',
    cell: ({ measureCount }) => measureCount,
  },
  { id: 'threats', head: 'Threats', end: true, className: 'w-20', cell: ({ threatCount }) => threatCount ?? 'all' },
]

const phase = (lifecycle: string) => (lifecycle === 'runtime' ? 'Run time' : toWords(lifecycle))
const ORDER = FAMILIES.map(({ id }) => id)

export function Controls() {
  const search = useSearch({ from: '/shell' })
  const navigate = useNavigate()
  const query = useQuery({
    ...read('/api/catalog/controls', { query: { limit: 200 } }),
    staleTime: Infinity,
  })
  const set = useCallback(
    (change: Search) =>
      void navigate({ to: '/catalog/controls', search: (before: Search) => ({ ...before, ...change }), replace: true }),
    [navigate],
  )
  const setText = useCallback((q: string | undefined) => set({ q }), [set])
  const narrowed = ['q', 'family', 'by'].some((key) => search[key])
  const rows = query.data?.items
    .filter((row) => fits(row, search))
    .toSorted(
      (a, b) =>
        ORDER.indexOf(familyOf(a.group).id) - ORDER.indexOf(familyOf(b.group).id) || a.group.localeCompare(b.group),
    )
  const clear = () => void navigate({ to: '/catalog/controls', search: {} })
  return (
    <Page
      title="Controls"
      lead="What counters threats. A control counts only when its measures are proven, and a proof grows stale."
      actions={<ExportMenu name="controls" rows={() => ({ rows: rows ?? [] })} />}
    >
      <FilterBar label="Filter the controls" clear={narrowed ? clear : undefined}>
        <FilterText main label="Find a control" value={search['q']} onChange={setText} />
        <FilterSelect
          label="Any family"
          value={search['family']}
          options={FAMILIES.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(family) => set({ family })}
        />
        <FilterSelect
          label="At work anywhere"
          value={search['by']}
          options={Object.entries(OBSERVER_WORDS).map(([value, label]) => ({ value, label }))}
          onChange={(by) => set({ by })}
        />
      </FilterBar>
      <DataTable
        label="Controls"
        columns={COLUMNS}
        rows={rows}
        rowKey={({ id }) => id}
        error={query.error}
        retry={() => void query.refetch()}
        groupOf={({ group }) =>
          `${familyOf(group).name === GROUP_NAMES[group] ? '' : `${familyOf(group).name}: `}${GROUP_NAMES[group] ?? toWords(group)}`
        }
        waitingRows={14}
        empty={
          <NoMatch noun="control" clear={clear}>
            Old names, codes and tags are found in the palette.
          </NoMatch>
        }
      />
    </Page>
  )
}

function fits(row: Row, search: Search): boolean {
  const text = `${row.name} ${row.id} ${row.code} ${row.purpose}`.toLowerCase()
  const words = (search['q'] ?? '').toLowerCase().split(/\s+/)
  return (
    words.every((word) => text.includes(word)) &&
    (!search['family'] || familyOf(row.group).id === search['family']) &&
    (!search['by'] || row.enforceableBy === search['by'])
  )
}
