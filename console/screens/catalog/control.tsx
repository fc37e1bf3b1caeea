// One control: what it is for, the measures that prove it and for how long, what it counters, and what others call it.
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Star } from 'lucide-react'
import { read, type Reply } from '../../api.ts'
import { toTitle, toWords } from '../../lib/format.ts'
import { OutLink } from '../../ui/link.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Facts, Page, Section } from '../../ui/page.tsx'
import { Badge } from '../../ui/status.tsx'
import { type Column, DataTable, RowLink } from '../../ui/table.tsx'
import { FRESH_WORDS, OBSERVER_WORDS } from './families.ts'
import { AskedAs, useCanonical } from './found-as.tsx'
import { GroupTag, Impacts, Mappings, Mentions, Proof } from './parts.tsx'

type Data = Reply<'GET', '/api/catalog/controls/:id'>

export function Control() {
  const { id } = useParams({ from: '/shell/catalog/controls/$id' })
  const query = useQuery({
    ...read('/api/catalog/controls/:id', { params: { id } }),
    staleTime: Infinity,
  })
  useCanonical('control', query.data)
  const data = query.data
  return (
    <Page
      title={data ? toTitle(data.name) : toWords(id)}
      kind={
        data && (
          <>
            <Badge tone="accent">Control</Badge>
            <GroupTag group={data.group} />
            {data.agentic && <Badge>Agents</Badge>}
            {data.appliesToAllThreats && <Badge>All threats</Badge>}
          </>
        )
      }
      lead={data?.purpose}
      actions={
        data && (
          <OutLink href={data.permalink} className="text-sm">
            owaspai.org
          </OutLink>
        )
      }
    >
      <AskedAs />
      <Loaded query={query}>{(data) => <Body data={data} />}</Loaded>
    </Page>
  )
}

const MEASURES: readonly Column<Data['measures'][number]>[] = [
  {
    id: 'what',
    head: 'Measure',
    cell: ({ id, what, evidence }) => (
      <>
        <RowLink to="/catalog/measures/$id" params={{ id }}>
          {what}
        </RowLink>
        <span className="block text-xs text-ink-3">Proof: {evidence}</span>
      </>
    ),
  },
  { id: 'proof', head: 'Proven', className: 'w-28', cell: ({ evidenceKind }) => <Proof kind={evidenceKind} /> },
  {
    id: 'by',
    head: 'Observed by',
    hide: 'lg',
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

const THREATS: readonly Column<Data['threats'][number]>[] = [
  {
    id: 'threat',
    head: 'Threat',
    cell: ({ id, name, isKey }) => (
      <>
        <RowLink to="/catalog/threats/$id" params={{ id }}>
          {name}
        </RowLink>
        {isKey && (
          <span className="ml-2 inline-flex items-center gap-1 text-2xs font-medium text-accent-word">
            <Star size={11} aria-hidden className="fill-current" />
            Key here
          </span>
        )}
      </>
    ),
  },
  { id: 'kind', head: 'Kind', hide: 'md', className: 'w-28', cell: ({ kind }) => <Badge>{toWords(kind)}</Badge> },
  { id: 'impact', head: 'Impact', className: 'w-28', cell: ({ impactCodes }) => <Impacts codes={impactCodes} /> },
]

function Body({ data }: { data: Data }) {
  const mentions = [...data.obligations, ...data.practices, ...data.tests]
  return (
    <div className="grid gap-x-10 gap-y-8 xl:grid-cols-[minmax(0,1fr)_17rem]">
      <div className="min-w-0">
        <Section title="Measures" count={data.measures.length} note="The control is proven when these are.">
          <DataTable label="Measures" columns={MEASURES} rows={data.measures} rowKey={({ id }) => id} empty={null} />
        </Section>
        <Section
          title={
            data.appliesToAllThreats ? 'Works against all threats, and these in particular' : 'Threats it counters'
          }
          count={data.threats.length}
        >
          <DataTable
            label="Threats"
            columns={THREATS}
            rows={data.threats}
            rowKey={({ id }) => id}
            empty={<p className="text-sm text-ink-2">All of them alike.</p>}
          />
        </Section>
        <Section title="In other frameworks" count={data.frameworks.length}>
          <Mappings frameworks={data.frameworks} />
        </Section>
        {mentions.length > 0 && (
          <Section title="Tests, practices and privacy" count={mentions.length}>
            <Mentions items={mentions} />
          </Section>
        )}
      </div>
      <aside aria-label="At a glance" className="grid content-start gap-8 max-xl:md:grid-cols-2">
        <Section title="At a glance">
          <Facts
            rows={[
              [
                'At work in',
                [data.enforceableBy, ...data.alsoEnforceableBy].map((by) => OBSERVER_WORDS[by]).join(', '),
              ],
              ['Type', toWords(data.type)],
              ['Phase', data.lifecycle.map((phase) => (phase === 'runtime' ? 'Run time' : toWords(phase))).join(', ')],
              ['ISO coverage', toWords(data.isoCoverage)],
              ['Code', data.code],
              ['Section', data.section],
              ['Since', data.since],
              data.formerNames.length > 0 && ['Formerly', data.formerNames.map(({ name }) => name).join(', ')],
            ]}
          />
        </Section>
        <Section title="What proves it" above="none">
          <p className="border-l-2 border-accent pl-3 text-sm text-pretty text-ink-2">{data.evidence}</p>
        </Section>
        {data.tradeOff && (
          <Section title="What it costs" above="none">
            <p className="text-sm text-pretty text-ink-2">{data.tradeOff}</p>
          </Section>
        )}
        {data.essentials.length > 0 && (
          <Section title="Among the essentials" above="none">
            <ul className="grid gap-1 text-sm text-ink-2">
              {data.essentials.map(({ group, name }) => (
                <li key={group + name}>
                  {group}: {name}
                </li>
              ))}
            </ul>
          </Section>
        )}
      </aside>
    </div>
  )
}
