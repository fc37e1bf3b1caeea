// Reviews of systems: what is due and why, holding one, settling what it found.
import { z } from 'zod'
import { find, page } from '../../govern/noun.ts'
import { OCCASIONS, OUTCOMES, type Review, reviewNoun } from '../../govern/review.ts'
import { dueOf, holdReview, settle } from '../../govern/reviews.ts'
import type { Kept } from '../../model/decision.ts'
import { mustFind } from '../../register/register.ts'
import { defineRoute } from '../route.ts'
import { About, aboutOf, DecisionId, Line, Reason, SystemId, Until } from './decision-shapes.ts'
import { Name, pageOf, paging, Time } from './shapes.ts'

const MOST_FINDINGS = 100

const ShownReview = z.object({
  ...About,
  state: z.enum(['open', 'closed']).describe('open: a finding is not settled yet'),
  occasion: z.enum(OCCASIONS),
  outcome: z.enum(OUTCOMES),
  summary: z.string(),
  by: z.string(),
  at: Time,
  findings: z.array(
    z.object({
      n: z.int(),
      state: z.enum(['open', 'settled']),
      what: z.string(),
      owner: z.string(),
      due: Time,
      overdue: z.boolean(),
      how: z.string().optional(),
      by: z.string().optional(),
      at: Time.optional(),
    }),
  ),
})

const listReviews = defineRoute({
  id: 'list-reviews',
  method: 'GET',
  path: '/api/reviews',
  command: 'review list',
  summary: 'Lists reviews that were held, newest first',
  needs: 'risk:read',
  query: z.strictObject({ system: SystemId.optional(), state: z.enum(['open', 'closed']).optional(), ...paging }),
  reply: pageOf(ShownReview),
  async handle({ app, query: { system, state, limit, cursor } }) {
    const filter = { system, states: state === undefined ? undefined : [state], limit, cursor }
    const { items, next } = await page(reviewNoun, app.store.read.decisions, filter)
    return { items: items.map((one) => shown(one, app.now())), next }
  },
})

const showReview = defineRoute({
  id: 'show-review',
  method: 'GET',
  path: '/api/reviews/:id',
  command: 'review show',
  summary: 'Shows a review and its findings',
  needs: 'risk:read',
  params: DecisionId,
  reply: ShownReview,
  async handle({ app, params }) {
    return shown(await find(reviewNoun, app.store.read.decisions, params.id), app.now())
  },
})

const showDue = defineRoute({
  id: 'show-review-due',
  method: 'GET',
  path: '/api/systems/:system/review',
  command: 'review due',
  summary: 'Says whether a system must be reviewed, and why',
  needs: 'risk:read',
  params: z.strictObject({ system: SystemId }),
  reply: z.discriminatedUnion('state', [
    z.object({ state: z.literal('not-due'), next: Time }),
    z.object({
      state: z.enum(['due', 'overdue']),
      occasion: z.enum(OCCASIONS),
      since: Time,
      why: z.array(z.string()),
    }),
  ]),
  async handle({ app, params }) {
    const due = await dueOf(app.govern, await mustFind(app.store.read.register, params.system))
    return due.state === 'not-due' ? due : { ...due, why: [...due.why] }
  },
})

const hold = defineRoute({
  id: 'hold-review',
  method: 'POST',
  path: '/api/reviews',
  command: 'review hold',
  summary: 'Records a review of a system: what was concluded and what must be done; keeps the risks as they were',
  needs: 'risk:write',
  body: z.strictObject({
    system: SystemId,
    outcome: z.enum(OUTCOMES),
    summary: Reason,
    findings: z
      .array(z.strictObject({ what: Line, owner: Name, due: Until }))
      .max(MOST_FINDINGS)
      .default([]),
  }),
  reply: ShownReview,
  async handle({ app, actor, body }) {
    return shown(await holdReview(app.govern, actor, body), app.now())
  },
})

const settleFinding = defineRoute({
  id: 'settle-finding',
  method: 'POST',
  path: '/api/reviews/:id/settle',
  command: 'review settle',
  summary: 'Says how a finding of a review was settled',
  needs: 'risk:write',
  params: DecisionId,
  body: z.strictObject({
    finding: z
      .int()
      .min(0)
      .max(MOST_FINDINGS - 1)
      .describe('its number `n`'),
    how: Reason,
  }),
  reply: ShownReview,
  async handle({ app, actor, params, body }) {
    return shown(await settle(app.govern, actor, params.id, body), app.now())
  },
})

export const reviewRoutes = [listReviews, showReview, showDue, hold, settleFinding] as const

function shown(kept: Kept<Review>, now: Date): z.input<typeof ShownReview> {
  const { state, occasion, outcome, summary, by, at, findings } = kept.value
  return {
    ...aboutOf(kept),
    state,
    occasion,
    outcome,
    summary,
    by,
    at,
    findings: findings.map((finding, n) => shownFinding(finding, n, now)),
  }
}

function shownFinding(finding: Review['findings'][number], n: number, now: Date) {
  return { ...finding, n, overdue: finding.state === 'open' && finding.due <= now.toISOString() }
}
