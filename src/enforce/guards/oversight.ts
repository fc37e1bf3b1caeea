// Lets a person decide: tool calls that the policy names, hits of other guards that are not sure enough to stop a call, and
// a sample of all requests wait until somebody with the right role approves. Nobody's silence is a yes.
// A tool call is asked about unless each argument that the rule names is there and fits: what cannot be checked waits.
import { createHmac } from 'node:crypto'
import { z } from 'zod'
import type { Json } from '../../lib/canonical-json.ts'
import { matches } from '../../lib/matches.ts'
import { parseStrictJson } from '../../lib/strict-json.ts'
import { APPROVER_ROLES, type Hold } from '../../model/approval.ts'
import { type CallContext, defineGuard, type Holdable } from '../guard.ts'
import { ReviewerBounds } from '../oversight/reviewer-health.ts'
import { objectOf } from '../wire/claims.ts'

const ID = 'oversight'
export const REVIEWER_HEALTH = `${ID}.reviewer-health`

/** Guards of which somebody can say that this once it may pass. What counts and what grants is not among them. */
const HELD_GUARDS = [
  'anomalous-input-handling',
  'dos-input-validation',
  'encode-model-output',
  'model-input-confidentiality',
  'prompt-injection-io-handling',
  'sensitive-output-handling',
  'unwanted-input-series-handling',
] as const

const Pattern = z.string().min(1).max(200)
const Fits = z.union([
  Pattern.describe('each text under it fits this pattern'),
  z.strictObject({ atMost: z.number() }).describe('each number under it is at most this'),
])

const Rule = z
  .strictObject({
    tools: z.array(Pattern).min(1).max(100).optional().describe('names of tools; a * stands for any characters'),
    unless: z
      .record(z.string().min(1).max(100), Fits)
      .optional()
      .describe(
        'calls of these tools in which all of these arguments fit need nobody: `to: "*@ours.example"`, `amount: { atMost: 100 }`',
      ),
    guards: z.array(z.enum(HELD_GUARDS)).min(1).optional().describe('guards whose hits wait in place of being stopped'),
    from: z.number().min(0).max(1).default(0).describe('hits less sure than this do not wait'),
    below: z.number().min(0).max(1).optional().describe('hits as sure as this are left to the guard itself'),
    share: z.number().gt(0).max(1).optional().describe('this share of all requests waits, drawn by lot; 1 for each'),
    who: z
      .array(z.enum(APPROVER_ROLES))
      .min(1)
      .max(3)
      .default(['owner'])
      .describe(
        'whose approval it needs: one person for each role that is named, of `owner`, `risk-owner` and `engineer`',
      ),
    wait: z.int().min(1).max(3600).default(300).describe('seconds until it is refused because nobody decided'),
  })
  .refine(
    ({ tools, guards, share }) => [tools, guards, share].filter((one) => one !== undefined).length === 1,
    'say what it is about: either tools, guards or share',
  )
  .refine(({ tools, unless }) => tools !== undefined || unless === undefined, 'unless is about arguments of tools')
type Rule = z.output<typeof Rule>

export const oversight = defineGuard({
  id: ID,
  title: 'Holds tool calls, doubtful hits and samples until a person decides',
  settings: z.strictObject({
    rules: z
      .array(Rule)
      .max(50)
      .default([])
      .describe('what needs a person; tools that the provider runs itself are called before anybody can be asked'),
    reviewers: ReviewerBounds.prefault({}).describe(
      'within which the people who decide have to stay, so that they look at what they decide',
    ),
  }),
  toldOf: ({ rules }) => (rules.length > 0 ? [REVIEWER_HEALTH] : []),
  proves({ rules }) {
    const gates = rules.filter(({ tools }) => tools !== undefined)
    if (gates.length === 0) return []
    const isShared = gates.every(({ who }) => new Set(who).size > 1)
    return [`${ID}.approval-gate`, ...(isShared ? [`${ID}.segregation`] : [])]
  },
  begin(_turn, { rules }, context) {
    if (rules.length === 0) return {}
    const guards = new Set<string>(rules.flatMap((rule) => rule.guards ?? []))
    return {
      oversees: {
        guards,
        at: (stage) =>
          rules.some((rule) => rule.guards !== undefined || (rule.tools !== undefined) === (stage === 'answer')),
        holdsOn: (one) => rules.flatMap((rule, i) => (isMeant(rule, one, context) ? [toHold(rule, i)] : [])),
      },
    }
  },
})

function isMeant(rule: Rule, one: Holdable, context: CallContext): boolean {
  switch (one.kind) {
    case 'request':
      return rule.share !== undefined && lot(context) < rule.share
    case 'hit':
      return (
        rule.guards?.some((guard) => guard === one.guard) === true &&
        one.confidence >= rule.from &&
        (rule.below === undefined || one.confidence < rule.below)
      )
    case 'call':
      return isNamed(rule, one.name) && !(rule.unless !== undefined && fits(rule.unless, one.arguments))
  }
}

/** A name that is not known yet could be any. */
function isNamed({ tools = [] }: Rule, name: string): boolean {
  return tools.some((pattern) => name === '' || matches(plain(pattern), plain(name)))
}

const plain = (text: string) => text.normalize('NFKC').toLowerCase()

function fits(unless: NonNullable<Rule['unless']>, text: string): boolean {
  const said = argumentsOf(text)
  if (said === undefined) return false
  return Object.entries(unless).every(([name, fit]) => {
    const leaves = leavesOf(Object.hasOwn(said, name) ? said[name] : undefined)
    return leaves.length > 0 && leaves.every((leaf) => fitsLeaf(fit, leaf))
  })
}

function fitsLeaf(fit: z.output<typeof Fits>, leaf: Json): boolean {
  if (typeof fit !== 'string') return typeof leaf === 'number' && leaf <= fit.atMost
  return leaf !== null && matches(plain(fit), plain(String(leaf)))
}

/** What two programs could read in two ways fits nothing. */
function argumentsOf(text: string) {
  try {
    return objectOf(parseStrictJson(text))
  } catch {
    return undefined
  }
}

function leavesOf(value: Json | undefined): Json[] {
  if (value === undefined) return []
  if (typeof value !== 'object' || value === null) return [value]
  // Of an object the names count as well: a tool may read them as it reads a value.
  const names = Array.isArray(value) ? [] : Object.keys(value)
  return [...names, ...Object.values(value).flatMap(leavesOf)]
}

/** From 0 to 1; the same for the same call, and nothing that a caller could choose. */
function lot({ secret, callId }: CallContext): number {
  if (callId === undefined) return 0
  return createHmac('sha256', secret).update(`${ID}\0${callId}`).digest().readUInt32BE() / 2 ** 32
}

function toHold({ tools, guards, who, wait }: Rule, i: number): Hold {
  const about = tools !== undefined ? 'this tool' : guards !== undefined ? 'such a finding' : 'a share of requests'
  return { needs: who, waitSeconds: wait, why: `rule ${i + 1} wants a person for ${about}` }
}
