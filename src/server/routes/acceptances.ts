// Acceptances of risks: propose, approve or refuse, withdraw, and how each stands now.
import { z } from 'zod'
import { ACCEPTANCE_STATES, acceptanceNoun, STANDINGS } from '../../govern/acceptance.ts'
import {
  approveAcceptance,
  endAcceptance,
  proposeAcceptance,
  type StandingAcceptance,
  withStanding,
} from '../../govern/acceptances.ts'
import { find, historyOf, page } from '../../govern/noun.ts'
import { Difference, RiskState } from '../../govern/snapshot.ts'
import { defineRoute } from '../route.ts'
import { About, aboutOf, CatalogId, DecisionId, Reason, SystemId, Until } from './decision-shapes.ts'
import { Name, pageOf, paging, Time } from './shapes.ts'

const ShownAcceptance = z.object({
  ...About,
  threat: z.string(),
  state: z.enum(STANDINGS).describe('how it stands now, noticed or not'),
  inForce: z.boolean().describe('whether the risk is borne by it'),
  reason: z.string(),
  conditions: z.array(z.string()),
  until: Time,
  aboveAppetite: z.boolean(),
  proposedBy: z.string(),
  proposedAt: Time,
  approvedBy: z.string().optional(),
  approvedAt: Time.optional(),
  endedBy: z.string().optional(),
  endedAt: Time.optional(),
  why: z.string().optional().describe('why it was refused or withdrawn'),
  differences: z.array(Difference).describe('what is no longer as it was when the risk was accepted'),
  hash: z.string().describe('SHA-256 of the snapshot'),
  snapshot: RiskState,
})

const listAcceptances = defineRoute({
  id: 'list-acceptances',
  method: 'GET',
  path: '/api/acceptances',
  command: 'acceptance list',
  summary: 'Lists acceptances of risks, newest first',
  needs: 'risk:read',
  query: z.strictObject({
    system: SystemId.optional(),
    threat: CatalogId.optional(),
    recorded: z
      .enum(ACCEPTANCE_STATES)
      .optional()
      .describe('only those recorded in this state; `state` says how they stand'),
    ...paging,
  }),
  reply: pageOf(ShownAcceptance),
  async handle({ app, query: { system, threat, recorded, limit, cursor } }) {
    const states = recorded === undefined ? undefined : [recorded]
    const filter = { system, subject: threat, states, limit, cursor }
    const { items, next } = await page(acceptanceNoun, app.store.read.decisions, filter)
    return { items: await Promise.all(items.map(async (one) => shown(await withStanding(app.govern, one)))), next }
  },
})

const showAcceptance = defineRoute({
  id: 'show-acceptance',
  method: 'GET',
  path: '/api/acceptances/:id',
  command: 'acceptance show',
  summary: 'Shows an acceptance, what it is bound to, and what differs now',
  needs: 'risk:read',
  params: DecisionId,
  reply: ShownAcceptance,
  async handle({ app, params }) {
    return shown(await withStanding(app.govern, await find(acceptanceNoun, app.store.read.decisions, params.id)))
  },
})

const acceptanceHistory = defineRoute({
  id: 'list-acceptance-steps',
  method: 'GET',
  path: '/api/acceptances/:id/history',
  command: 'acceptance history',
  summary: 'Lists the steps of an acceptance, newest first',
  needs: 'risk:read',
  params: DecisionId,
  query: z.strictObject(paging),
  reply: pageOf(z.object({ revision: z.int(), recordedAt: Time, state: z.enum(ACCEPTANCE_STATES) })),
  async handle({ app, params, query }) {
    const { items, next } = await historyOf(acceptanceNoun, app.store.read.decisions, params.id, query)
    return {
      items: items.map(({ revision, recordedAt, value }) => ({ revision, recordedAt, state: value.state })),
      next,
    }
  },
})

const propose = defineRoute({
  id: 'propose-acceptance',
  method: 'POST',
  path: '/api/acceptances',
  command: 'risk accept',
  summary: 'Proposes to accept a risk as it is now; its risk owner approves it',
  needs: 'risk:write',
  body: z.strictObject({
    system: SystemId,
    threat: CatalogId.describe('id of a threat'),
    reason: Reason,
    conditions: z.array(Name).max(20).default([]).describe('what must hold meanwhile'),
    until: Until.describe('when the risk is open again'),
  }),
  reply: ShownAcceptance,
  async handle({ app, actor, body }) {
    return shown(await withStanding(app.govern, await proposeAcceptance(app.govern, actor, body)))
  },
})

const approve = defineRoute({
  id: 'approve-acceptance',
  method: 'POST',
  path: '/api/acceptances/:id/approve',
  command: 'acceptance approve',
  summary: 'Accepts the risk; above the appetite this takes somebody else than the proposer',
  needs: 'risk:accept',
  params: DecisionId,
  reply: ShownAcceptance,
  async handle({ app, actor, params }) {
    return shown(await withStanding(app.govern, await approveAcceptance(app.govern, actor, params.id)))
  },
})

const refuse = defineRoute({
  id: 'refuse-acceptance',
  method: 'POST',
  path: '/api/acceptances/:id/refuse',
  command: 'acceptance refuse',
  summary: 'Declines to accept the risk',
  needs: 'risk:accept',
  params: DecisionId,
  body: z.strictObject({ why: Reason }),
  reply: ShownAcceptance,
  async handle({ app, actor, params, body }) {
    const ended = await endAcceptance(app.govern, actor, params.id, { event: 'refused', why: body.why })
    return shown(await withStanding(app.govern, ended))
  },
})

const withdraw = defineRoute({
  id: 'withdraw-acceptance',
  method: 'POST',
  path: '/api/acceptances/:id/withdraw',
  command: 'acceptance withdraw',
  summary: 'Takes a proposal or an acceptance back: the risk is open again',
  needs: 'risk:write',
  params: DecisionId,
  body: z.strictObject({ why: Reason }),
  reply: ShownAcceptance,
  async handle({ app, actor, params, body }) {
    const ended = await endAcceptance(app.govern, actor, params.id, { event: 'withdrawn', why: body.why })
    return shown(await withStanding(app.govern, ended))
  },
})

export const acceptanceRoutes = [
  listAcceptances,
  showAcceptance,
  acceptanceHistory,
  propose,
  approve,
  refuse,
  withdraw,
] as const

function shown(acceptance: StandingAcceptance): z.input<typeof ShownAcceptance> {
  const { value, standing } = acceptance
  const { reason, conditions, until, aboveAppetite, proposedBy, proposedAt, hash, snapshot } = value
  return {
    ...aboutOf(acceptance),
    threat: acceptance.subject,
    state: standing.state,
    inForce: standing.state === 'active' || standing.state === 'expiring',
    reason,
    conditions,
    until,
    aboveAppetite,
    proposedBy,
    proposedAt,
    hash,
    snapshot,
    ...('approvedBy' in value
      ? {
          approvedBy: value.approvedBy,
          approvedAt: value.approvedAt,
        }
      : {}),
    ...('endedBy' in value
      ? {
          endedBy: value.endedBy,
          why: value.why,
        }
      : {}),
    ...('endedAt' in standing ? { endedAt: standing.endedAt } : {}),
    differences: [
      ...(standing.state === 'voided' ? standing.differences : standing.state === 'proposed' ? standing.outdated : []),
    ],
  }
}
