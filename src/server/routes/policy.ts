// The policy of the gateway: what is in force, its versions, the draft of the next, and the way from one to the other.
import { z } from 'zod'
import type { App } from '../../app/app.ts'
import { dryRunPolicy } from '../../app/dry-run.ts'
import { checkPolicy, mustHold } from '../../enforce/policies/check-policy.ts'
import { placesChanged, rulesChanged } from '../../enforce/policies/difference.ts'
import type { CallChange } from '../../enforce/policies/dry-run.ts'
import { inForce, policyOf } from '../../enforce/policies/enforce.ts'
import { bodyOf, GatewayPolicy, hashOf, hashOfSaid, parsePolicy } from '../../enforce/policies/gateway-policy.ts'
import { keyOrigins } from '../../enforce/policies/upstream-keys.ts'
import { dropDraft, mustDraft, mustVersion, publish, rollBack, saveDraft } from '../../enforce/policies/versions.ts'
import { withDemo } from '../../enforce/snapshots.ts'
import type { JsonObject } from '../../lib/canonical-json.ts'
import { paragraphsOfText } from '../../lib/text.ts'
import { MODES } from '../../model/policy.ts'
import { POLICY_SOURCES, type PolicyVersion } from '../../model/policy-version.ts'
import { defineRoute } from '../route.ts'
import { Done, pageOf, paging, Time } from './shapes.ts'

const MOST_CHANGES = 500
const DAY_MS = 86_400_000

const Note = paragraphsOfText(2000)
const Which = z
  .union([z.enum(['in-force', 'draft', 'configuration']), z.string().regex(/^[1-9]\d{0,8}$/)])
  .describe('in-force, draft, configuration (what parapet.yaml and the environment say) or the number of a version')
type Which = z.infer<typeof Which>

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
    draft: z.object({ base: z.int(), at: Time, author: Author }).optional(),
    hash: z.string(),
    differsFromConfiguration: z.boolean().describe('parapet.yaml and the environment say something else'),
    policy: Said,
  }),
  async handle({ app, query: { which } }) {
    const { body, version } = await said(app, which)
    const draft = which === 'draft' ? await mustDraft(app.store.read) : undefined
    return {
      which,
      version: version && shown(version),
      draft: draft && { base: draft.base, at: draft.at, author: { ...draft.author } },
      hash: hashOf(body),
      differsFromConfiguration: differs(app, body),
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

const Effect = z.object({
  action: z.enum(['forward', 'rewrite', 'block', 'refuse']),
  route: z.string().optional(),
  because: z.array(z.string()).describe('guards whose verdict made it so'),
})

const Change = z.object({
  id: z.string(),
  at: Time,
  keyId: z.string().optional(),
  asset: z.string().optional(),
  model: z.string().optional(),
  before: Effect,
  after: Effect,
  judgedBy: z.enum(['content', 'verdicts']),
  unknown: z.array(z.string()).describe('guards that were not asked then, or were set otherwise'),
})

const dryRunRoute = defineRoute({
  id: 'dry-run-policy',
  method: 'POST',
  path: '/api/policy/dry-run',
  command: 'policy dry-run',
  summary: 'Shows what another policy would have done with the calls of the past; sends and changes nothing',
  needs: 'policy:read',
  body: z.strictObject({
    which: Which.default('draft'),
    since: z.iso.datetime({ offset: true }).optional().describe('calls from then on; the last day unless given'),
    until: z.iso.datetime({ offset: true }).optional(),
    route: z.string().max(63).optional().describe('only calls that took this route'),
    asset: z.string().max(100).optional().describe('only calls of this system'),
    calls: z.int().min(1).max(100_000).default(10_000).describe('most calls to look at'),
  }),
  reply: z.object({
    calls: z.int(),
    changed: z.int(),
    notJudged: z.int().describe('refused for reasons that no policy decides'),
    byContent: z.int().describe('judged by the words of the request, which were kept'),
    byVerdicts: z.int().describe('judged by what the guards said then'),
    uncertain: z.int().describe('a guard that was not asked then, or was set otherwise, might treat them otherwise'),
    isCut: z.boolean().describe('there were more calls than were looked at'),
    moves: z.array(z.object({ from: Effect.shape.action, to: Effect.shape.action, count: z.int() })),
    guards: z.array(
      z.object({
        guard: z.string(),
        gained: z.int().describe('calls that it would stop or rewrite and did not'),
        lost: z.int(),
      }),
    ),
    changes: z.array(Change).describe('the first of them'),
  }),
  async handle({ app, body: { which, since, calls, ...range } }) {
    const { policy } = await said(app, which)
    const candidate = policy()
    mustHold(checkPolicy(candidate, await keyOrigins(app.enforce, app.store.read), app.enforce.demo))
    const from = since ?? new Date(app.now().getTime() - DAY_MS).toISOString()
    const run = await dryRunPolicy(
      { enforce: app.enforce, read: app.store.read, requestsOf: async () => new Map() },
      candidate,
      { ...range, since: from, mostCalls: calls },
    )
    return { ...run, moves: [...run.moves], guards: [...run.guards], changes: run.changes.map(shownChange) }
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
  dryRunRoute,
  publishPolicy,
  rollBackPolicy,
] as const

/** `policy`: as this release understands it; an old version may be shown though it makes no sense any more. */
async function said(
  app: App,
  which: Which,
): Promise<{ body: JsonObject; version: PolicyVersion | undefined; policy(): GatewayPolicy }> {
  if (which === 'in-force') {
    const { version, policy } = await inForce(app.enforce, app.store.read)
    return { body: bodyOf(policy), version, policy: () => policy }
  }
  if (which === 'configuration') {
    const { policy } = app.enforce.configured
    return { body: bodyOf(policy), version: undefined, policy: () => policy }
  }
  if (which === 'draft') {
    const { body } = await mustDraft(app.store.read)
    return { body, version: undefined, policy: () => parsePolicy(body) }
  }
  const version = await mustVersion(app.store.read, Number(which))
  return { body: version.body, version, policy: () => policyOf(version) }
}

function differs(app: App, body: JsonObject): boolean {
  const policy = GatewayPolicy.safeParse(body)
  return !policy.success || hashOfSaid(policy.data) !== hashOfSaid(app.enforce.configured.policy)
}

function given(body: z.infer<typeof CandidateBody>): Partial<GatewayPolicy> {
  return Object.fromEntries(Object.entries(body).filter(([, member]) => member !== undefined)) as Partial<GatewayPolicy>
}

function shown({ number, at, source, author, note, hash }: Omit<PolicyVersion, 'body'>): z.input<typeof Version> {
  return { number, at, source, author: { ...author }, note, hash }
}

function shownChange(change: CallChange): z.input<typeof Change> {
  const { id, at, keyId, asset, model, before, after, judgedBy, unknown } = change
  return {
    id,
    at: at.toISOString(),
    keyId,
    asset,
    model,
    before: shownEffect(before),
    after: shownEffect(after),
    judgedBy,
    unknown: [...unknown],
  }
}

function shownEffect({ action, route, because }: CallChange['before']): z.input<typeof Effect> {
  return { action, route, because: [...because] }
}
