// What guards that count are given: counters that live as long as the gateway and are shared by all replicas.
import type { BudgetBook } from './budget-book.ts'
import type { Leases } from './leases.ts'
import type { Prices } from './prices.ts'

export interface Meters {
  readonly leases: Leases
  readonly prices: Prices
  readonly budgets: BudgetBook
}
