// The budgets that are open, at hand for every call. Read anew when one of them was changed, on any replica.
import { Failure } from '../../lib/failure.ts'
import type { Budget } from '../../model/budget.ts'
import { matches } from '../../lib/matches.ts'

export interface BudgetBook {
  /** Those that a call counts for. Refuses when they could not be read. */
  for(call: { keyId: string; asset: string | undefined; turn: { model: string } }): readonly Budget[]
  /** Something about budgets was recorded. Resolves when they are read. */
  renew(): Promise<void>
}

export function createBudgetBook(
  load: () => Promise<readonly Budget[]>,
  onTrouble: (error: unknown) => void,
): BudgetBook {
  let byKey = new Map<string, Budget[]>()
  let byAsset = new Map<string, Budget[]>()
  let common: Budget[] = []
  let isRead = false
  let reading: Promise<void> | undefined
  let isStale = false

  async function read(): Promise<void> {
    do {
      isStale = false
      const budgets = (await load()).toSorted((a, b) => (a.id < b.id ? -1 : 1))
      byKey = Map.groupBy(
        budgets.filter(({ key }) => key !== undefined),
        ({ key }) => key ?? '',
      )
      byAsset = Map.groupBy(
        budgets.filter(({ key, asset }) => key === undefined && asset !== undefined),
        ({ asset }) => asset ?? '',
      )
      common = budgets.filter(({ key, asset }) => key === undefined && asset === undefined)
      isRead = true
    } while (isStale)
  }

  return {
    for({ keyId, asset, turn: { model } }) {
      if (!isRead) {
        void this.renew()
        throw new Failure('unavailable', 'the budgets are not read yet', { retryAfter: 1 })
      }
      const near: Budget[] = []
      for (const some of [byKey.get(keyId), asset === undefined ? undefined : byAsset.get(asset), common])
        for (const budget of some ?? [])
          if ((budget.asset === undefined || budget.asset === asset) && isOf(budget, model)) near.push(budget)
      return near
    },
    renew() {
      isStale = true
      return (reading ??= read()
        .catch((error: unknown) => {
          isRead = false
          onTrouble(error)
        })
        .finally(() => (reading = undefined)))
    },
  }
}

function isOf(budget: Budget, model: string): boolean {
  return budget.model === undefined || matches(budget.model, model)
}
