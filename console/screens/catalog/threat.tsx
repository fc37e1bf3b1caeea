// One threat: what it is, when it applies, what counters it, who must act, and what others call it.
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Star } from 'lucide-react'
import { read, type Reply } from '../../api.ts'
import { toTitle, toWords } from '../../lib/format.ts'
import { OutLink } from '../../ui/link.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Facts, Page, Section } from '../../ui/page.tsx'
import { Badge } from '../../ui/status.tsx'
import { type Column, DataTable, RowLink } from '../../ui/table.tsx'
import { Applies } from './expression.tsx'
import { OBSERVER_WORDS } from './families.ts'
import { AskedAs, useCanonical } from './found-as.tsx'
import { GroupTag, Impacts, IMPACT_WORDS, Mappings, Mentions, RefLink, RefList } from './parts.tsx'
import { SURFACE_WORDS } from './threats.tsx'

type Data = Reply<'GET', '/api/catalog/threats/:id'>

export function Threat() {
  const { id } = useParams({ from: '/shell/catalog/threats/$id' })
  const query = useQuery({
    ...read('/api/catalog/threats/:id', { params: { id } }),
    staleTime: Infinity,
  })
  useCanonical('threat', query.data)
  return (
    <Page
      title={query.data?.name ?? toWords(id)}
      kind={query.data && <Kind data={query.data} />}
      lead={query.data?.summary}
      actions={
        query.data?.permalink && (
          <OutLink href={query.data.permalink} className="text-sm">
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

function Kind({ data }: { data: Data }) {
  return (
    <>
      <Badge tone="accent">{toWords(data.kind)}</Badge>
      {data.ancestors.map((above) => (
        <span key={above.id}>
          in <RefLink to={above} />
        </span>
      ))}
      {data.agentic && <Badge>Agents</Badge>}
      {data.rag && <Badge>Retrieval</Badge>}
    </>
  )
}

type Counter = Data['controls'][number]

const COLUMNS: readonly Column<Counter>[] = [
  {
    id: 'control',
    head: 'Control',
    cell: ({ id, name, purpose, isKey }) => (
      <>
        <RowLink to="/catalog/controls/$id" params={{ id }}>
          {toTitle(name)}
        </RowLink>
        {isKey && (
          <span className="ml-2 inline-flex items-center gap-1 text-2xs font-medium text-accent-word">
            <Star size={11} aria-hidden className="fill-current" />
            Key
          </span>
        )}
        <span className="line-clamp-2 text-xs text-ink-3">{purpose}</span>
      </>
    ),
  },
  { id: 'group', head: 'Family', hide: 'md', className: 'w-52', cell: ({ group }) => <GroupTag group={group} /> },
  {
    id: 'by',
    head: 'At work in',
    hide: 'lg',
    className: 'w-36',
    cell: ({ enforceableBy }) => OBSERVER_WORDS[enforceableBy],
  },
]

function Body({ data }: { data: Data }) {
  const questions = Object.fromEntries(data.factsRead.map(({ id, name }) => [id, name]))
  const mentions = [...data.obligations, ...data.practices, ...data.tests]
  const counters = data.controls.toSorted((a, b) => Number(b.isKey) - Number(a.isKey))
  return (
    <div className="grid gap-x-10 gap-y-8 xl:grid-cols-[minmax(0,1fr)_17rem]">
      <div className="min-w-0">
        {data.appliesWhen && (
          <Section title="When it applies" note={data.appliesWhenText}>
            <Applies when={data.appliesWhen} questions={questions} />
          </Section>
        )}
        {data.children.length > 0 && (
          <Section title={data.kind === 'group' ? 'Threats in this group' : 'Variants'} count={data.children.length}>
            <ul className="divide-y divide-line rounded-md border border-line">
              {data.children.map((child) => (
                <li key={child.id} className="px-4 py-2.5 text-sm">
                  <Link
                    to="/catalog/threats/$id"
                    params={{ id: child.id }}
                    className="font-medium hover:text-accent-word"
                  >
                    {child.name}
                  </Link>
                  <p className="text-xs text-ink-3">{child.summary}</p>
                </li>
              ))}
            </ul>
          </Section>
        )}
        <Section title="Controls against it" count={counters.length}>
          <DataTable
            label={`Controls against ${data.name}`}
            columns={COLUMNS}
            rows={counters}
            rowKey={({ id }) => id}
            empty={<p className="text-sm text-ink-2">Its variants and the governance controls cover it.</p>}
          />
          {data.alwaysOn.length > 0 && (
            <details className="mt-3 text-sm">
              <summary className="w-fit rounded-xs text-ink-2 hover:text-ink">
                And {data.alwaysOn.length} that work against every threat
              </summary>
              <div className="mt-2">
                <RefList items={data.alwaysOn} />
              </div>
            </details>
          )}
        </Section>
        {data.supplierControls.length > 0 && (
          <Section title="For the supplier" note="Where somebody else trains or hosts the model.">
            <RefList items={data.supplierControls} />
          </Section>
        )}
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
              data.attackSurface !== null && ['Surface', SURFACE_WORDS[data.attackSurface]],
              ['Phase', data.lifecycle === 'runtime' ? 'Run time' : 'Development'],
              data.attackerGoal !== null && ['Goal', toWords(data.attackerGoal)],
              data.impact.length > 0 && [
                'Hits',
                <ul key="impact">
                  {data.impact.map(({ asset, property }) => (
                    <li key={asset.id + property}>
                      {asset.name}, {property}
                    </li>
                  ))}
                </ul>,
              ],
              data.impactCodes.length > 0 && [
                'Impact',
                <span key="codes" title={data.impactCodes.map((code) => IMPACT_WORDS[code]).join(', ')}>
                  <Impacts codes={data.impactCodes} />
                </span>,
              ],
              data.queryBudget !== null && ['Queries', data.queryBudget],
              ['Section', data.section],
              ['Since', data.since],
              data.aliases.length > 0 && ['Also called', data.aliases.join(', ')],
              data.formerNames.length > 0 && ['Formerly', data.formerNames.join(', ')],
            ]}
          />
        </Section>
        {data.treatmentQuestion && (
          <Section title="Ask yourself" above="none">
            <p className="border-l-2 border-accent pl-3 text-sm text-pretty text-ink-2">{data.treatmentQuestion}</p>
          </Section>
        )}
        {data.responsibility.length > 0 && (
          <Section title="Who must act" above="none">
            <ul className="grid gap-1.5 text-sm">
              {data.responsibility.map(({ deploymentModel, name, who }) => (
                <li key={deploymentModel} className="flex items-baseline justify-between gap-3">
                  <span className="text-ink-3">{name}</span>
                  <Who who={who} />
                </li>
              ))}
            </ul>
          </Section>
        )}
        {data.questions.length > 0 && (
          <Section title="Asked in the decision tree" above="none">
            <ul className="grid gap-1 text-sm text-ink-2">
              {data.questions.map(({ id, order, question }) => (
                <li key={id}>
                  {order}. {question}
                </li>
              ))}
            </ul>
          </Section>
        )}
        {data.note && (
          <Section title="Note" above="none">
            <p className="text-sm text-ink-2">{data.note}</p>
          </Section>
        )}
      </aside>
    </div>
  )
}

function Who({ who }: { who: string }) {
  const tone = who === 'you' ? 'accent' : who === 'shared' ? 'note' : 'neutral'
  return <Badge tone={tone}>{toWords(who)}</Badge>
}
