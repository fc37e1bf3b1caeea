// One item of a framework: the threats and controls that it is about, who says so, and its neighbours in other lists.
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { read, type Reply } from '../../api.ts'
import { formatDay, toWords } from '../../lib/format.ts'
import { OutLink, TextLink } from '../../ui/link.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Facts, Page, Section } from '../../ui/page.tsx'
import { Badge } from '../../ui/status.tsx'
import { Basis, RefLink } from './parts.tsx'

type Data = Reply<'GET', '/api/catalog/frameworks/:id/items/:item'>

export function FrameworkItem() {
  const { id, item } = useParams({ from: '/shell/catalog/frameworks/$id/$item' })
  const query = useQuery({
    ...read('/api/catalog/frameworks/:id/items/:item', { params: { id, item } }),
    staleTime: Infinity,
  })
  const data = query.data
  return (
    <Page
      title={data?.name ?? item}
      kind={
        data && (
          <>
            <Badge tone="accent">{data.kind ? toWords(data.kind) : 'Item'}</Badge>
            <code className="font-mono">{data.id}</code>
            <span>
              in{' '}
              <TextLink to="/catalog/frameworks/$id" params={{ id }}>
                {data.framework.name}
              </TextLink>
            </span>
          </>
        )
      }
      lead={data?.altName ?? undefined}
      actions={
        data && (
          <OutLink href={data.url ?? data.framework.url} className="text-sm">
            Source
          </OutLink>
        )
      }
    >
      <Loaded query={query}>{(found) => <Body data={found} />}</Loaded>
    </Page>
  )
}

/** Fields of the packs that point into other lists, in words. */
const RELATION_WORDS: Readonly<Record<string, string>> = {
  predecessors: 'Was before',
  successors: 'Became',
  atlas: 'In MITRE ATLAS',
  agentic: 'In the OWASP Agentic Top 10',
  agenticThreats: 'In the OWASP agentic threats',
  llm2026: 'In the LLM Top 10 of 2026',
  dsgai: 'In the GenAI data security risks',
  dsit: 'In the UK code of practice',
  'aisvs.primary': 'Verified by, in AISVS',
  'aisvs.supporting': 'Supported by, in AISVS',
  linked: 'Linked to',
}

function Body({ data }: { data: Data }) {
  const near = [
    ...(data.ancestor ? [{ label: 'Part of', items: [data.ancestor] }] : []),
    ...(data.children.length > 0 ? [{ label: 'Has parts', items: data.children }] : []),
    ...data.related.map(({ label, items }) => ({ label: RELATION_WORDS[label] ?? toWords(label), items })),
  ]
  return (
    <div className="grid gap-x-10 gap-y-8 lg:grid-cols-2">
      <Section title="Threats" count={data.threats.length}>
        <Links items={data.threats} empty="The catalogue links no threat to it." />
      </Section>
      <Section title="Controls" count={data.controls.length} above="none">
        <Links items={data.controls} empty="The catalogue links no control to it." />
      </Section>
      {near.map(({ label, items }) => (
        <Section key={label} title={label} count={items.length} above="none">
          <ul className="grid gap-1 text-sm">
            {items.map((item) => (
              <li key={(item.of ?? '') + item.id} className="flex items-baseline gap-2">
                <RefLink to={item}>
                  <span className="font-mono text-xs">{item.id}</span>
                </RefLink>
                {item.name !== item.id && <span>{item.name}</span>}
              </li>
            ))}
          </ul>
        </Section>
      ))}
      {data.caseStudies.length > 0 && (
        <Section title="Case studies" count={data.caseStudies.length} above="none">
          <ul className="divide-y divide-line rounded-md border border-line text-sm">
            {data.caseStudies.map((study) => (
              <li key={study.id} className="flex flex-wrap gap-x-3 px-4 py-2">
                <span className="font-mono text-xs text-ink-3">{study.id}</span>
                <span className="grow">{study.name}</span>
                <span className="text-xs text-ink-3">
                  {toWords(study.type)}, {formatDay(study.date)}
                </span>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {data.attributes.length > 0 && (
        <Section title="At a glance" above="none">
          <Facts
            rows={data.attributes.map(
              ({ name, value }) => [name === 'own' ? 'In our words' : toWords(name), value] as const,
            )}
          />
        </Section>
      )}
      {data.clocks.length > 0 && (
        <Section title="Clocks" above="none">
          <Facts rows={data.clocks.map(({ case: what, days }) => [`${days} days`, what] as const)} />
        </Section>
      )}
      {data.requirements.length > 0 && (
        <Section title="Requirements" count={data.requirements.length} above="none">
          <ul className="flex flex-wrap gap-1.5">
            {data.requirements.map(({ id, level }) => (
              <li key={id}>
                <Badge title={`Level ${level}`}>
                  {id} <span className="text-ink-3">L{level}</span>
                </Badge>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </div>
  )
}

function Links({ items, empty }: { items: Data['threats']; empty: string }) {
  if (items.length === 0) return <p className="text-sm text-ink-2">{empty}</p>
  return (
    <ul className="divide-y divide-line rounded-md border border-line text-sm">
      {items.map((item) => (
        <li key={item.id} className="flex items-baseline gap-3 px-4 py-2">
          <RefLink to={item} />
          <Basis basis={item.basis} />
        </li>
      ))}
    </ul>
  )
}
