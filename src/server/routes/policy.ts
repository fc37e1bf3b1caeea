// The policy of the gateway: what is in force, its versions, the draft of the next, and the way from one to the other.
import { z } from 'zod'
import type { App } from '../../app/app.ts'
import { checkPolicy } from '../../enforce/policies/check-policy.ts'
import { placesChanged, rulesChanged } from '../../enforce/policies/difference.ts'
import { inForce } from '../../enforce/policies/enforce.ts'
import { GatewayPolicy, hashOf, hashOfSaid, parsePolicy } from '../../enforce/policies/gateway-policy.ts'
import { keyOrigins } from '../../enforce/policies/upstream-keys.ts'
import { dropDraft, mustDraft, publish, rollBack, saveDraft } from '../../enforce/policies/versions.ts'
import { enforcements } from '../../enforce/policy.ts'
import { withDemo } from '../../enforce/snapshots.ts'
import { paragraphsOfText } from '../../lib/text.ts'
import { MODES } from '../../model/policy.ts'
import { POLICY_SOURCES, type PolicyVersion } from '../../model/policy-version.ts'
import { defineRoute } from '../route.ts'
import { said, Which } from './policy-said.ts'
import { Done, pageOf, paging, Time } from './shapes.ts'

const MOST_CHANGES = 500

const Note = paragraphsOfText(2000)
const Author = z.object({ kind: z.string(), id: z.string() })
const Said = z.record(z.string(), z.unknown()).describe('upstreams, routes and guards')

const Version = z.object({
  number: z.int(),
  at: Time,
  source: z.enum(POLICY_SOURCES),
  author: Author,
  note: z.string(),
  hash: z.string().describe('SHA-256 of the policy as canonical JSON'),
})

const { upstreams, routes, guards } = GatewayPolicy.shape
const CandidateBody = z.strictObject({
  upstreams: upstreams.unwrap().optional().describe(`${upstreams.description}; as in force unless given`),
  routes: routes.unwrap().optional().describe(`${routes.description}; as in force unless given`),
  guards: guards.unwrap().optional().describe(`${guards.description}; as in force unless given`),
})

const showPolicy = defineRoute({
  id: 'show-policy',
  method: 'GET',
  path: '/api/policy',
  command: 'policy show',
  summary: 'Shows the policy of the gateway: the one in force, a draft, or an earlier version',
  needs: 'policy:read',
  query: z.strictObject({ which: Which.default('in-force') }),
  reply: z.object({
    which: z.string(),
    version: Version.optional().describe('absent for the draft, for the configuration, and before the first version'),
    draft: z
      .object({ base: z.int(), at: Time, author: Author, hash: z.string() })
      .optional()
      .describe('that waits, where there is one'),
    hash: z.string(),
    differsFromConfiguration: z.boolean().describe('parapet.yaml and the environment say something else'),
    decisions: z.record(z.string(), z.string()).describe('by route: the hash that decisions made under it name'),
    policy: Said,
  }),
  async handle({ app, query: { which } }) {
    const { body, version } = await said(app, which)
    // An old version is shown though it may make no sense to this release any more.
    const understood = GatewayPolicy.safeParse(body).data
    const draft = await app.store.read.policyDraft.get()
    return {
      which,
      version: version && shown(version),
      draft: draft && { base: draft.base, at: draft.at, author: { ...draft.author }, hash: draft.hash },
      hash: hashOf(body),
      differsFromConfiguration:
        understood === undefined || hashOfSaid(understood) !== hashOfSaid(app.enforce.configured.policy),
      decisions: understood === undefined ? {} : decisionHashes(app, understood),
      policy: { ...body },
    }
  },
})

const listVersions = defineRoute({
  id: 'list-policy-versions',
  method: 'GET',
  path: '/api/policy/versions',
  command: 'policy list',
  summary: 'Lists the versions of the policy, newest first',
  needs: 'policy:read',
  query: z.strictObject(paging),
  reply: pageOf(Version),
  async handle({ app, query }) {
    const { items, next } = await app.store.read.policyVersions.list(query)
    return { items: items.map(shown), next }
  },
})

const draftPolicy = defineRoute({
  id: 'draft-policy',
  method: 'PUT',
  path: '/api/policy/draft',
  command: 'policy draft',
  summary: 'Saves the draft of the next version; what is left out stays as it is in force',
  needs: 'policy:write',
  body: CandidateBody,
  reply: z.object({ base: z.int(), hash: z.string() }),
  async handle({ app, actor, body }) {
    const { base, hash } = await saveDraft(app.enforce, actor, given(body))
    return { base, hash }
  },
})

const dropPolicyDraft = defineRoute({
  id: 'drop-policy-draft',
  method: 'DELETE',
  path: '/api/policy/draft',
  command: 'policy drop',
  summary: 'Throws the draft away',
  needs: 'policy:write',
  reply: Done,
  async handle({ app, actor }) {
    await dropDraft(app.enforce, actor)
    return { done: true as const }
  },
})

const checkDraft = defineRoute({
  id: 'check-policy',
  method: 'POST',
  path: '/api/policy/check',
  command: 'policy check',
  summary: 'Checks a policy without saving it: the draft, unless one is given',
  needs: 'policy:read',
  body: CandidateBody,
  reply: z.object({
    ok: z.boolean(),
    issues: z
      .array(z.object({ path: z.string(), message: z.string(), suggestion: z.string().optional() }))
      .describe('what keeps it from being published'),
    notices: z.array(z.string()).describe('what makes sense but should not go unseen'),
  }),
  async handle({ app, body }) {
    const candidate = given(body)
    const policy =
      Object.keys(candidate).length === 0
        ? parsePolicy((await mustDraft(app.store.read)).body)
        : { ...(await inForce(app.enforce, app.store.read)).policy, ...candidate }
    const { issues, notices } = checkPolicy(policy, await keyOrigins(app.enforce, app.store.read), app.enforce.demo)
    return { ok: issues.length === 0, issues, notices }
  },
})

const RuleState = z.object({ mode: z.enum(MODES), onFailure: z.enum(['block', 'pass']) })

const diffPolicy = defineRoute({
  id: 'diff-policy',
  method: 'GET',
  path: '/api/policy/diff',
  command: 'policy diff',
  summary: 'Shows what changes from one policy to another, place by place and rule by rule',
  needs: 'policy:read',
  query: z.strictObject({ from: Which.default('in-force'), to: Which.default('draft') }),
  reply: z.object({
    places: z.array(z.object({ place: z.string(), before: z.unknown().optional(), after: z.unknown().optional() })),
    morePlaces: z.int().describe('places beyond those that are listed'),
    rules: z.array(
      z.object({
        route: z.string(),
        guard: z.string(),
        before: RuleState.optional().describe('absent where the route is new'),
        after: RuleState.optional().describe('absent where the route is gone'),
        loosened: z.boolean(),
      }),
    ),
    moreRules: z.int(),
  }),
  async handle({ app, query: { from, to } }) {
    const [before, after] = [await said(app, from), await said(app, to)]
    const places = placesChanged(before.body, after.body)
    const served = app.enforce.demo ? withDemo<GatewayPolicy> : (policy: GatewayPolicy) => policy
    const rules = rulesChanged(served(before.policy()), served(after.policy()))
    return {
      places: places.slice(0, MOST_CHANGES),
      morePlaces: Math.max(0, places.length - MOST_CHANGES),
      rules: rules.slice(0, MOST_CHANGES),
      moreRules: Math.max(0, rules.length - MOST_CHANGES),
    }
  },
})

const publishPolicy = defineRoute({
  id: 'publish-policy',
  method: 'POST',
  path: '/api/policy/publish',
  command: 'policy publish',
  summary: 'Puts the draft into force; calls under way end under the policy they began with',
  needs: 'policy:write',
  body: z.strictObject({ note: Note.describe('why, for whoever reads the list of versions') }),
  reply: Version,
  async handle({ app, actor, body }) {
    const version = await publish(app.enforce, actor, body.note)
    await app.gateway.refresh()
    return shown(version)
  },
})

const rollBackPolicy = defineRoute({
  id: 'roll-back-policy',
  method: 'POST',
  path: '/api/policy/versions/:number/rollback',
  command: 'policy rollback',
  summary: 'Puts an earlier version into force again, as a new one',
  needs: 'policy:write',
  params: z.strictObject({ number: z.coerce.number().int().min(1).max(999_999_999) }),
  body: z.strictObject({ note: Note.optional().describe('why') }),
  reply: Version,
  async handle({ app, actor, params, body }) {
    const version = await rollBack(app.enforce, actor, params.number, body.note ?? '')
    await app.gateway.refresh()
    return shown(version)
  },
})

export const policyRoutes = [
  showPolicy,
  listVersions,
  draftPolicy,
  dropPolicyDraft,
  checkDraft,
  diffPolicy,
  publishPolicy,
  rollBackPolicy,
] as const

function decisionHashes({ enforce }: App, written: GatewayPolicy): Record<string, string> {
  const { routes: all, guards: rules } = enforce.demo ? withDemo(written) : written
  const enforcementOf = enforcements(rules)
  const hashes = Object.entries(all).map(([id, route]) => [id, enforcementOf(route.guards).policy.hash])
  return Object.fromEntries(hashes) as Record<string, string>
}

function given(body: z.infer<typeof CandidateBody>): Partial<GatewayPolicy> {
  return Object.fromEntries(Object.entries(body).filter(([, member]) => member !== undefined)) as Partial<GatewayPolicy>
}

function shown({ number, at, source, author, note, hash }: Omit<PolicyVersion, 'body'>): z.input<typeof Version> {
  return { number, at, source, author: { ...author }, note, hash }
}
