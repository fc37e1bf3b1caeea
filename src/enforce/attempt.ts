// Sends a request to the first upstream of its route that takes it: the next one where one fails, again after a while
// where there is no other, and never once an answer has begun.
import { setTimeout as sleep } from 'node:timers/promises'
import { Failure } from '../lib/failure.ts'
import type { Target } from './routes.ts'
import type { Breaker } from './upstream/breaker.ts'
import type { Outgoing, Reply } from './upstream/transport.ts'
import { type RetryBudget, waitBefore } from './upstream/retry-budget.ts'

/** What makes sense to try again, here or elsewhere. */
const PASSING_TROUBLE = new Set([408, 425, 429, 500, 502, 503, 504, 520, 522, 524, 529])

/** From here on it is the upstream that is not well; below, it answers somebody who is too fast, or early. */
const ILL = 500

export interface AttemptOptions {
  /** Whose request it is. */
  who: string
  targets: readonly Target[]
  /** Throws where the target cannot serve this request at all. */
  outgoing(target: Target): Outgoing
  attempts: number
  /** An attempt is on its way, and may be answered and paid for from now on. */
  onSent(): void
  /** Whether there is money for one more where nobody knows what became of one that was on its way. */
  again(): boolean | Promise<boolean>
  budget: RetryBudget
  signal: AbortSignal
  now: () => number
}

export interface Attempted {
  target: Target
  reply: Reply
  attempts: number
}

export async function attempt({
  who,
  targets,
  outgoing,
  attempts,
  onSent,
  again,
  budget,
  signal,
  now,
}: AttemptOptions): Promise<Attempted> {
  budget.asked()
  const known = new Set<Breaker>()
  /** A request is one failure of an upstream, however often it was tried there. */
  const failed = (breaker: Breaker) => {
    if (known.has(breaker)) return breaker.undecided(who)
    known.add(breaker)
    breaker.failed(now(), who)
  }
  let trouble: Failure | undefined
  for (let done = 0; done < attempts; done++) {
    const target = nextTarget(targets, done, now(), who)
    if (target === undefined) break
    const { breaker, transport, vitals } = target.upstream
    const started = now()
    const isLast = done === attempts - 1
    let retryAfterMs: number | undefined
    let isSent = false
    try {
      const reply = await transport.send(outgoing(target), signal, () => {
        isSent = true
        onSent()
      })
      isSent = false
      const isTrouble = PASSING_TROUBLE.has(reply.status)
      vitals.answered(now(), now() - started, isTrouble ? `status-${reply.status}` : undefined)
      if (!isTrouble) {
        breaker.succeeded(who)
        return { target, reply, attempts: done + 1 }
      }
      if (reply.status < ILL) breaker.undecided(who)
      else failed(breaker)
      retryAfterMs = secondsOf(reply.headers['retry-after'])
      const wait = isLast ? undefined : waitBefore(done, retryAfterMs, Math.random())
      if (wait === undefined || !budget.take()) return { target, reply, attempts: done + 1 }
      reply.abort()
      trouble = new Failure('unavailable', `the upstream answered with ${reply.status}`)
      if (!hasOther(targets, done, who)) await sleep(wait, undefined, { signal })
    } catch (error) {
      if (signal.aborted) {
        breaker.undecided(who)
        throw error
      }
      if (!(error instanceof Failure) || !error.code.startsWith('upstream_')) {
        breaker.undecided(who)
        throw error
      }
      failed(breaker)
      vitals.broke(now(), error.code)
      trouble = error
      const wait = isLast || !budget.take() ? undefined : waitBefore(done, undefined, Math.random())
      if (wait === undefined || (isSent && !(await again()))) throw error
      if (!hasOther(targets, done, who)) await sleep(wait, undefined, { signal })
    }
  }
  throw (
    trouble ??
    new Failure('unavailable', 'no upstream of this model is well', { hint: 'try again in a moment', retryAfter: 10 })
  )
}

/** From the place of this attempt on, the first that may be asked. */
function nextTarget(targets: readonly Target[], attempt: number, now: number, who: string): Target | undefined {
  for (let i = 0; i < targets.length; i++) {
    const target = targets[(attempt + i) % targets.length]
    if (target?.upstream.breaker.allows(now, who)) return target
  }
  return undefined
}

function hasOther(targets: readonly Target[], attempt: number, who: string): boolean {
  const next = targets[(attempt + 1) % targets.length]
  return targets.length > 1 && next !== undefined && !next.upstream.breaker.isOpenFor(who)
}

function secondsOf(header: string | string[] | undefined): number | undefined {
  return typeof header === 'string' && /^\d{1,6}$/.test(header) ? Number(header) * 1000 : undefined
}
