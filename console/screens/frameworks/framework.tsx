// A framework over one's own systems: where each item stands. An item opens beside the list with its controls and their
// measures. The statement of it is a report that carries its proof.
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { FileCheck2 } from 'lucide-react'
import { api, read } from '../../api.ts'
import { plural, toTitleOfId } from '../../lib/format.ts'
import { gather } from '../../lib/gather.ts'
import { useSubmit } from '../../lib/submit.ts'
import { useFilters } from '../../lib/words.ts'
import type { Search } from '../../routes.tsx'
import { useMay } from '../../session.ts'
import { AsOf, PastNotice, useAt } from '../../ui/as-of.tsx'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { ExportMenu } from '../../ui/export-menu.tsx'
import { FilterBar, FilterSelect } from '../../ui/filter-bar.tsx'
import { Page } from '../../ui/page.tsx'
import { List, usePage } from '../../ui/list.tsx'
import { Said } from '../../ui/said.tsx'
import { Problem } from '../../ui/states.tsx'
import { STATUS_WORDS } from '../../ui/status.tsx'
import { STATUSES, StatusCounts } from '../../ui/status-counts.tsx'
import { type Column, RowLink } from '../../ui/table.tsx'
import { Why } from '../../ui/why.tsx'
import { FilterSystem } from '../system/filter-system.tsx'
import { type Item, ItemDrawer } from './item-drawer.tsx'

const COLUMNS: readonly Column<Item>[] = [
  {
    id: 'item',
    head: 'Item',
    cell: ({ item, name, state }) => (
      <>
        <RowLink to="." search={(before: Search) => ({ ...before, item })} resetScroll={false}>
          {name === item ? item : `${item} ${name}`}
        </RowLink>
        <span className="line-clamp-2 text-xs text-ink-3">
          <Said text={state.reason} />
        </span>
      </>
    ),
  },
  {
    id: 'controls',
    head: 'Controls',
    hide: 'md',
    className: 'w-40',
    cell: ({ item, controls }) =>
      controls.length > 0 && (
        <span className="grid gap-1 pt-1">
          <StatusCounts brief label={`Controls behind ${item}`} counts={countsOf(controls)} />
          <span className="text-xs text-ink-3">{plural(controls.length, 'control')}</span>
        </span>
      ),
  },
  { id: 'status', head: 'Status', className: 'w-36', cell: ({ item, state }) => <Why of={item} report={state} /> },
]

function countsOf(controls: Item['controls']) {
  const groups = Map.groupBy(controls, ({ state }) => state.status)
  return Object.fromEntries([...groups].map(([status, those]) => [status, those.length]))
}

export function FrameworkInForce() {
  const { id } = useParams({ from: '/shell/frameworks/$id' })
  const { words, set, clear } = useFilters(['status', 'system'])
  const { status, system, item, cursor } = words
  const at = useAt()
  const list = useQuery({ ...read('/api/catalog/frameworks', { query: { limit: 200 } }), staleTime: Infinity })
  const framework = list.data?.items.find((one) => one.id === id)
  const params = { id }
  const filter = {
    status: STATUSES.find((word) => word === status),
    system: system === undefined ? undefined : [system],
    at,
  }
  const query = usePage((page) =>
    read('/api/frameworks/:id/status', { params, query: { ...filter, ...page, limit: 100 } }),
  )
  const open = query.data?.items.find((one) => one.item === item)
  return (
    <Page
      title={framework?.name ?? toTitleOfId(id)}
      kind={framework && `${framework.publisher}, ${framework.version}`}
      lead="Where each item stands over your systems, by the controls behind it."
      actions={
        <>
          <ButtonLink to="/catalog/frameworks/$id" params={{ id }}>
            In the catalogue
          </ButtonLink>
          <ExportMenu
            name={`${id}-status`}
            rows={async () => {
              const { rows, cut } = await gather(
                (page) => api.get('/api/frameworks/:id/status', { params, query: { ...filter, ...page } }),
                (one) => one,
              )
              return { rows: rows.flatMap(toExported), cut }
            }}
          />
          <MakeStatement framework={id} system={system} at={at} />
        </>
      }
    >
      <PastNotice />
      <FilterBar label="Filter the items" clear={clear}>
        <FilterSelect
          label="Any status"
          value={status}
          options={STATUSES.map((value) => ({ value, label: STATUS_WORDS[value] }))}
          onChange={(value) => set({ status: value })}
        />
        <FilterSystem />
        <AsOf />
        {query.data && <p className="ml-auto text-xs text-ink-3">{plural(query.data.total, 'item')}</p>}
      </FilterBar>
      <List
        label="Items"
        columns={COLUMNS}
        page={query}
        rowKey={(one) => one.item}
        waitingRows={12}
        noun="item"
        clear={clear}
        hint="An item is proven when every control behind it is proven on every system that needs it."
        empty={null}
      />
      {open && <ItemDrawer item={open} onClose={() => set({ item: undefined, cursor })} />}
    </Page>
  )
}

function MakeStatement({
  framework,
  system,
  at,
}: {
  framework: string
  system: string | undefined
  at: string | undefined
}) {
  const may = useMay()
  const navigate = useNavigate()
  const form = useSubmit(async () => {
    const body = { kind: 'framework-statement' as const, framework, ...(system && { system }), ...(at && { at }) }
    const { entry } = await api.post('/api/reports', { body })
    await navigate({ to: '/reports', search: { report: String(entry) } })
  })
  if (!may('evidence:read')) return null
  return (
    <form onSubmit={form.submit}>
      <Button type="submit" variant="primary" icon={FileCheck2} busy={form.busy}>
        Make the statement
      </Button>
      <Problem error={form.error} />
    </form>
  )
}

/** One row for each measure, so that a spreadsheet shows the whole way from item to proof. */
function toExported({ item, name, state, controls }: Item) {
  const head = { item, name, itemStatus: state.status, itemReason: state.reason }
  if (controls.length === 0) return [head]
  return controls.flatMap(({ control, basis, state: ofControl, measures }) =>
    measures.map(({ measure, state: { status, reason, validUntil } }) => ({
      ...head,
      control,
      basis,
      controlStatus: ofControl.status,
      measure,
      status,
      reason,
      validUntil,
    })),
  )
}
