// One control over all systems: where it stands on each that needs it. A system opens beside the list with the measures
// and their proofs.
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Boxes } from 'lucide-react'
import { api, read, type Reply } from '../../api.ts'
import { plural, toTitle, toTitleOfId } from '../../lib/format.ts'
import { gather } from '../../lib/gather.ts'
import { useWords } from '../../lib/words.ts'
import type { Search } from '../../routes.tsx'
import { AsOf, PastNotice, useAt } from '../../ui/as-of.tsx'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { ExportMenu } from '../../ui/export-menu.tsx'
import { FilterBar, FilterSelect } from '../../ui/filter-bar.tsx'
import { Page } from '../../ui/page.tsx'
import { List, usePage } from '../../ui/list.tsx'
import { Said } from '../../ui/said.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { STATUS_WORDS } from '../../ui/status.tsx'
import { STATUSES, StatusCounts } from '../../ui/status-counts.tsx'
import { type Column, RowLink } from '../../ui/table.tsx'
import { Time } from '../../ui/time.tsx'
import { Why } from '../../ui/why.tsx'
import { GroupTag } from '../catalog/parts.tsx'
import { ControlDrawer } from '../system/control-drawer.tsx'

type Row = Reply<'GET', '/api/controls/:control/systems'>['items'][number]

const COLUMNS: readonly Column<Row>[] = [
  {
    id: 'system',
    head: 'System',
    cell: ({ system, name, state }) => (
      <>
        <RowLink to="." search={(before: Search) => ({ ...before, on: system })} resetScroll={false}>
          {name}
        </RowLink>
        <span className="line-clamp-2 text-xs text-ink-3">
          <Said text={state.reason} />
        </span>
      </>
    ),
  },
  {
    id: 'measures',
    head: 'Measures',
    hide: 'md',
    className: 'w-44',
    cell: ({ name, state }) => (
      <span className="block pt-1.5">
        <StatusCounts brief label={`Measures on ${name}`} counts={state.counts} />
      </span>
    ),
  },
  { id: 'status', head: 'Status', className: 'w-36', cell: ({ name, state }) => <Why of={name} report={state} /> },
  {
    id: 'until',
    head: 'Changes by itself',
    hide: 'lg',
    end: true,
    className: 'w-36',
    cell: ({ state: { validUntil } }) => validUntil && <Time at={validUntil} />,
  },
]

export function ControlInForce() {
  const { id } = useParams({ from: '/shell/controls/$id' })
  const [{ status, on }, set] = useWords()
  const at = useAt()
  const catalog = useQuery({ ...read('/api/catalog/controls/:id', { params: { id } }), staleTime: Infinity })
  const all = useQuery(read('/api/controls', { query: { limit: 200, at } }))
  const params = { control: id }
  const filter = { status: STATUSES.find((word) => word === status), at }
  const query = usePage((page) =>
    read('/api/controls/:control/systems', { params, query: { ...filter, ...page, limit: 100 } }),
  )
  const state = all.data?.items.find(({ control }) => control === id)?.state
  const name = catalog.data ? toTitle(catalog.data.name) : toTitleOfId(id)
  return (
    <Page
      title={name}
      kind={catalog.data && <GroupTag group={catalog.data.group} />}
      lead={catalog.data?.purpose}
      actions={
        <>
          <AsOf />
          <ButtonLink to="/catalog/controls/$id" params={{ id }}>
            In the catalogue
          </ButtonLink>
        </>
      }
    >
      <PastNotice />
      {state && (
        <div className="mb-6 grid gap-3 rounded-md border border-line bg-panel p-4">
          <p className="flex flex-wrap items-center gap-x-3 gap-y-1.5 text-sm text-ink-2">
            <Why of={name} report={state} />
            <span>
              <Said text={state.reason} />
            </span>
          </p>
          <StatusCounts
            label="Systems"
            counts={state.counts}
            placeOf={(one) => ({ to: `/controls/${id}`, search: { status: one } })}
          />
        </div>
      )}
      <FilterBar label="Filter the systems" clear={status ? () => set({ status: undefined }) : undefined}>
        <FilterSelect
          label="Any status"
          value={status}
          options={STATUSES.map((value) => ({ value, label: STATUS_WORDS[value] }))}
          onChange={(value) => set({ status: value })}
        />
        {query.data && <p className="text-xs text-ink-3">{plural(query.data.total, 'system')}</p>}
        <span className="ml-auto">
          <ExportMenu
            name={`${id}-systems`}
            rows={() =>
              gather(
                (page) =>
                  api.get('/api/controls/:control/systems', {
                    params,
                    query: { ...filter, ...page },
                  }),
                toExported,
              )
            }
          />
        </span>
      </FilterBar>
      <List
        label={`Systems and ${name}`}
        columns={COLUMNS}
        page={query}
        rowKey={({ system }) => system}
        empty={
          <EmptyState
            icon={Boxes}
            title={status ? 'No system stands there' : 'No system needs it'}
            action={status && <Button onClick={() => set({ status: undefined })}>Show all systems</Button>}
          >
            A system needs a control when a threat that applies to it asks for it.
          </EmptyState>
        }
      />
      {on && <ControlDrawer system={on} control={id} onClose={() => set({ on: undefined })} />}
    </Page>
  )
}

const toExported = ({ state: { status, reason, validUntil, counts }, ...row }: Row) => ({
  ...row,
  status,
  reason,
  validUntil,
  ...counts,
})
