// What comes of asking the guards that count, and what they are asked with.
import { Failure } from '../lib/failure.ts'
import type { JsonEdit } from '../lib/json-edit.ts'
import type { AdmitContext, CallEnd } from './guard.ts'

export interface Admitted {
  edits: JsonEdit[]
  /** Of the guard that refused first, in its own words. */
  refusal: Failure | undefined
}

export interface AdmitOptions extends Pick<AdmitContext, 'meters' | 'now'> {
  /** Takes what is to be called when the call is over. */
  onEnd(settle: (end: CallEnd) => void): void
  /** Takes what is to be asked before the call is sent once more. */
  onAgain(again: () => Promise<boolean>): void
  /** Hears how long the call may take at most, and who says so. */
  onLimit(guard: string, seconds: number): void
  setHeader(name: string, value: string): void
}

/** Nothing is wrong with the call: it may be tried again. */
export function cannotCount(guard: string): Failure {
  return new Failure('unavailable', `${guard} cannot count at the moment`, { retryAfter: 1 })
}
