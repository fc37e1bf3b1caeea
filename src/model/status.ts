// What can be said of a measure, and of everything that is rolled up from measures. Derived, never stored.

/** Best first: what is rolled up is as bad as its worst part. `not-needed` stands aside; it carries a trace like any other. */
export const STATUSES = ['proven', 'partial', 'stale', 'missing', 'failing', 'not-needed'] as const
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
  /** Ids of the evidence it rests on, newest first; the first few of them. */
  evidence: readonly string[]
  coverage?: Coverage
  /** What it was shown not to hold for, by name; the first few of them. */
  failing?: readonly string[]
  /** When the answer changes by itself if nothing arrives; absent when time alone changes nothing. */
  validUntil?: string
}

/** What was rolled up from parts, and how many of them stand where. */
export interface Rollup extends StatusReport {
  counts: Readonly<Record<Status, number>>
}
