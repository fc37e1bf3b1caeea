// The evidence log as the rest of the house sees it: proofs of what was recorded, and checkpoints that bind us to it.
import type { Actor } from '../model/actor.ts'
import type { AuditResult } from './audit.ts'
import type { CheckpointRow, EntryQuery } from './log-store.ts'
import type { Report } from './report.ts'

/** That the entry at `index` is in the tree of `size` entries. */
export interface Inclusion {
  index: number
  size: number
  leafHash: Uint8Array
  root: Uint8Array
  path: readonly Uint8Array[]
}

/** That the tree of `to` entries begins with the tree of `from` entries. */
export interface Consistency {
  from: number
  to: number
  path: readonly Uint8Array[]
}

/** How one place outside the house is doing. */
export interface PublisherState {
  id: string
  kind: string
  /** Size of the last tree that arrived there; undefined when none did since the start. */
  size: number | undefined
  at: string | undefined
  /** Why the last try failed. */
  error: string | undefined
}

/** What somebody who owns this machine could still rewrite unseen. */
export interface Exposure {
  /** Entries that no checkpoint outside the house covers. */
  entries: number
  /** Time of the oldest of them. */
  since: string | undefined
  publishers: readonly PublisherState[]
}

export interface Log {
  /** Name of this log in its checkpoints. */
  readonly origin: string
  /** The key that signs now, as a C2SP verifier key. */
  readonly verifierKey: string
  /** Every key that ever signed, oldest first. */
  readonly verifierKeys: readonly string[]
  /** Signs the tree as it is now, unless nothing came since the last checkpoint. */
  checkpoint(): Promise<CheckpointRow | undefined>
  head(): Promise<{ size: number; root: Uint8Array; lastAt: string }>
  /** In the tree of the latest checkpoint that covers it, unless another size is asked for. */
  inclusion(index: number, size?: number): Promise<Inclusion>
  consistency(from: number, to: number): Promise<Consistency>
  /** The proof of one entry as a `.tlog-proof` file, its leaf in the extra line. Seals first where it must. */
  proof(index: number): Promise<{ inclusion: Inclusion; text: string }>
  exposure(): Promise<Exposure>
  /** Makes a new key and hands over to it. Returns its verifier key. */
  rotate(actor: Pick<Actor, 'kind' | 'id'>): Promise<string>
  /** Deletes what opens the personal fields of entries, and records that it did. Returns how many fields went. */
  erase(indexes: readonly number[], reason: string, actor: Pick<Actor, 'kind' | 'id'>): Promise<number>
  /** The same for every entry about a subject. */
  eraseSubject(
    subject: { kind: string; id: string },
    reason: string,
    actor: Pick<Actor, 'kind' | 'id'>,
  ): Promise<number>
  report(selection: ReportSelection): Promise<Report>
  audit(outside?: readonly string[]): Promise<AuditResult>
  /** `checkpoint`, `tile/…` or `tile/entries/…` as C2SP tlog-tiles names them; undefined for what is not there. */
  file(path: string): Promise<Uint8Array | undefined>
  close(): Promise<void>
}

export interface ReportSelection extends Omit<EntryQuery, 'limit' | 'cursor' | 'order'> {
  indexes?: readonly number[] | undefined
  /** Size of an older checkpoint that the report must be shown to extend. */
  extendsSize?: number | undefined
  personal?: boolean | undefined
  attachments?: boolean | undefined
}
