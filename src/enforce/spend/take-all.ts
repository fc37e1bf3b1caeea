// Takes from several pools, or from none of them: what was taken before one refused is given back.
import type { Hold, Pool, Refused } from './lease.ts'
import type { Leases } from './leases.ts'

export interface Wish {
  pool: Pool
  amount: number
}

/** Holds in the order of the wishes, or who refused. */
export type Taken = readonly Hold[] | Refused

/** At once where all is at hand. */
export function takeAll(leases: Leases, wishes: readonly Wish[], patienceMs: number): Taken | Promise<Taken> {
  const holds: Hold[] = []
  return giveBackOnError(holds, () => {
    for (const { pool, amount } of wishes) {
      const hold = leases.take(pool, amount, patienceMs)
      if (hold instanceof Promise) return takeOthers(leases, wishes, patienceMs, holds, hold)
      holds.push(hold)
    }
    return holds
  })
}

async function takeOthers(
  leases: Leases,
  wishes: readonly Wish[],
  patienceMs: number,
  holds: Hold[],
  waited: Promise<Hold | Refused>,
): Promise<Taken> {
  try {
    for (let next: Hold | Refused = await waited; ;) {
      if ('why' in next) {
        giveBack(holds)
        return next
      }
      holds.push(next)
      const wish = wishes[holds.length]
      if (wish === undefined) return holds
      next = await leases.take(wish.pool, wish.amount, patienceMs)
    }
  } catch (error) {
    giveBack(holds)
    throw error
  }
}

function giveBackOnError<T>(holds: readonly Hold[], work: () => T): T {
  try {
    return work()
  } catch (error) {
    giveBack(holds)
    throw error
  }
}

function giveBack(holds: readonly Hold[]): void {
  for (const hold of holds) hold.settle(0)
}
