// Challenges that a passkey is about to answer. Each is good for one answer within five minutes. They live in memory: a
// replica that did not make a challenge refuses its answer and the browser asks again.

const LIFETIME_MS = 5 * 60_000
const MOST = 1000

export type Asked =
  | { purpose: 'sign-in' }
  | { purpose: 'register'; accountId: string }
  | { purpose: 'redeem'; linkId: string; accountId: string }

export interface Challenges {
  add(challenge: string, asked: Asked, now: Date): void
  /** Each challenge is given out once. */
  take(challenge: string, now: Date): Asked | undefined
}

export function createChallenges(): Challenges {
  const open = new Map<string, { asked: Asked; until: number }>()
  return {
    add(challenge, asked, now) {
      open.set(challenge, { asked, until: now.getTime() + LIFETIME_MS })
      const oldest = open.keys().next()
      if (open.size > MOST && !oldest.done) open.delete(oldest.value)
    },
    take(challenge, now) {
      const found = open.get(challenge)
      open.delete(challenge)
      return found && found.until > now.getTime() ? found.asked : undefined
    },
  }
}
