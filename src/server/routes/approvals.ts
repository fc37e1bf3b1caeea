// Calls that wait for a person: what each would do, who may decide, and the decision.
import { z } from 'zod'
import type { App } from '../../app/app.ts'
import { reviewed } from '../../app/reviewers.ts'
import { whyNotApprove, missingOf } from '../../enforce/oversight/approval.ts'
import { approveCall, gistOfApproval, mustFindApproval, refuseCall } from '../../enforce/oversight/approvals.ts'
import { paragraphsOfText } from '../../lib/text.ts'
import type { Actor } from '../../model/actor.ts'
import { type Approval, APPROVAL_STATES, APPROVER_ROLES } from '../../model/approval.ts'
import { STAGES } from '../../model/verdict.ts'
import { defineRoute } from '../route.ts'
import { pageOf, paging, Time } from './shapes.ts'

const Params = z.strictObject({ id: z.string().min(1).max(100) })
const Role = z.enum(APPROVER_ROLES)
const Reason = paragraphsOfText(2000)

const listed = {
  id: z.string(),
  state: z.enum(APPROVAL_STATES),
  stage: z.enum(STAGES).describe('request: before the model is asked; answer: before the answer goes out'),
  tools: z.array(z.string()).describe('tools that would be called; empty where words wait, or nothing is kept of it'),
  why: z.string().describe('which rule of the policy asks'),
  call: z.string().describe('id of the call; on record once it is over'),
  key: z.string(),
  asset: z.string().optional().describe('the system that the key belongs to'),
  route: z.string(),
  model: z.string(),
  needs: z.array(Role).describe('one person of each of these roles has to approve'),
  missing: z.array(Role).describe('roles whose approval is still missing'),
  given: z.array(z.object({ by: z.string().describe('id of the account'), role: Role, at: Time })),
  askedAt: Time,
  expiresAt: Time.describe('refused unless approved by then'),
  endedAt: Time.optional(),
  endedBy: z.string().optional().describe('id of the account that ended it; absent where no person did'),
  reason: z.string().optional(),
  cannot: z.string().optional().describe('why you cannot approve it; absent where you can'),
}

const ListedApproval = z.object(listed)

const ShownApproval = z.object({
  ...listed,
  mark: z.string().describe('keyed digest of exactly what waits, as the log names it'),
  gist: z
    .object({
      asked: z.string().describe('the end of what the user said last'),
      calls: z.array(z.object({ name: z.string(), arguments: z.string() })).describe('tool calls that wait'),
      words: z.string().describe('words that wait; empty where only tool calls do'),
    })
    .optional()
    .describe(
      'what waits, without secrets and what else the policy keeps from models; absent where it is not kept any more',
    ),
})

const listApprovals = defineRoute({
  id: 'list-approvals',
  method: 'GET',
  path: '/api/approvals',
  command: 'approvals list',
  summary: 'Lists calls that wait or waited for a person, newest first',
  needs: 'approval:read',
  query: z.strictObject({ ...paging, state: z.enum(APPROVAL_STATES).optional() }),
  reply: pageOf(ListedApproval),
  async handle({ app, actor, query }) {
    const { items, next } = await app.store.read.approvals.list(query)
    return { items: await Promise.all(items.map((one) => toListed(app, actor, one))), next }
  },
})

const showApproval = defineRoute({
  id: 'show-approval',
  method: 'GET',
  path: '/api/approvals/:id',
  command: 'approvals show',
  summary: 'Shows what a call would do if it were approved, and who may decide',
  needs: 'approval:read',
  params: Params,
  reply: ShownApproval,
  async handle({ app, actor, params }) {
    return toShown(app, actor, await mustFindApproval(app.store.read.approvals, params.id))
  },
})

const approveRoute = defineRoute({
  id: 'approve-call',
  method: 'POST',
  path: '/api/approvals/:id/approve',
  command: 'approvals approve',
  summary: 'Approves a call that waits; it goes on once everybody has whom the policy names',
  needs: 'approval:write',
  params: Params,
  body: z.strictObject({ reason: Reason.optional() }),
  reply: ShownApproval,
  async handle({ app, actor, params, body }) {
    return toShown(app, actor, await approveCall(deskOf(app), actor, params.id, body.reason ?? ''))
  },
})

const refuseRoute = defineRoute({
  id: 'refuse-call',
  method: 'POST',
  path: '/api/approvals/:id/refuse',
  command: 'approvals refuse',
  summary: 'Refuses a call that waits; its client is told at once',
  needs: 'approval:write',
  params: Params,
  body: z.strictObject({ reason: Reason.describe('why; the client is not told') }),
  reply: ShownApproval,
  async handle({ app, actor, params, body }) {
    return toShown(app, actor, await refuseCall(deskOf(app), actor, params.id, body.reason))
  },
})

const listReviewers = defineRoute({
  id: 'list-reviewers',
  method: 'GET',
  path: '/api/reviewers',
  command: 'approvals reviewers',
  summary: 'Tells how people decide about calls that wait: how fast, how much they approve, and what is beyond bounds',
  needs: 'approval:read',
  reply: z.object({
    reviewers: z.array(
      z.object({
        by: z.string().describe('id of the account'),
        approved: z.int(),
        refused: z.int(),
        hasty: z.int().describe('approvals that were given too soon to have been read'),
        medianSeconds: z.int().describe('from question to decision'),
        mostOnADay: z.int().describe('decisions on the day (UTC) that had most'),
        own: z.int().describe('approvals of their own calls: there must be none'),
      }),
    ),
    routes: z.array(
      z.object({
        route: z.string(),
        asset: z.string().optional(),
        questions: z.int().describe('decided, or out of time'),
        unanswered: z.int().describe('out of time'),
        decisions: z.int(),
        strays: z.array(z.string()).describe('what is beyond the bounds of `oversight.reviewers` on this route'),
        isEnough: z.boolean().describe('enough was decided to tell that all is within bounds'),
        hours: z.int().describe('how far back is looked'),
      }),
    ),
  }),
  async handle({ app }) {
    const { reviewers, routes } = await reviewed({ store: app.store, routes: app.gateway.routes, now: app.now() })
    return {
      reviewers,
      routes: routes.map(({ bounds: { hours }, route, asset, questions, unanswered, decisions, strays, isEnough }) => {
        return { route, asset, questions, unanswered, decisions, strays, isEnough, hours }
      }),
    }
  },
})

export const approvalRoutes = [listApprovals, listReviewers, showApproval, approveRoute, refuseRoute] as const

const deskOf = ({ store, enforce, now }: App) => ({ store, vault: enforce.vault, now })

async function toListed(app: App, actor: Actor, approval: Approval): Promise<z.input<typeof ListedApproval>> {
  const gist = await gistOfApproval(deskOf(app), approval)
  return { ...common(app, actor, approval), tools: (gist?.calls ?? []).map(({ name }) => name) }
}

async function toShown(app: App, actor: Actor, approval: Approval): Promise<z.input<typeof ShownApproval>> {
  const gist = await gistOfApproval(deskOf(app), approval)
  return {
    ...common(app, actor, approval),
    tools: (gist?.calls ?? []).map(({ name }) => name),
    mark: approval.mark,
    gist: gist && { ...gist, calls: [...gist.calls] },
  }
}

function common(app: App, actor: Actor, approval: Approval) {
  const { id, state, stage, why, callId, keyId, asset, route, model, needs, given } = approval
  const { askedAt, expiresAt, endedAt, endedBy, reason } = approval
  return {
    id,
    state,
    stage,
    why,
    asset,
    route,
    model,
    askedAt,
    expiresAt,
    endedAt,
    endedBy,
    reason,
    call: callId,
    key: keyId,
    needs: [...needs],
    missing: missingOf(approval),
    given: [...given],
    cannot: whyNotApprove(approval, actor, app.now().toISOString()),
  }
}
