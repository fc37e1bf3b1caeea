// What changes from one policy to another: rule by rule where guards stand, then place by place. A loosened rule is named.
import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { TriangleAlert } from 'lucide-react'
import { read, type Reply } from '../../api.ts'
import { toTitleOfId, toWords } from '../../lib/format.ts'
import { Code } from '../../ui/code.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Section } from '../../ui/page.tsx'
import { ofDraft } from './of-draft.ts'
import type { InForce } from './policy-body.ts'

type Difference = Reply<'GET', '/api/policy/diff'>
type Rule = Difference['rules'][number]

const difference = (from: string, to: string) => read('/api/policy/diff', { query: { from, to } })

export function PolicyDifference({ from, to }: { from: string; to: string }) {
  return <WhatChanges query={useQuery(difference(from, to))} />
}

export function DraftDifference({ inForce }: { inForce: InForce }) {
  return <WhatChanges query={useQuery(ofDraft(difference('in-force', 'draft'), inForce))} />
}

function WhatChanges({ query }: { query: UseQueryResult<Difference> }) {
  return (
    <Section title="What changes">
      <Loaded query={query}>{(found) => <Changes difference={found} />}</Loaded>
    </Section>
  )
}

function Changes({ difference: { rules, moreRules, places, morePlaces } }: { difference: Difference }) {
  if (places.length === 0) return <p className="text-sm text-ink-2">Nothing: both say the same.</p>
  return (
    <div className="grid gap-4 text-sm">
      {rules.length > 0 && (
        <ul className="divide-y divide-line rounded-md border border-line bg-panel">
          {rules.map((rule) => (
            <li key={`${rule.route} ${rule.guard}`} className="flex flex-wrap items-center gap-x-2 px-3.5 py-2">
              <span>
                {toTitleOfId(rule.guard)} <span className="text-ink-3">on {rule.route}</span>
              </span>
              <span className="ml-auto flex items-center gap-2">
                {rule.loosened && (
                  <span className="inline-flex items-center gap-1 text-xs font-medium text-bad">
                    <TriangleAlert size={13} aria-hidden />
                    loosened
                  </span>
                )}
                <span className="text-ink-2">
                  {say(rule.before)} → {say(rule.after)}
                </span>
              </span>
            </li>
          ))}
        </ul>
      )}
      {moreRules > 0 && <p className="text-xs text-ink-3">and {moreRules} more rules</p>}
      <details>
        <summary className="cursor-pointer text-ink-2">
          {places.length + morePlaces} {places.length + morePlaces === 1 ? 'place' : 'places'} in its words
        </summary>
        <ul className="mt-2 grid gap-1.5">
          {places.map(({ place, before, after }) => (
            <li key={place} className="text-xs">
              <Code>{place}</Code>{' '}
              <span className="text-ink-3">
                <Code>{value(before)}</Code> → <Code className="text-ink">{value(after)}</Code>
              </span>
            </li>
          ))}
        </ul>
      </details>
    </div>
  )
}

function say(rule: Rule['before']): string {
  if (rule === undefined) return 'not there'
  return rule.onFailure === 'pass' ? `${toWords(rule.mode)}, failures pass` : toWords(rule.mode)
}

const value = (what: unknown) => (what === undefined ? 'nothing' : JSON.stringify(what))
