// What is shown of an upstream: whether it is asked now, how fast it is, and what went wrong last.
import type { Upstream } from './upstream.ts'

/** Resting: it failed so often that it is left alone for a while. Probing: one request is on its way to see. */
export const UPSTREAM_STATES = ['unknown', 'well', 'failing', 'resting', 'probing'] as const

export interface UpstreamHealth {
  id: string
  state: (typeof UPSTREAM_STATES)[number]
  consecutiveFailures: number
  asked: number
  failed: number
  lastMs: number | undefined
  averageMs: number | undefined
  /** A code of Parapet's, or the status that it answered with, as in `status-503`. */
  lastTrouble: { at: Date; kind: string } | undefined
}

export function healthOf({ id, breaker, vitals }: Upstream, now: Date, clock: number): UpstreamHealth {
  const { asked, failed, lastMs, averageMs, trouble } = vitals
  const lastTrouble = trouble && { at: new Date(now.getTime() - (clock - trouble.at)), kind: trouble.kind }
  return {
    id,
    state: stateOf(breaker, asked),
    consecutiveFailures: breaker.failuresInARow,
    asked,
    failed,
    lastMs,
    averageMs,
    lastTrouble,
  }
}

function stateOf({ isOpen, isProbing, failuresInARow }: Upstream['breaker'], asked: number): UpstreamHealth['state'] {
  if (isOpen) return isProbing ? 'probing' : 'resting'
  if (failuresInARow > 0) return 'failing'
  return asked === 0 ? 'unknown' : 'well'
}
