// What guards that count are given, and what lives as long as the gateway. What is spent is shared by all replicas; series of
// inputs are known to the replica that saw them.
import type { SeriesBook } from '../series/series-book.ts'
import type { BudgetBook } from './budget-book.ts'
import type { Leases } from './leases.ts'
import type { Prices } from './prices.ts'

export interface Meters {
  readonly leases: Leases
  readonly prices: Prices
  readonly budgets: BudgetBook
  readonly series: SeriesBook
}
