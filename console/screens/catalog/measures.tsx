// All measures: what is done for a control, how it is proven, and for how long a proof counts.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'

import { useCallback } from 'react'
import { api, read, type Reply } from '../../api.ts'
import { gather } from '../../lib/gather.ts'
import type { Search } from '../../routes.tsx'

import { ExportMenu } from '../../ui/export-menu.tsx'
import { FilterBar, FilterSelect, FilterText } from '../../ui/filter-bar.tsx'
import { Page } from '../../ui/page.tsx'
import { NoMatch } from '../../ui/list.tsx'
import { type Column, DataTable, RowLink } from '../../ui/table.tsx'
import { FRESH_WORDS, OBSERVER_WORDS, PROOF_WORDS } from './families.ts'
import { Proof } from './parts.tsx'
import { toTitleOfId } from '../../lib/format.ts'

type Row = Reply<'GET', '/api/catalog/measures'>['items'][number]

const COLUMNS: readonly Column<Row>[] = [
  {
    id: 'measure',
    head: 'Measure',
    cell: ({ id, what }) => (
      <>
        <RowLink to="/catalog/measures/$id" params={{ id }} className="font-normal!">
          {what}
        </RowLink>
        <span className="block font-mono text-2xs text-ink-3">{id}</span>
      </>
    ),
  },
  { id: 'proof', head: 'Proven', className: 'w-28', cell: ({ evidenceKind }) => <Proof kind={evidenceKind} /> },
  {
    id: 'by',
    head: 'Observed by',
    hide: 'md',
    className: 'w-36',
    cell: ({ enforceableBy }) => OBSERVER_WORDS[enforceableBy],
  },
  {
    id: 'fresh',
    head: 'Counts for',
    hide: 'md',
    className: 'w-36',
    cell: ({ freshness }) => FRESH_WORDS[freshness] ?? freshness,
  },
]

export function Measures() {
  const search = useSearch({ from: '/shell' })
  const navigate = useNavigate()
  const query = useQuery({
    ...read('/api/catalog/measures', { query: { limit: 200 } }),
    staleTime: Infinity,
    placeholderData: keepPreviousData,
    queryFn: () => all(),
  })
  const set = useCallback(
    (change: Search) =>
      void navigate({ to: '/catalog/measures', search: (before: Search) => ({ ...before, ...change }), replace: true }),
    [navigate],
  )
  const setText = useCallback((q: string | undefined) => set({ q }), [set])
  const narrowed = ['q', 'proof', 'by'].some((key) => search[key])
  const rows = query.data?.items.filter((row) => fits(row, search))
  const clear = () => void navigate({ to: '/catalog/measures', search: {} })
  return (
    <Page
      title="Measures"
      lead="The parts of a control that can be proven one by one: by the software itself, by a test that must fail, or by a person’s word."
      actions={<ExportMenu name="measures" rows={() => ({ rows: rows ?? [] })} />}
    >
      <FilterBar label="Filter the measures" clear={narrowed ? clear : undefined}>
        <FilterText main label="Find a measure" value={search['q']} onChange={setText} />
        <FilterSelect
          label="Proven in any way"
          value={search['proof']}
          options={Object.entries(PROOF_WORDS).map(([value, { name }]) => ({ value, label: name }))}
          onChange={(proof) => set({ proof })}
        />
        <FilterSelect
          label="Observed by anyone"
          value={search['by']}
          options={Object.entries(OBSERVER_WORDS).map(([value, label]) => ({ value, label }))}
          onChange={(by) => set({ by })}
        />
      </FilterBar>
      <DataTable
        label="Measures"
        columns={COLUMNS}
        rows={rows}
        rowKey={({ id }) => id}
        error={query.error}
        retry={() => void query.refetch()}
        groupOf={({ control }) => toTitleOfId(control)}
        waitingRows={14}
        empty={
          <NoMatch noun="measure" clear={clear}>
            Fewer words find more.
          </NoMatch>
        }
      />
    </Page>
  )
}

/** A few hundred at most: read page by page, filtered here. */
async function all(): Promise<Reply<'GET', '/api/catalog/measures'>> {
  const items: Row[] = []
  await gather(
    (page) => api.get('/api/catalog/measures', { query: { ...page } }),
    (row) => {
      items.push(row)
      return {}
    },
  )
  return { items }
}

function fits(row: Row, search: Search): boolean {
  const text = `${row.what} ${row.id} ${row.evidence}`.toLowerCase()
  const words = (search['q'] ?? '').toLowerCase().split(/\s+/)
  return (
    words.every((word) => text.includes(word)) &&
    (!search['proof'] || row.evidenceKind === search['proof']) &&
    (!search['by'] || row.enforceableBy === search['by'])
  )
}
