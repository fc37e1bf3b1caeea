// The lists that others ask about: from each one leads to where its items stand, by controls and measures.
import { useQuery } from '@tanstack/react-query'
import { Layers } from 'lucide-react'
import { read, type Reply } from '../../api.ts'
import { useWords } from '../../lib/words.ts'
import { Button } from '../../ui/button.tsx'
import { ExportMenu } from '../../ui/export-menu.tsx'
import { FilterBar, FilterText } from '../../ui/filter-bar.tsx'
import { Page } from '../../ui/page.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { type Column, DataTable, RowLink } from '../../ui/table.tsx'

type Row = Reply<'GET', '/api/catalog/frameworks'>['items'][number]

const COLUMNS: readonly Column<Row>[] = [
  {
    id: 'name',
    head: 'Framework',
    cell: ({ id, name, version, publisher }) => (
      <>
        <RowLink to="/frameworks/$id" params={{ id }}>
          {name}
        </RowLink>
        <span className="block text-xs text-ink-3">
          {publisher}, {version}
        </span>
      </>
    ),
  },
  { id: 'items', head: 'Items', end: true, className: 'w-24', cell: ({ itemCount }) => itemCount },
  {
    id: 'controls',
    head: 'Links to controls',
    end: true,
    hide: 'md',
    className: 'w-36',
    cell: ({ controlLinks }) => controlLinks || <span className="text-ink-3">by threats only</span>,
  },
]

export function FrameworksInForce() {
  const [{ q }, set] = useWords()
  const query = useQuery({ ...read('/api/catalog/frameworks', { query: { limit: 200 } }), staleTime: Infinity })
  const words = (q ?? '').toLowerCase().split(/\s+/)
  const rows = query.data?.items.filter(({ id, name, publisher }) => {
    const text = `${id} ${name} ${publisher}`.toLowerCase()
    return words.every((word) => text.includes(word))
  })
  return (
    <Page
      title="Frameworks"
      lead="What a standard or a law asks, item by item, answered by the controls behind it and whether they are proven today."
      actions={<ExportMenu name="frameworks" rows={() => ({ rows: rows ?? [] })} />}
    >
      <FilterBar label="Filter the frameworks" clear={q ? () => set({ q: undefined }) : undefined}>
        <FilterText main label="Find a framework" value={q} onChange={(text) => set({ q: text })} />
      </FilterBar>
      <DataTable
        label="Frameworks"
        columns={COLUMNS}
        rows={rows}
        rowKey={({ id }) => id}
        error={query.error}
        retry={() => void query.refetch()}
        waitingRows={12}
        empty={
          <EmptyState
            icon={Layers}
            title="No framework matches"
            action={<Button onClick={() => set({ q: undefined })}>Show all frameworks</Button>}
          >
            A newer catalogue may map more of them.
          </EmptyState>
        }
      />
    </Page>
  )
}
