// Challenges that a passkey is about to answer, good for five minutes and one answer. A challenge carries what it was
// made for under a code that only this process can make, so asking for a million of them costs no memory; only answers
// that were right are remembered until their challenge is too old. A replica that did not make a challenge refuses its
// answer and the browser asks again.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { Failure } from '../lib/failure.ts'

const LIFETIME_MS = 5 * 60_000
const MOST_SPENT = 10_000
const CODE = 32
const NONCE = 16

export type Asked =
  | { purpose: 'sign-in' }
  | { purpose: 'register'; accountId: string }
  | { purpose: 'redeem'; linkId: string; accountId: string }

export interface Challenges {
  make(asked: Asked, now: Date): Uint8Array<ArrayBuffer>
  /** What a challenge (base64url) was made for; undefined when it is not ours, too old or spent. */
  read(challenge: string, now: Date): Asked | undefined
  /** True for the first right answer. */
  spend(challenge: string, now: Date): boolean
}

export function createChallenges(): Challenges {
  const key = randomBytes(32)
  const spent = new Map<string, number>()
  const codeOf = (content: Uint8Array) => createHmac('sha256', key).update(content).digest()

  function open(challenge: string): { id: string; asked: Asked; until: number } | undefined {
    const bytes = Buffer.from(challenge, 'base64url')
    const [content, code] = [bytes.subarray(0, -CODE), bytes.subarray(-CODE)]
    if (code.length !== CODE || !timingSafeEqual(code, codeOf(content))) return undefined
    const said = JSON.parse(content.subarray(NONCE).toString()) as { asked: Asked; until: number }
    return { ...said, id: code.toString('hex') }
  }

  return {
    make(asked, now) {
      const said = JSON.stringify({ asked, until: now.getTime() + LIFETIME_MS })
      const content = Buffer.concat([randomBytes(NONCE), Buffer.from(said)])
      return new Uint8Array(Buffer.concat([content, codeOf(content)]))
    },
    read(challenge, now) {
      const made = open(challenge)
      return made !== undefined && made.until > now.getTime() && !spent.has(made.id) ? made.asked : undefined
    },
    spend(challenge, now) {
      for (const [old, until] of spent) if (until <= now.getTime()) spent.delete(old)
      const made = open(challenge)
      if (made === undefined || spent.has(made.id)) return false
      if (spent.size >= MOST_SPENT) {
        throw new Failure('too_many', 'too many people use passkeys right now', {
          hint: 'try again in a minute',
          retryAfter: 60,
        })
      }
      spent.set(made.id, made.until)
      return true
    },
  }
}
