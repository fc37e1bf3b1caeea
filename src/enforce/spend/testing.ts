// For tests: meters that live in memory, with budgets that are given.
import type { TestContext } from 'node:test'
import type { Budget } from '../../model/budget.ts'
import { createSeriesBook } from '../series/series-book.ts'
import { createBudgetBook } from './budget-book.ts'
import { createLeases } from './leases.ts'
import { memoryLeases } from './memory-leases.ts'
import type { Meters } from './meters.ts'
import { createPrices, PricesConfig } from './prices.ts'

export interface MetersOptions {
  prices?: object
  budgets?: readonly Budget[]
}

export interface TestMeters {
  meters: Meters
  spent(budget: Budget): Promise<number>
}

export async function testMeters(
  t: TestContext,
  { prices = {}, budgets = [] }: MetersOptions = {},
): Promise<TestMeters> {
  const store = memoryLeases()
  const leases = createLeases({
    round: (_, work) => work(store),
    holder: 'test',
    now: () => new Date(),
    clock: () => performance.now(),
    onTrouble: fail,
  })
  t.after(() => leases.close())
  const book = createBudgetBook(async () => budgets, fail)
  await book.renew()
  return {
    meters: { leases, budgets: book, series: createSeriesBook(), prices: createPrices(PricesConfig.parse(prices)) },
    async spent({ id }) {
      await leases.close()
      const rows = await store.list(`${id}/`, 100)
      return rows.reduce((sum, { spent }) => sum + spent, 0)
    },
  }
}

export function testBudget(more: Partial<Budget> = {}): Budget {
  return {
    id: 'budget_test',
    name: 'test',
    unit: 'usd',
    limit: 1_000_000_000,
    period: 'month',
    key: undefined,
    asset: undefined,
    model: undefined,
    createdBy: 'local',
    createdAt: '2026-01-01T00:00:00.000Z',
    closedAt: undefined,
    ...more,
  }
}

function fail(error: unknown): void {
  throw error
}
