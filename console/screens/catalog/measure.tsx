// One measure: what is done, what shows that it is done, who observes it, and how long that counts.
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { read } from '../../api.ts'
import { toTitle } from '../../lib/format.ts'
import { TextLink } from '../../ui/link.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Facts, Page, Section } from '../../ui/page.tsx'
import { Badge } from '../../ui/status.tsx'
import { FRESH_WORDS, OBSERVER_WORDS, PROOF_WORDS } from './families.ts'
import { AskedAs, useCanonical } from './found-as.tsx'
import { Proof, RefList } from './parts.tsx'

export function Measure() {
  const { id } = useParams({ from: '/shell/catalog/measures/$id' })
  const query = useQuery({
    ...read('/api/catalog/measures/:id', { params: { id } }),
    staleTime: Infinity,
  })
  useCanonical('measure', query.data)
  return (
    <Page
      title={query.data?.what ?? id}
      kind={
        <>
          <Badge tone="accent">Measure</Badge>
          <code className="font-mono">{id}</code>
        </>
      }
    >
      <AskedAs />
      <Loaded query={query}>
        {(data) => (
          <div className="max-w-[52rem]">
            <Section title="How it is proven">
              <Facts
                rows={[
                  ['Proof', data.evidence],
                  [
                    'Kind',
                    <span key="kind">
                      <Proof kind={data.evidenceKind} />{' '}
                      <span className="text-ink-3">{PROOF_WORDS[data.evidenceKind]?.says}</span>
                    </span>,
                  ],
                  ['Observed by', OBSERVER_WORDS[data.enforceableBy]],
                  ['Counts for', FRESH_WORDS[data.freshness] ?? data.freshness],
                  ['Since', data.since],
                ]}
              />
            </Section>
            <Section title="Part of">
              <p className="text-sm">
                <TextLink to="/catalog/controls/$id" params={{ id: data.control }} className="font-medium">
                  {toTitle(data.controlName)}
                </TextLink>
                <span className="block text-ink-2">{data.controlPurpose}</span>
              </p>
            </Section>
            {data.siblings.length > 0 && (
              <Section title="The control’s other measures" count={data.siblings.length}>
                <ul className="divide-y divide-line rounded-md border border-line text-sm">
                  {data.siblings.map((sibling) => (
                    <li key={sibling.id} className="flex flex-wrap items-baseline gap-x-3 gap-y-1 px-4 py-2">
                      <TextLink
                        to="/catalog/measures/$id"
                        params={{ id: sibling.id }}
                        className="min-w-0 grow basis-80"
                      >
                        {sibling.what}
                      </TextLink>
                      <Proof kind={sibling.evidenceKind} />
                    </li>
                  ))}
                </ul>
              </Section>
            )}
            <Section title="Helps against" {...(data.appliesToAllThreats ? {} : { count: data.threats.length })}>
              {data.appliesToAllThreats ? (
                <p className="text-sm text-ink-2">All threats.</p>
              ) : (
                <RefList items={data.threats} />
              )}
            </Section>
          </div>
        )}
      </Loaded>
    </Page>
  )
}
