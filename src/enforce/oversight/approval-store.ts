// What approvals need of a store.
import type { Approval, ApprovalState } from '../../model/approval.ts'
import type { NewEntry } from '../../model/entry.ts'
import type { Page, PageQuery } from '../../model/page.ts'

export interface ApprovalStore {
  insert(approval: Approval): Promise<void>
  /** In a change nobody else changes it until the change is over. */
  byId(id: string): Promise<Approval | undefined>
  /** What steps change: state, approvals, end, and what is kept of it. */
  save(approval: Approval): Promise<void>
  /** Newest first. */
  list(query: PageQuery & { state?: ApprovalState | undefined }): Promise<Page<Approval>>
  /** Those that ended since then, the last first. */
  ended(since: string, limit: number): Promise<Approval[]>
  /** Says that the process which holds these lives at least until then. */
  renew(ids: readonly string[], aliveUntil: string): Promise<void>
  /** Those that wait although whoever held them was last known to live before this time. */
  orphans(before: string, limit: number): Promise<string[]>
  /** Forgets what waited, of approvals that ended before. */
  empty(before: string, limit: number): Promise<number>
  /** Drops those that ended before. */
  sweep(before: string, limit: number): Promise<number>
}

export interface ApprovalChange {
  approvals: ApprovalStore
  record(entry: NewEntry): void
}

/** The part of the store that approvals see. */
export interface ApprovalHouse {
  readonly read: { approvals: ApprovalStore }
  change<T>(work: (tx: ApprovalChange) => Promise<T>): Promise<T>
}
