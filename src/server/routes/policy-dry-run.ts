// What another policy would have done with the calls of the past.
import { z } from 'zod'
import { checkPolicy, mustHold } from '../../enforce/policies/check-policy.ts'
import { LACKS } from '../../enforce/policies/admit-again.ts'
import type { CallChange } from '../../enforce/policies/dry-run.ts'
import { keyOrigins } from '../../enforce/policies/upstream-keys.ts'
import { defineRoute } from '../route.ts'
import { said, Which } from './policy-said.ts'
import { Time } from './shapes.ts'

const DAY_MS = 86_400_000

const Effect = z.object({
  action: z.enum(['forward', 'rewrite', 'hold', 'block', 'refuse']),
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
  unknown: z.array(z.string()).describe('guards whose verdict is not known, or not sure'),
})

export const dryRunRoute = defineRoute({
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
    noRoute: z.int().describe('calls for which this policy has no route, or none that their key may take'),
    noRouteNow: z.int().describe('those of them for which what is in force has none either'),
    notJudged: z.int().describe('refused for reasons that no policy decides'),
    byContent: z.int().describe('judged by the words of the request, which were kept'),
    byVerdicts: z.int().describe('judged by what the guards said then'),
    uncertain: z.int().describe('a guard whose verdict is not known, or not sure, might treat them otherwise'),
    isCut: z.boolean().describe('there were more calls than were looked at'),
    moves: z.array(z.object({ from: Effect.shape.action, to: Effect.shape.action, count: z.int() })),
    guards: z.array(
      z.object({
        guard: z.string(),
        gained: z.int().describe('calls that it would stop or rewrite and did not'),
        lost: z.int(),
      }),
    ),
    notReplayed: z
      .array(
        z.object({
          guard: z.string(),
          lacks: z.enum(LACKS).describe('`earlier`: what was counted before the first of these calls'),
          calls: z.int(),
        }),
      )
      .describe('what guards that count could not be told when they were asked again'),
    changes: z.array(Change).describe('the first of them'),
  }),
  async handle({ app, body: { which, since, calls, ...range } }) {
    const { policy } = await said(app, which)
    const candidate = policy()
    mustHold(checkPolicy(candidate, await keyOrigins(app.enforce, app.store.read), app.enforce.demo))
    const from = since ?? new Date(app.now().getTime() - DAY_MS).toISOString()
    const run = await app.dryRun(candidate, { ...range, since: from, mostCalls: calls })
    return {
      ...run,
      moves: [...run.moves],
      guards: [...run.guards],
      notReplayed: [...run.notReplayed],
      changes: run.changes.map(shownChange),
    }
  },
})

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
