// Pools of a dry run: full when it begins, and by the clock of the calls that it goes through. Nothing of it is kept.
import { flowOn } from '../spend/flow.ts'
import type { Hold, Pool, Refused } from '../spend/lease.ts'
import type { Leases } from '../spend/leases.ts'

/** `now` in milliseconds since 1970. */
export function dryLeases(now: () => number): Leases {
  const fullAt = new Map<string, number>()
  const taken = new Map<string, number>()

  function flow({ id, limit, windowMs }: Extract<Pool, { kind: 'flow' }>, more: number, needs: number) {
    const ask = { pool: id, limit, windowMs, taken: more, needs, wants: needs, now: now() }
    const on = flowOn(fullAt.get(id) ?? 0, ask)
    fullAt.set(id, on.fullAt)
    return on.state
  }

  function add(id: string, units: number): void {
    taken.set(id, (taken.get(id) ?? 0) + units)
  }

  return {
    take(pool, amount) {
      if (pool.kind === 'flow') {
        const { granted, waitMs } = flow(pool, 0, amount)
        if (granted < amount) return refused(pool, amount > pool.limit ? undefined : waitMs)
        return once(amount, (actual) => flow(pool, actual - amount, 0))
      }
      if ((taken.get(pool.id) ?? 0) + amount > pool.limit) return refused(pool, undefined)
      add(pool.id, amount)
      return once(amount, (actual) => add(pool.id, actual - amount))
    },
    remaining: () => undefined,
    close: () => Promise.resolve(),
  }
}

function refused(pool: Pool, waitMs: number | undefined): Promise<Refused> {
  return Promise.resolve({ pool, why: waitMs === undefined ? 'used-up' : 'busy', waitMs })
}

function once(amount: number, settle: (actual: number) => void): Hold {
  let isOpen = true
  return {
    amount,
    settle(actual) {
      if (isOpen) settle(actual)
      isOpen = false
    },
  }
}
