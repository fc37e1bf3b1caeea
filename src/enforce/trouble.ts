// What goes wrong on the way to a model and back, as a client may know it. Every format words it in its own way; the
// words are ours, never an upstream's page or a stack.
import { Failure, type FailureCode } from '../lib/failure.ts'

export interface Trouble {
  status: number
  /** A word that programs can tell it by. */
  code: string
  message: string
  /** Which setting it is about, where an upstream says so. */
  param?: string | undefined
  /** Seconds after which trying again makes sense. */
  retryAfter?: number | undefined
}

const STATUS: Partial<Record<FailureCode, number>> = {
  input_invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  blocked: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  too_large: 413,
  unsupported_media_type: 415,
  too_many: 429,
  rate_limited: 429,
  budget_exceeded: 429,
  upstream_unreachable: 502,
  upstream_invalid: 502,
  upstream_timeout: 504,
  unavailable: 503,
}

/** A bug says nothing but that it is one. */
export function toTrouble(error: unknown): Trouble {
  if (!(error instanceof Failure))
    return { status: 500, code: 'bug', message: 'something went wrong in Parapet itself' }
  const { code, message, hint, retryAfter } = error
  const words = hint === undefined ? message : `${message}: ${hint}`
  return { status: STATUS[code] ?? 500, code, message: words, retryAfter }
}
