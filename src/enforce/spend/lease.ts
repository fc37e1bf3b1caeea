// A replica's part of one pool: it takes some units from the store at a time and spends them from memory, so that most
// calls ask nobody.
// Invariant: what it spent and holds is never more than the store says it took. It grows there first and here after; it
// shrinks here first and there after.
import { Failure } from '../../lib/failure.ts'
import type { FlowState, StockState } from './lease-store.ts'

export type Pool = { id: string; limit: number } & (
  | { kind: 'stock' }
  /** As many at once. */
  | { kind: 'slots' }
  | { kind: 'flow'; windowMs: number }
)

/** Why there is nothing to be had. `used-up`: nothing will come back. */
export interface Refused {
  pool: Pool
  why: 'used-up' | 'busy'
  /** When asking again makes sense; undefined where it does not. */
  waitMs: number | undefined
}

export interface Hold {
  readonly amount: number
  /** Once; with what it came to. */
  settle(actual: number): void
}

interface Waiter {
  amount: number
  until: number
  /** The store was asked for it, and has answered. */
  isAsked: boolean
  hasHeard: boolean
  resolve(said: Hold | Refused): void
  reject(error: unknown): void
}

/** What one round with the store asks for. */
export interface Wanted {
  spent: number
  held: number
  needs: number
  wants: number
  taken: number
}

/** Use is remembered with a half-life of some seconds, and twice of it is kept at hand. */
const FADE = 0.93
const AT_HAND = 2
/** Of what is left of the pool, what one replica may keep for later. */
const SHARE = 1 / 8
const MOST_WAITERS = 10_000
/** Beyond their patience callers wait so long for a store that has not answered at all: before, nobody knows that there is nothing left. */
const LATE_MS = 1000
/** What was spent is told as a sum, which is carried on for a while, so that a pool used now and then needs no new row. */
const CARRIED_TICKS = 36_000

export class Lease {
  pool: Pool
  /** When the store was last told. */
  toldAt = Number.NEGATIVE_INFINITY
  /** What is left for all, as the store last said. */
  left: number | undefined
  #spent = 0
  #held = 0
  #inUse = 0
  #told = { spent: 0, held: 0 }
  #used = 0
  #pace = 0
  #waitMs = 0
  #waiters: Waiter[] = []

  /**
   * Of what it tells the store. Invariant: no two leases that spend tell in one name, because what one tells replaces what
   * was told in its name before.
   */
  readonly holder: string
  #idleTicks = 0

  constructor(pool: Pool, holder: string) {
    this.pool = pool
    this.holder = holder
  }

  /** Nothing would be missed. */
  get isOver(): boolean {
    return this.isIdle && (this.pool.kind !== 'stock' || this.#spent === 0 || this.#idleTicks > CARRIED_TICKS)
  }

  get isWaitedFor(): boolean {
    return this.#waiters.length > 0
  }

  /** The store knows everything, and nothing is held. */
  get isIdle(): boolean {
    return !this.isWaitedFor && this.#inUse === 0 && this.#held <= 0 && !this.isNews
  }

  /** The store does not know yet. */
  get isNews(): boolean {
    return this.#told.spent !== this.#spent || this.#told.held !== this.#held
  }

  /** What is at hand, and what the store has. */
  get remaining(): number {
    return Math.max(0, Math.floor(this.#held - this.#inUse + (this.left ?? 0)))
  }

  take(amount: number): Hold | undefined {
    if (this.isWaitedFor || this.#held - this.#inUse < amount) return undefined
    return this.#hold(amount)
  }

  wait(amount: number, until: number): Promise<Hold | Refused> {
    if (this.#waiters.length >= MOST_WAITERS) return Promise.resolve(this.#refusal('busy'))
    return new Promise((resolve, reject) =>
      this.#waiters.push({ amount, until, isAsked: false, hasHeard: false, resolve, reject }),
    )
  }

  /** Time goes on: use fades, patience ends. */
  tick(now: number): void {
    this.#idleTicks = this.isIdle ? this.#idleTicks + 1 : 0
    this.#pace = Math.max(this.#used, this.#pace * FADE)
    if (this.#pace < 0.5) this.#pace = 0
    this.#used = 0
    this.#waiters = this.#waiters.filter((waiter) => {
      if (now < waiter.until + (waiter.hasHeard ? 0 : LATE_MS)) return true
      if (waiter.hasHeard) waiter.resolve(this.#refusal('busy'))
      else waiter.reject(new Failure('unavailable', 'the store did not say in time what is left', { retryAfter: 1 }))
      return false
    })
  }

  /** Whether the store has something to be told that cannot wait. */
  get isOutOfTune(): boolean {
    return this.isWaitedFor || this.#held < this.#inUse || this.#held > this.#target()
  }

  /** The beginning of a round: what is too much is given up here and now. */
  ask(isClosing: boolean): Wanted {
    const target = isClosing ? this.#inUse : this.#target()
    // What is too little for the first who waits is no use to anybody here: it is for whoever has enough with it.
    const kept = this.isWaitedFor ? this.#inUse : Math.min(this.#held, target)
    this.#held = Math.max(this.#inUse, kept)
    const [spent, held] = [this.#spent, this.#held]
    const taken = spent + held - this.#told.spent - this.#told.held
    const needs = held + (this.#waiters[0]?.amount ?? 0)
    for (const waiter of this.#waiters) waiter.isAsked = true
    return { spent, held, needs, wants: Math.max(needs, Math.ceil(target)), taken }
  }

  /** The end of a round. Meanwhile some was spent of what is held, which leaves the sum as it was. */
  hear(wanted: Wanted, said: StockState | FlowState): void {
    const extra = 'granted' in said ? said.granted : said.held - wanted.held
    this.#told = { spent: wanted.spent, held: wanted.held + extra }
    this.#held += extra
    this.left = said.left
    this.#waitMs = 'granted' in said ? said.waitMs : 0
    for (const waiter of this.#waiters) waiter.hasHeard = waiter.isAsked
    this.#serve('unspent' in said ? said.unspent : Number.POSITIVE_INFINITY)
  }

  /** The store could not be asked: nobody can say that there is something left. */
  fail(error: unknown): void {
    for (const { reject } of this.#waiters.splice(0)) reject(error)
  }

  #serve(unspent: number): void {
    for (let first = this.#waiters[0]; first !== undefined; first = this.#waiters[0]) {
      const { amount } = first
      const isOut = this.pool.kind === 'flow' ? amount > this.pool.limit : amount > unspent
      if (!isOut && this.#held - this.#inUse < amount) break
      this.#waiters.shift()
      first.resolve(isOut ? this.#refusal('used-up') : this.#hold(amount))
    }
    // What time brings back comes when it comes: who cannot wait so long need not wait at all.
    if (this.pool.kind !== 'flow') return
    const cannot = (waiter: Waiter) => this.#waitMs > waiter.until - this.toldAt
    for (const waiter of this.#waiters.filter(cannot)) waiter.resolve(this.#refusal('busy'))
    this.#waiters = this.#waiters.filter((waiter) => !cannot(waiter))
  }

  #hold(amount: number): Hold {
    this.#inUse += amount
    this.#used += amount
    let isOpen = true
    return {
      amount,
      settle: (actual) => {
        if (!isOpen) return
        isOpen = false
        this.#inUse -= amount
        this.#spent += actual
        this.#held -= actual
      },
    }
  }

  #target(): number {
    const asked = this.#waiters.reduce((sum, { amount }) => sum + amount, 0)
    const free = (this.left ?? 0) + this.#held - this.#inUse
    const spare = Math.max(0, Math.min(AT_HAND * this.#pace, free * SHARE))
    return this.#inUse + asked + Math.floor(spare)
  }

  #refusal(why: Refused['why']): Refused {
    const waitMs = why === 'used-up' ? undefined : this.pool.kind === 'flow' ? this.#waitMs : 1000
    return { pool: this.pool, why, waitMs }
  }
}
