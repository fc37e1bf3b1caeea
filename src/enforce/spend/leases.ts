// All pools that this process uses at present, and their rounds with the store: many pools in one round, one round at a
// time. A pool that nobody uses is given back and forgotten.
import { Failure } from '../../lib/failure.ts'
import { type Hold, Lease, type Pool, type Refused, type Wanted } from './lease.ts'
import type { FlowState, LeaseStore, StockState } from './lease-store.ts'

const TICK_MS = 100
/** How long the store may not know what was spent. */
const TELL_MS = 300
/** A holder says at least that it lives. */
const ALIVE_MS = 5000
export const SILENT_MS = 20_000
const MOST_POOLS = 50_000
const MOST_AT_ONCE = 200

/** Runs one round in one change of the store that keeps pools of this kind. */
export type LeaseRound = <T>(kind: Pool['kind'], work: (store: LeaseStore) => Promise<T>) => Promise<T>

export interface LeasesOptions {
  round: LeaseRound
  /** Names this process among all that ever were. */
  holder: string
  now: () => Date
  /** Milliseconds; only differences count. */
  clock: () => number
  /** Hears that the store could not be told; it will be tried again. */
  onTrouble(error: unknown): void
}

export interface Leases {
  /** At once where there is enough at hand. */
  take(pool: Pool, amount: number, patienceMs: number): Hold | Promise<Hold | Refused>
  /** What is left of a pool, as far as this process knows. */
  remaining(id: string): number | undefined
  /** Tells the store everything, and gives back what is not in use. */
  close(): Promise<void>
}

export function createLeases({ round, holder, now, clock, onTrouble }: LeasesOptions): Leases {
  const leases = new Map<string, Lease>()
  let timer: NodeJS.Timeout | undefined
  let rounds: Promise<void> | undefined
  let count = 0
  let isSoon = false
  let isAgain = false

  function leaseOf(pool: Pool): Lease {
    let lease = leases.get(pool.id)
    if (lease === undefined) {
      if (leases.size >= MOST_POOLS)
        throw new Failure('unavailable', 'more callers are counted at once than there is room for', { retryAfter: 1 })
      // A lease of stock begins to count anew, so it does so in a name of its own.
      const name = pool.kind === 'stock' ? `${holder}.${++count}` : holder
      leases.set(pool.id, (lease = new Lease(pool, name)))
    }
    lease.pool = pool
    timer ??= setInterval(tick, TICK_MS).unref()
    return lease
  }

  function tick(): void {
    const at = clock()
    for (const [id, lease] of leases) {
      lease.tick(at)
      if (lease.isOver) leases.delete(id)
    }
    if (leases.size === 0) {
      clearInterval(timer)
      timer = undefined
    } else start()
  }

  /** Calls that come at the same time share a round. */
  function soon(): void {
    if (isSoon) return
    isSoon = true
    setImmediate(() => {
      isSoon = false
      isAgain = rounds !== undefined
      start()
    })
  }

  function start(): void {
    rounds ??= runAll(false).finally(() => {
      rounds = undefined
      if (isAgain) soon()
      isAgain = false
    })
  }

  async function runAll(isClosing: boolean): Promise<void> {
    const at = clock()
    const due = [...leases.values()].filter((lease) => isClosing || isDue(lease, at))
    for (const isStock of [true, false]) {
      const some = due.filter(({ pool }) => (pool.kind === 'stock') === isStock)
      // In one order everywhere, so that replicas do not wait for each other in a circle.
      some.sort((a, b) => (a.pool.id < b.pool.id ? -1 : 1))
      for (let i = 0; i < some.length; i += MOST_AT_ONCE) await run(some.slice(i, i + MOST_AT_ONCE), isClosing)
    }
  }

  async function run(some: readonly Lease[], isClosing: boolean): Promise<void> {
    const asked = some.map((lease) => ({ lease, pool: lease.pool, wanted: lease.ask(isClosing) }))
    const told = clock()
    try {
      const said = await round(some[0]?.pool.kind ?? 'stock', async (store) => {
        const states: (StockState | FlowState)[] = []
        for (const { lease, pool, wanted } of asked) states.push(await tell(store, lease, pool, wanted))
        return states
      })
      for (const [i, { lease, wanted }] of asked.entries()) {
        const state = said[i]
        if (state === undefined) continue
        lease.toldAt = told
        lease.hear(wanted, state)
      }
    } catch (error) {
      if (!some.some((lease) => lease.isWaitedFor)) onTrouble(error)
      for (const lease of some) {
        lease.toldAt = told
        lease.fail(error)
      }
    }
  }

  function tell(store: LeaseStore, lease: Lease, pool: Pool, wanted: Wanted): Promise<StockState | FlowState> {
    const at = now().getTime()
    const { id, limit, kind } = pool
    const { spent, held, needs, wants, taken } = wanted
    if (kind === 'flow') {
      return store.flow({
        pool: id,
        limit,
        windowMs: pool.windowMs,
        taken,
        needs: needs - held,
        wants: wants - held,
        now: at,
      })
    }
    const onSilence = kind === 'stock' ? 'spent' : 'free'
    return store.stock({
      pool: id,
      onSilence,
      limit,
      holder: lease.holder,
      spent,
      held,
      needs,
      wants,
      now: at,
      until: at + SILENT_MS,
    })
  }

  return {
    take(pool, amount, patienceMs) {
      const lease = leaseOf(pool)
      const hold = lease.take(amount)
      if (hold !== undefined) return hold
      soon()
      return lease.wait(amount, clock() + patienceMs)
    },
    remaining: (id) => leases.get(id)?.remaining,
    async close() {
      clearInterval(timer)
      timer = undefined
      await rounds
      for (const lease of leases.values())
        lease.fail(new Failure('unavailable', 'the gateway is stopping', { retryAfter: 5 }))
      await runAll(true)
      leases.clear()
    },
  }
}

/** Who waits, asks at every tick; everything else has time. */
function isDue(lease: Lease, at: number): boolean {
  const since = at - lease.toldAt
  if (lease.isWaitedFor) return true
  return (since >= TELL_MS && (lease.isNews || lease.isOutOfTune)) || (since >= ALIVE_MS && !lease.isIdle)
}
