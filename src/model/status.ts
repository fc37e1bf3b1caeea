// What can be said of a measure, and of everything that is rolled up from measures. Derived, never stored.

/** Best first. `not-needed` carries a trace like any other status. */
export const STATUSES = ['proven', 'partial', 'stale', 'failing', 'missing', 'not-needed'] as const
export type Status = (typeof STATUSES)[number]

/** How much of what there is to cover is covered, and what is not, by name. */
export interface Coverage {
  covered: number
  of: number
  what: string
  /** The first few of them; `of - covered` says how many there are. */
  uncovered: readonly string[]
}

export interface StatusReport {
  status: Status
  /** One sentence for people: why it is so and, unless proven, what would change it. */
  reason: string
  /** Ids of the evidence it rests on. */
  evidence: readonly string[]
  coverage?: Coverage
  /** When the answer changes by itself if nothing arrives; absent when time alone changes nothing. */
  validUntil?: string
}
