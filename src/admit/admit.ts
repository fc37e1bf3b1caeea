// Who may come in and what they may do: what all of it shares. Times, limits and challenges live in one process; what
// must survive or be shared lives in the store.
import type { Actor } from '../model/actor.ts'
import type { AdmitStore } from './admit-store.ts'
import { type Challenges, createChallenges } from './challenges.ts'
import { createLimit, type Limit } from './limits.ts'
import { createPasswords, type Passwords } from './passwords.ts'

const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

export interface Lifetimes {
  /** A session ends this long after sign-in, whatever happens. */
  sessionMs: number
  /** A session ends when it was not used for this long. */
  idleMs: number
  linkMs: number
  longestTokenMs: number
}

export interface Admit {
  readonly store: AdmitStore
  readonly now: () => Date
  readonly lifetimes: Lifetimes
  readonly passwords: Passwords
  readonly challenges: Challenges
  readonly perAccount: Limit
  readonly perAddress: Limit
  /** Failed sign-ins are recorded at most this often; what is left out is counted. */
  readonly failures: Budget
}

const LIFETIMES: Lifetimes = { sessionMs: 12 * HOUR, idleMs: 2 * HOUR, linkMs: DAY, longestTokenMs: 366 * DAY }

export function createAdmit(options: {
  store: AdmitStore
  now: () => Date
  lifetimes?: Partial<Lifetimes> | undefined
}): Admit {
  return {
    store: options.store,
    now: options.now,
    lifetimes: { ...LIFETIMES, ...options.lifetimes },
    passwords: createPasswords(),
    challenges: createChallenges(),
    perAccount: createLimit({ free: 5, firstWaitMs: 1000, longestWaitMs: MINUTE, most: 10_000 }),
    perAddress: createLimit({ free: 20, firstWaitMs: 1000, longestWaitMs: 15 * MINUTE, most: 10_000 }),
    failures: createBudget(60, MINUTE),
  }
}

export interface Budget {
  /** Undefined when nothing is left; otherwise how many were left out before this one. */
  take(now: Date): { leftOut: number } | undefined
}

function createBudget(most: number, perMs: number): Budget {
  let [windowStart, used, leftOut] = [0, 0, 0]
  return {
    take(now) {
      const at = now.getTime()
      if (at - windowStart >= perMs || at < windowStart) [windowStart, used] = [at, 0]
      if (used >= most) {
        leftOut++
        return undefined
      }
      used++
      const before = leftOut
      leftOut = 0
      return { leftOut: before }
    },
  }
}

/** An actor as the log names it. */
export function named(actor: Actor): Pick<Actor, 'kind' | 'id'> {
  return { kind: actor.kind, id: actor.id }
}

export function later(now: Date, ms: number): string {
  return new Date(now.getTime() + ms).toISOString()
}
