// One framework: its items with the threats and controls that each is about, and what else its pack records.
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { Tag } from 'lucide-react'
import { useCallback } from 'react'
import { api, read, type Reply } from '../../api.ts'
import { formatDay, formatNumber, toWords } from '../../lib/format.ts'
import { gather } from '../../lib/gather.ts'
import type { Search } from '../../routes.tsx'
import { ButtonLink } from '../../ui/button.tsx'
import { ExportMenu } from '../../ui/export-menu.tsx'
import { FilterBar, FilterSelect } from '../../ui/filter-bar.tsx'
import { OutLink } from '../../ui/link.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Facts, Page, Section } from '../../ui/page.tsx'
import { List, usePage } from '../../ui/list.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { Badge } from '../../ui/status.tsx'
import { type Column, RowLink } from '../../ui/table.tsx'
import { RefList } from './parts.tsx'

type Data = Reply<'GET', '/api/catalog/frameworks/:id'>
type Item = Data['items'][number]

export function Framework() {
  const { id } = useParams({ from: '/shell/catalog/frameworks/$id' })
  const search = useSearch({ from: '/shell' })
  const navigate = useNavigate()
  const { kind } = search
  const query = usePage((page) => ({
    ...read('/api/catalog/frameworks/:id', { params: { id }, query: { ...page, limit: 100, kind } }),
    staleTime: Infinity,
  }))
  const data = query.data
  const move = useCallback(
    (change: Search) =>
      void navigate({
        to: '/catalog/frameworks/$id',
        params: { id },
        search: (before: Search) => ({ ...before, ...change }),
      }),
    [navigate, id],
  )
  const columns: Column<Item>[] = [
    {
      id: 'item',
      head: 'Item',
      cell: (item) => (
        <>
          <RowLink to="/catalog/frameworks/$id/$item" params={{ id, item: item.id }}>
            {item.name}
          </RowLink>
          <span className="block font-mono text-2xs text-ink-3">{item.id}</span>
        </>
      ),
    },
    ...(data && data.kinds.length > 0
      ? [
          {
            id: 'kind',
            head: 'Kind',
            hide: 'lg' as const,
            className: 'w-32',
            cell: (item: Item) => item.kind && <Badge>{toWords(item.kind)}</Badge>,
          },
        ]
      : []),
    {
      id: 'threats',
      head: 'Threats',
      end: true,
      className: 'w-20',
      cell: (item) => item.threats.length || <span className="text-ink-3">–</span>,
    },
    {
      id: 'controls',
      head: 'Controls',
      end: true,
      className: 'w-20',
      cell: (item) => item.controls.length || <span className="text-ink-3">–</span>,
    },
  ]
  return (
    <Page
      title={data?.name ?? toWords(id)}
      kind={<Badge tone="accent">Framework</Badge>}
      lead={data && `${data.publisher}, ${data.version}`}
      actions={
        data && (
          <>
            <OutLink href={data.url} className="mr-2 text-sm">
              Source
            </OutLink>
            <ExportMenu
              name={id}
              rows={() =>
                gather(
                  (page) => api.get('/api/catalog/frameworks/:id', { params: { id }, query: { ...page, kind } }),
                  (item) => ({
                    id: item.id,
                    name: item.name,
                    kind: item.kind,
                    threats: item.threats.map((link) => link.id).join(' '),
                    controls: item.controls.map((link) => link.id).join(' '),
                  }),
                )
              }
            />
          </>
        )
      }
    >
      {data && data.kinds.length > 1 && (
        <FilterBar
          label="Filter the items"
          clear={kind ? () => void navigate({ to: '/catalog/frameworks/$id', params: { id }, search: {} }) : undefined}
        >
          <FilterSelect
            label="Any kind"
            value={kind}
            options={data.kinds.map((value) => ({ value, label: toWords(value) }))}
            onChange={(value) => move({ kind: value, cursor: undefined })}
          />
        </FilterBar>
      )}
      <List
        label="Items"
        columns={columns}
        page={query}
        rowKey={(item) => item.id}
        waitingRows={12}
        empty={
          <EmptyState
            icon={Tag}
            title="No items"
            action={<ButtonLink to="/catalog/frameworks">All frameworks</ButtonLink>}
          >
            The catalogue holds no item of this kind.
          </EmptyState>
        }
      />
      <Loaded query={query} waiting={null}>
        {(framework) => <More data={framework} />}
      </Loaded>
    </Page>
  )
}

function More({ data }: { data: Data }) {
  return (
    <div className="mt-10 grid gap-x-10 gap-y-8 lg:grid-cols-2">
      {data.dates.length > 0 && (
        <Section title="Dates">
          <Facts rows={data.dates.map(({ what, date, status }) => [formatDay(date), `${what} (${status})`] as const)} />
        </Section>
      )}
      {data.riskTiers.length > 0 && (
        <Section title="Tiers" above="none">
          <Facts rows={data.riskTiers.map(({ name, obligation }) => [name, obligation] as const)} />
        </Section>
      )}
      {data.penalties.length > 0 && (
        <Section title="Penalties" above="none">
          <Facts
            rows={data.penalties.map(
              ({ breach, maxEur, maxTurnoverPct }) =>
                [breach, `up to ${formatNumber(maxEur)} EUR or ${maxTurnoverPct} % of turnover`] as const,
            )}
          />
        </Section>
      )}
      {data.reportingClocks.length > 0 && (
        <Section title="Reporting" above="none">
          <Facts
            rows={data.reportingClocks.map(
              ({ regime, who, clock }) => [regime, `${who}: ${clock.join(', ')}`] as const,
            )}
          />
        </Section>
      )}
      {data.regulatoryMap.length > 0 && (
        <Section title="What the law asks for, in controls" above="none">
          <Facts
            rows={data.regulatoryMap.map(
              ({ topic, legal, controls }) =>
                [
                  topic,
                  <span key={topic}>
                    {legal}
                    <RefList items={controls} />
                  </span>,
                ] as const,
            )}
          />
        </Section>
      )}
      <Section title="About this mapping" above="none">
        <Facts
          rows={[
            ['Checked', data.confidenceMeans],
            ['Licence', data.licence],
            data.source !== null && ['Read from', `${data.source.repo}, ${data.source.path}`],
            data.notes.length > 0 && [
              'Notes',
              <ul key="notes">
                {data.notes.map((note) => (
                  <li key={note}>{note}</li>
                ))}
              </ul>,
            ],
          ]}
        />
      </Section>
    </div>
  )
}
