// What a person decided: a risk accepted, a measure chosen, a review held. Each kind is a small state machine of its own;
// here is what all of them share. A decision is never edited: each step appends a revision, so that past dates replay.

export const DECISION_NOUNS = [
  'acceptance',
  'treatment',
  'factor',
  'selection',
  'responsibility',
  'assurance',
  'review',
  'attestation',
] as const
export type DecisionNoun = (typeof DECISION_NOUNS)[number]

/** What a decision is about: a threat, measure, control or supplier of a system, or something of the whole organisation. */
export interface About {
  system?: string | undefined
  subject: string
}

export interface Kept<T> extends About {
  id: string
  /** Counts its steps from 1; the ETag of the API. */
  revision: number
  /** When this revision became known here. */
  recordedAt: string
  value: T
}
