// Slows guessing down: after a few failed tries each further one has to wait twice as long. A try counts as failed from
// its beginning until it succeeds, so that a thousand parallel guesses are a thousand tries and not one.
import { counted } from '../lib/counted.ts'
import { Failure } from '../lib/failure.ts'

export interface LimitSettings {
  /** Tries that cost nothing. */
  free: number
  firstWaitMs: number
  longestWaitMs: number
  /** Keys remembered; the one that was quiet the longest is forgotten first. */
  most: number
}

export interface Limit {
  /** Throws `too_many` when the key has to wait, and counts a try otherwise. */
  begin(key: string, now: Date): void
  /** Forgets every failed try of the key. */
  succeeded(key: string): void
  /** Takes one try back: an attacker with an account of his own must not clear what he failed elsewhere. */
  takeBack(key: string): void
}

interface Tries {
  failed: number
  at: number
  waitUntil: number
}

export function createLimit(settings: LimitSettings): Limit {
  const tries = new Map<string, Tries>()
  return {
    begin(key, now) {
      const at = now.getTime()
      const known = tries.get(key)
      const forgiven = known !== undefined && at > known.waitUntil + settings.longestWaitMs
      const before = known === undefined || forgiven ? { failed: 0, at, waitUntil: at } : known
      if (at < before.waitUntil) throw mustWait(before.waitUntil - at)
      const failed = before.failed + 1
      const waits = failed - settings.free
      const waitMs = waits < 0 ? 0 : Math.min(settings.longestWaitMs, settings.firstWaitMs * 2 ** Math.min(waits, 30))
      tries.delete(key)
      tries.set(key, { failed, at, waitUntil: at + waitMs })
      const oldest = tries.keys().next()
      if (tries.size > settings.most && !oldest.done) tries.delete(oldest.value)
    },
    succeeded(key) {
      tries.delete(key)
    },
    takeBack(key) {
      const known = tries.get(key)
      if (known) tries.set(key, { failed: Math.max(0, known.failed - 1), at: known.at, waitUntil: known.at })
    },
  }
}

/** An address as far as one party can change it at will: IPv6 networks are handed out as /64. */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '')
  if (!plain.includes(':')) return plain
  const [head = '', tail = ''] = plain.toLowerCase().split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === '' ? [] : tail.split(':')
  const missing = plain.includes('::') ? Math.max(0, 8 - left.length - right.length) : 0
  const groups = [...left, ...Array.from({ length: missing }, () => '0'), ...right]
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`
}

function mustWait(ms: number): Failure {
  const seconds = Math.ceil(ms / 1000)
  return new Failure('too_many', 'too many failed tries', {
    hint: `wait ${counted(seconds, 'second')}, then try again`,
    retryAfter: seconds,
  })
}
