// Factors of likelihood that somebody set otherwise than they are computed. They are shown among the factors of the risk.
import { z } from 'zod'
import { clearFactor, factorNoun, factorOf, type FactorRuling, setFactor } from '../../govern/factor.ts'
import { page } from '../../govern/noun.ts'
import type { Kept } from '../../model/decision.ts'
import { LEVELS } from '../../model/risk.ts'
import { defineRoute } from '../route.ts'
import { About, aboutOf, CatalogId, Reason, SystemId, Until } from './decision-shapes.ts'
import { pageOf, paging, Time } from './shapes.ts'

const Factor = z.strictObject({ system: SystemId, threat: CatalogId, factor: CatalogId })
const Level = z.enum(LEVELS)

const ShownFactor = z.object({
  ...About,
  threat: z.string(),
  factor: z.string(),
  state: z.enum(['set', 'cleared']),
  level: Level.optional(),
  by: z.string(),
  at: Time,
  reason: z.string(),
  until: Time.optional().describe('from then on it is as computed again'),
})

const listFactors = defineRoute({
  id: 'list-risk-factors',
  method: 'GET',
  path: '/api/risk-factors',
  command: 'risk factor list',
  summary: 'Lists factors of likelihood that somebody set otherwise than they are computed, newest first',
  needs: 'risk:read',
  query: z.strictObject({ system: SystemId.optional(), ...paging }),
  reply: pageOf(ShownFactor),
  async handle({ app, query }) {
    const { items, next } = await page(factorNoun, app.store.read.decisions, query)
    return { items: items.map(shown), next }
  },
})

const PATH = '/api/systems/:system/threats/:threat/factors/:factor'

const set = defineRoute({
  id: 'set-risk-factor',
  method: 'PUT',
  path: PATH,
  command: 'risk factor set',
  summary: 'Sets a factor of likelihood otherwise than it is computed, for a reason and for a time',
  needs: 'risk:write',
  params: Factor,
  body: z.strictObject({
    level: Level,
    reason: Reason,
    until: Until.describe('from then on it is as computed again'),
  }),
  reply: ShownFactor,
  async handle({ app, actor, params, body }) {
    return shown(await setFactor(app.govern, actor, { ...params, ...body }))
  },
})

const clear = defineRoute({
  id: 'clear-risk-factor',
  method: 'DELETE',
  path: PATH,
  command: 'risk factor clear',
  summary: 'Takes back what was set: the factor is as computed again',
  needs: 'risk:write',
  params: Factor,
  body: z.strictObject({ reason: Reason }),
  reply: ShownFactor,
  async handle({ app, actor, params, body }) {
    return shown(await clearFactor(app.govern, actor, { ...params, ...body }))
  },
})

export const factorRoutes = [listFactors, set, clear] as const

function shown(one: Kept<FactorRuling>): z.input<typeof ShownFactor> {
  return { ...one.value, ...aboutOf(one), ...factorOf(one.subject) }
}
