// The other lists that people are asked about, and how much of each the catalogue maps.
import { useQuery } from '@tanstack/react-query'
import { Boxes } from 'lucide-react'
import { read, type Reply } from '../../api.ts'
import { ExportMenu } from '../../ui/export-menu.tsx'
import { Page } from '../../ui/page.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { Badge } from '../../ui/status.tsx'
import { type Column, DataTable, RowLink } from '../../ui/table.tsx'

type Row = Reply<'GET', '/api/catalog/frameworks'>['items'][number]

const COLUMNS: readonly Column<Row>[] = [
  {
    id: 'name',
    head: 'Framework',
    cell: ({ id, name, version, publisher }) => (
      <>
        <RowLink to="/catalog/frameworks/$id" params={{ id }}>
          {name}
        </RowLink>
        <span className="block text-xs text-ink-3">
          {publisher}, {version}
        </span>
      </>
    ),
  },
  { id: 'items', head: 'Items', end: true, className: 'w-20', cell: ({ itemCount }) => itemCount },
  {
    id: 'threats',
    head: 'Threat links',
    end: true,
    hide: 'md',
    className: 'w-28',
    cell: ({ threatLinks }) => threatLinks,
  },
  {
    id: 'controls',
    head: 'Control links',
    end: true,
    hide: 'md',
    className: 'w-28',
    cell: ({ controlLinks }) => controlLinks,
  },
  {
    id: 'checked',
    head: 'Checked',
    hide: 'lg',
    className: 'w-56',
    cell: ({ confidence, confidenceMeans }) => (
      <Badge tone={confidence.startsWith('verified') ? 'good' : 'neutral'}>{confidenceMeans}</Badge>
    ),
  },
]

export function Frameworks() {
  const query = useQuery({
    ...read('/api/catalog/frameworks', { query: { limit: 200 } }),
    staleTime: Infinity,
  })
  return (
    <Page
      title="Frameworks"
      lead="Standards, laws and lists, item by item, with the threats and controls that each is about, and who says so."
      actions={<ExportMenu name="frameworks" rows={() => ({ rows: query.data?.items ?? [] })} />}
    >
      <DataTable
        label="Frameworks"
        columns={COLUMNS}
        rows={query.data?.items}
        rowKey={({ id }) => id}
        error={query.error}
        retry={() => void query.refetch()}
        waitingRows={14}
        empty={
          <EmptyState icon={Boxes} title="This catalogue maps no framework">
            A newer pack may.
          </EmptyState>
        }
      />
    </Page>
  )
}
