// One claim about an asset. Claims are only appended: the newest of each source counts as what that source says, and
// sources that disagree are shown as a conflict, never merged away.

/** What is known of a fact. Absent: unknown. */
export type FactValue = boolean | string | readonly string[]

/** Where a claim comes from: a file or form, a scanner, the gateway, a person's answer, or a rule over other facts. */
export const FACT_SOURCES = ['declared', 'discovered', 'observed', 'answered'] as const
export type FactSource = (typeof FACT_SOURCES)[number]

export interface Fact {
  id: string
  asset: string
  /** One of the catalogue's profile questions. */
  key: string
  /** Null takes back what this source claimed before. */
  value: FactValue | null
  source: FactSource
  /** Which file, scanner, route or person. Claims of one source and one collector replace each other. */
  by: string
  /** When it was true, by the source's clock. */
  observedAt: string
  /** When it became known here. Past dates are replayed by this. */
  recordedAt: string
  /** 0 to 1. */
  confidence: number
}
