// The counters of the gateway on this installation. What is spent is in the store. Requests and tokens in a time are too
// where replicas share them; a house with one process keeps those in its memory.
import { createSeriesBook } from '../enforce/series/series-book.ts'
import { createBudgetBook } from '../enforce/spend/budget-book.ts'
import { openBudgets } from '../enforce/spend/budgets.ts'
import { createLeases } from '../enforce/spend/leases.ts'
import { memoryLeases } from '../enforce/spend/memory-leases.ts'
import type { Meters } from '../enforce/spend/meters.ts'
import { createPrices } from '../enforce/spend/prices.ts'
import { newId } from '../lib/id.ts'
import type { Store } from '../store/store.ts'
import type { Config } from './config.ts'

export interface AppMeters extends Meters {
  /** Tells the store what is left to tell, and gives back what is not used. */
  close(): Promise<void>
}

export interface MetersOptions {
  config: Pick<Config, 'prices'>
  store: Store
  now: () => Date
  onTrouble(error: unknown): void
}

export async function openMeters({ config, store, now, onTrouble }: MetersOptions): Promise<AppMeters> {
  const memory = memoryLeases()
  const isAlone = store.kind === 'sqlite'
  const budgets = createBudgetBook(() => openBudgets(store.read.budgets), onTrouble)
  const leases = createLeases({
    round: (kind, work) => (kind !== 'stock' && isAlone ? work(memory) : store.change((tx) => work(tx.leases))),
    holder: newId('holder', now()),
    now,
    clock: () => performance.now(),
    onTrouble,
  })
  const stopListening = store.onRecorded((rows) => {
    if (rows.some(({ subjectKind }) => subjectKind === 'budget')) void budgets.renew()
  })
  await budgets.renew()
  return {
    prices: createPrices(config.prices),
    budgets,
    series: createSeriesBook(),
    leases,
    async close() {
      stopListening()
      await leases.close()
    },
  }
}
