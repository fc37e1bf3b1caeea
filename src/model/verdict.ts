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
  /** What the guard asks for where it hit: the whole stopped, a person asked, its places rewritten, or that it is known. */
  remedy: 'block' | 'hold' | 'rewrite' | 'note'
  /** Places it changed, whether or not anything was wrong with them. */
  changes: number
  hits: readonly Hit[]
  /** Hits beyond those that are listed. */
  more: number
  /** Why it failed; for the operator, never with text of the exchange. */
  why?: string | undefined
}

/** How a wait for a person ended. */
export interface Settled {
  /** Of the approval. */
  id: string
  outcome: 'approved' | 'refused' | 'expired' | 'closed'
  /** Accounts that approved it, or the one that refused. */
  by: readonly string[]
}

export interface Decision {
  /** `hold`: a person has to decide, and has not yet. */
  action: 'forward' | 'rewrite' | 'hold' | 'block'
  /** Guards whose verdict made it so. */
  because: readonly string[]
  /** Hash of the policy it was made under. */
  policy: string
  /** What a person decided, where one was asked. */
  approval?: Settled
}
