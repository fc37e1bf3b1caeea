// What the intake of evidence needs of a store, and what it gives to those who derive from it. There is no way to change
// or remove a row: a proof that was wrong is answered by a newer one.
import type { Evidence, EvidenceSource } from '../model/evidence.ts'
import type { Page, PageQuery } from '../model/page.ts'

export interface EvidenceQuery extends PageQuery {
  asset?: string | undefined
  measure?: string | undefined
  collector?: string | undefined
  kind?: EvidenceSource | undefined
  supports?: boolean | undefined
  /** Received at or after this time. */
  since?: string | undefined
  /** Received before this time. */
  until?: string | undefined
}

export interface EvidenceRange {
  /** Only what was received at this time or before. */
  until?: string | undefined
  /** Only what belongs to this entry of the log or a later one. */
  fromEntry?: number | undefined
}

export interface EvidenceStore {
  insert(rows: readonly Evidence[]): Promise<void>
  byId(id: string): Promise<Evidence | undefined>
  /** Newest first. */
  list(query: EvidenceQuery): Promise<Page<Evidence>>
  /** All of a range in the order of arrival, some thousands at a time. */
  all(range: EvidenceRange): AsyncIterable<readonly Evidence[]>
}
