// Budgets: how much may be spent on models, by whom and in which time, and what was spent so far.
import { z } from 'zod'
import {
  changeBudget,
  closeBudget,
  createBudget,
  mustFind,
  releaseBudget,
  useOfBudget,
} from '../../enforce/spend/budgets.ts'
import { BUDGET_PERIODS, type Budget, type BudgetUnit, NANOS_PER_USD, nextPeriod } from '../../model/budget.ts'
import type { App } from '../../app/app.ts'
import { Failure } from '../../lib/failure.ts'
import { mustFindSystem } from '../../register/register.ts'
import { defineRoute } from '../route.ts'
import { Name, pageOf, paging, Time } from './shapes.ts'

const Dollars = z.number().min(0.000001).max(1_000_000)
const Tokens = z.int().min(1).max(1_000_000_000_000)
const limits = {
  usd: Dollars.optional().describe('how many dollars may be spent; either this or tokens'),
  tokens: Tokens.optional().describe('how many tokens may be used'),
}

const Amounts = z.object({
  limit: z.number(),
  spent: z.number().describe('by calls that are over'),
  reserved: z.number().describe('for calls under way, and kept at hand by processes'),
  lost: z.number().describe('reserved by processes that fell silent; counts as spent until it is released'),
  left: z.number(),
})

const Shown = z.object({
  id: z.string(),
  name: z.string(),
  unit: z.enum(['usd', 'tokens']),
  period: z.enum(BUDGET_PERIODS),
  key: z.string().optional().describe('id of the gateway key whose calls count; of all unless given'),
  asset: z.string().optional().describe('id of the system whose calls count'),
  model: z.string().optional().describe('pattern of the models that count'),
  state: z.enum(['open', 'closed']),
  createdBy: z.string(),
  createdAt: Time,
  closedAt: Time.optional(),
  renewsAt: Time.optional().describe('when its next period begins'),
  now: Amounts.describe('of the present period, in dollars or tokens'),
})

const Params = z.strictObject({ id: z.string().min(1).max(100) })

const listBudgets = defineRoute({
  id: 'list-budgets',
  method: 'GET',
  path: '/api/budgets',
  command: 'budget list',
  summary: 'Lists the budgets and what was spent of them',
  needs: 'budget:read',
  query: z.strictObject({ ...paging, open: z.coerce.boolean().optional().describe('only those that are not closed') }),
  reply: pageOf(Shown),
  async handle({ app, query: { limit, cursor, open } }) {
    const page = await app.store.read.budgets.list({ limit, cursor, isOpen: open })
    return { items: await Promise.all(page.items.map((budget) => shown(app, budget))), next: page.next }
  },
})

const createBudgetRoute = defineRoute({
  id: 'create-budget',
  method: 'POST',
  path: '/api/budgets',
  command: 'budget create',
  summary: 'Sets how much may be spent on models',
  needs: 'budget:write',
  body: z.strictObject({
    name: Name,
    ...limits,
    period: z.enum(BUDGET_PERIODS).default('month').describe('after which it begins anew, in UTC'),
    key: z.string().min(1).max(100).optional().describe('id of the gateway key whose calls count; of all unless given'),
    asset: z.string().min(1).max(100).optional().describe('id of the system whose calls count'),
    model: z
      .string()
      .min(1)
      .max(256)
      .optional()
      .describe('pattern of the models that count; a * stands for any characters'),
  }),
  reply: Shown,
  async handle({ app, actor, body: { name, usd, tokens, period, key, asset, model } }) {
    if (asset !== undefined) await mustFindSystem(app.store.read.register, asset)
    if (key !== undefined && (await app.store.read.gatewayKeys.byId(key)) === undefined)
      throw new Failure('not_found', `there is no gateway key ${key}`, { hint: 'list the keys' })
    const { unit, limit } = toLimit({ usd, tokens })
    return shown(app, await createBudget(app, actor, { name, unit, limit, period, key, asset, model }))
  },
})

const showBudget = defineRoute({
  id: 'show-budget',
  method: 'GET',
  path: '/api/budgets/:id',
  command: 'budget show',
  summary: 'Shows a budget and what was spent of it',
  needs: 'budget:read',
  params: Params,
  reply: Shown,
  async handle({ app, params }) {
    return shown(app, await mustFind(app.store.read.budgets, params.id))
  },
})

const changeBudgetRoute = defineRoute({
  id: 'change-budget',
  method: 'PATCH',
  path: '/api/budgets/:id',
  command: 'budget change',
  summary: 'Changes how much may be spent',
  needs: 'budget:write',
  params: Params,
  body: z.strictObject(limits),
  reply: Shown,
  async handle({ app, actor, params, body }) {
    const { unit, limit } = toLimit(body)
    const budget = await mustFind(app.store.read.budgets, params.id)
    if (budget.unit !== unit) throw new Failure('input_invalid', `this budget counts ${budget.unit}`)
    return shown(app, await changeBudget(app, actor, params.id, limit))
  },
})

const closeBudgetRoute = defineRoute({
  id: 'close-budget',
  method: 'POST',
  path: '/api/budgets/:id/close',
  command: 'budget close',
  summary: 'Ends a budget: it limits nothing any more',
  needs: 'budget:write',
  params: Params,
  reply: Shown,
  async handle({ app, actor, params }) {
    return shown(app, await closeBudget(app, actor, params.id))
  },
})

const releaseBudgetRoute = defineRoute({
  id: 'release-budget',
  method: 'POST',
  path: '/api/budgets/:id/release',
  command: 'budget release',
  summary: 'Gives back what processes had reserved when they fell silent; look at the bill of the provider first',
  needs: 'budget:write',
  params: Params,
  reply: Shown,
  async handle({ app, actor, params }) {
    return shown(app, await releaseBudget(app, actor, params.id))
  },
})

export const budgetRoutes = [
  listBudgets,
  createBudgetRoute,
  showBudget,
  changeBudgetRoute,
  closeBudgetRoute,
  releaseBudgetRoute,
] as const

function toLimit({ usd, tokens }: { usd?: number | undefined; tokens?: number | undefined }): {
  unit: BudgetUnit
  limit: number
} {
  if (usd !== undefined && tokens === undefined) return { unit: 'usd', limit: Math.round(usd * NANOS_PER_USD) }
  if (tokens !== undefined && usd === undefined) return { unit: 'tokens', limit: tokens }
  const message = 'give either usd or tokens'
  throw new Failure('input_invalid', message, { issues: [{ path: 'usd', message }] })
}

async function shown(app: App, budget: Budget): Promise<z.input<typeof Shown>> {
  const { id, name, unit, period, key, asset, model, createdBy, createdAt, closedAt } = budget
  const { spent, held, lost } = await useOfBudget(app, budget)
  const scale = unit === 'usd' ? NANOS_PER_USD : 1
  const amount = (units: number) => units / scale
  return {
    id,
    name,
    unit,
    period,
    key,
    asset,
    model,
    state: closedAt === undefined ? 'open' : 'closed',
    createdBy,
    createdAt,
    closedAt,
    renewsAt: nextPeriod(period, app.now())?.toISOString(),
    now: {
      limit: amount(budget.limit),
      spent: amount(spent),
      reserved: amount(held),
      lost: amount(lost),
      left: amount(budget.limit - spent - held - lost),
    },
  }
}
