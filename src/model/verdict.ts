// What the guards saw of one exchange, and what follows from it under the policy of that moment.
import type { Finding, Speaker } from './finding.ts'

export const STAGES = ['request', 'answer'] as const
export type Stage = (typeof STAGES)[number]

/** What a guard found, without the text it found it in. */
export interface Hit extends Pick<Finding, 'detector' | 'kind' | 'severity' | 'confidence' | 'note'> {
  origin: Speaker
  /** The place in the body, as in `messages.0.content`; empty where the text came in a stream. */
  place: string
}

/**
 * Invariant: three outcomes. A guard that threw, was late or talked nonsense has failed, and the policy, never the guard,
 * says what that means.
 */
export interface Verdict {
  /** The control of the AI Exchange that the guard puts into force. */
  guard: string
  stage: Stage
  outcome: 'pass' | 'hit' | 'failed'
  /** What the guard asks for where it hit: the whole stopped, its places rewritten, or that it is known. */
  remedy: 'block' | 'rewrite' | 'note'
  /** Places it changed, whether or not anything was wrong with them. */
  changes: number
  hits: readonly Hit[]
  /** Hits beyond those that are listed. */
  more: number
  /** Why it failed; for the operator, never with text of the exchange. */
  why?: string | undefined
}

export interface Decision {
  action: 'forward' | 'rewrite' | 'block'
  /** Guards whose verdict made it so. */
  because: readonly string[]
  /** Hash of the policy it was made under. */
  policy: string
}
