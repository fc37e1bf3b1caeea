// Budgets are made, changed and closed by people, and each of that is recorded. What was spent is what processes told.
import { Failure } from '../../lib/failure.ts'
import { newId } from '../../lib/id.ts'
import type { Actor } from '../../model/actor.ts'
import { type Budget, budgetPool } from '../../model/budget.ts'
import type { NewEntry } from '../../model/entry.ts'
import { MOST_ROWS } from '../../model/page.ts'
import type { BudgetStore } from './budget-store.ts'
import type { LeaseRow, LeaseStore } from './lease-store.ts'

const MOST_OPEN = 10_000
const MOST_HOLDERS = 1000

interface BudgetTables {
  budgets: BudgetStore
  leases: LeaseStore
}

/** The part of a store that budgets see. */
export interface BudgetHouse {
  readonly read: BudgetTables
  change<T>(work: (tx: BudgetTables & { record(entry: NewEntry): void }) => Promise<T>): Promise<T>
}

export interface BudgetContext {
  store: BudgetHouse
  now: () => Date
}

export async function createBudget(
  { store, now }: BudgetContext,
  actor: Actor,
  given: Pick<Budget, 'name' | 'unit' | 'limit' | 'period' | 'key' | 'asset' | 'model'>,
): Promise<Budget> {
  const at = now()
  if ((await openBudgets(store.read.budgets)).length >= MOST_OPEN)
    throw new Failure('too_many', `there are ${MOST_OPEN} open budgets already`, { hint: 'close some' })
  const budget: Budget = {
    ...given,
    id: newId('budget', at),
    createdBy: actor.accountId ?? 'local',
    createdAt: at.toISOString(),
    closedAt: undefined,
  }
  const { name, unit, limit, period, key = null, asset = null, model = null } = budget
  await store.change(async (tx) => {
    await tx.budgets.insert(budget)
    tx.record(entry('created', actor, budget.id, { after: { name, unit, limit, period, key, asset, model } }))
  })
  return budget
}

export async function changeBudget({ store }: BudgetContext, actor: Actor, id: string, limit: number): Promise<Budget> {
  return store.change(async (tx) => {
    const budget = await mustFind(tx.budgets, id)
    if (budget.closedAt !== undefined) throw new Failure('conflict', `the budget ${id} is closed`)
    if (budget.limit === limit) return budget
    await tx.budgets.setLimit(id, limit)
    tx.record(entry('changed', actor, id, { before: { limit: budget.limit }, after: { limit } }))
    return { ...budget, limit }
  })
}

export async function closeBudget({ store, now }: BudgetContext, actor: Actor, id: string): Promise<Budget> {
  return store.change(async (tx) => {
    const budget = await mustFind(tx.budgets, id)
    const at = now().toISOString()
    if (!(await tx.budgets.close(id, at))) return budget
    tx.record(entry('closed', actor, id, { before: { closedAt: null }, after: { closedAt: at } }))
    return { ...budget, closedAt: at }
  })
}

/** Gives back what processes held when they fell silent: somebody has looked at the provider's bill. */
export async function releaseBudget({ store, now }: BudgetContext, actor: Actor, id: string): Promise<Budget> {
  return store.change(async (tx) => {
    const budget = await mustFind(tx.budgets, id)
    const released = await tx.leases.release(budgetPool(budget, now()))
    if (released > 0) tx.record(entry('released', actor, id, { units: released }))
    return budget
  })
}

export interface BudgetUse {
  /** Told by processes that settled. */
  spent: number
  /** Reserved for calls under way, or kept at hand. */
  held: number
  /** Held when a process fell silent: it counts as spent. */
  lost: number
  holders: readonly LeaseRow[]
}

export async function useOfBudget({ store, now }: BudgetContext, budget: Budget): Promise<BudgetUse> {
  const holders = await store.read.leases.list(budgetPool(budget, now()), MOST_HOLDERS)
  const sum = (key: 'spent' | 'held' | 'lost') => holders.reduce((total, row) => total + row[key], 0)
  return { spent: sum('spent'), held: sum('held'), lost: sum('lost'), holders }
}

export async function mustFind(budgets: BudgetStore, id: string): Promise<Budget> {
  const budget = await budgets.byId(id)
  if (budget === undefined) throw new Failure('not_found', `there is no budget ${id}`, { hint: 'list the budgets' })
  return budget
}

export async function openBudgets(budgets: BudgetStore): Promise<Budget[]> {
  const all: Budget[] = []
  let cursor: string | undefined
  do {
    const page = await budgets.list({ limit: MOST_ROWS, cursor, isOpen: true })
    all.push(...page.items)
    cursor = page.next
  } while (cursor !== undefined && all.length < MOST_OPEN)
  return all
}

function entry(done: string, { kind, id }: Actor, budget: string, data: NewEntry['data']): NewEntry {
  return { kind: `budget.${done}`, actor: { kind, id }, subject: { kind: 'budget', id: budget }, data }
}
