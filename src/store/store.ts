// The one store behind every verb's interface. Reads go anywhere; every change goes through `change`, which commits
// what was done together with the log entries that say so, or neither.
import type { AdmitStores } from '../admit/admit-store.ts'
import type { ScanStores } from '../discover/scan-store.ts'
import type { ApprovalStore } from '../enforce/oversight/approval-store.ts'
import type { BudgetStore } from '../enforce/spend/budget-store.ts'
import type { SeriesStore } from '../enforce/series/series-store.ts'
import type { LeaseStore } from '../enforce/spend/lease-store.ts'
import type { SealedTextStore } from '../enforce/sealed-texts.ts'
import type { EnforceStores } from '../enforce/policies/enforce-store.ts'
import type { GovernStores } from '../govern/govern-store.ts'
import type { EntryRow, NewEntry, Stamp } from '../model/entry.ts'
import type { JobStore } from '../model/job.ts'
import type { EvidenceStore } from '../prove/evidence-store.ts'
import type { LogReader, LogWriter } from '../prove/log-store.ts'
import type { RecordStores } from '../record/call-store.ts'
import type { RegisterStore } from '../register/register-store.ts'

export interface AttachmentStore {
  /** Content is addressed by its SHA-256 (hex). Storing the same bytes again changes nothing. */
  put(sha256: string, bytes: Uint8Array): Promise<void>
  get(sha256: string): Promise<Uint8Array | undefined>
  remove(sha256: string): Promise<boolean>
}

export interface Tables extends AdmitStores, EnforceStores, GovernStores, RecordStores, ScanStores {
  register: RegisterStore
  jobs: JobStore
  attachments: AttachmentStore
  evidence: EvidenceStore
  budgets: BudgetStore
  leases: LeaseStore
  inputSeries: SeriesStore
  approvals: ApprovalStore
  sealedTexts: SealedTextStore
}

export interface Change extends Tables {
  log: LogWriter & LogReader
  /** Goes into the log in the order of the calls when the change commits. */
  record(entry: NewEntry): void
  /**
   * When this change counts as known, and the index that the next recorded entry will have. Over all replicas such
   * times never run backwards in the order of the commits, because the log is held from here to the end: call it late.
   */
  stamp(): Promise<Stamp>
}

export interface Reads extends Tables {
  log: LogReader
}

/** The tables as they are at one moment. */
export interface Snapshot {
  rows(table: string, columns: readonly string[]): AsyncIterable<readonly unknown[]>
  /** Bytes of an attachment; undefined where it was removed since. */
  attachment(sha256: string): Promise<Uint8Array | undefined>
}

export interface Store {
  readonly kind: 'sqlite' | 'postgres'
  readonly read: Reads
  /**
   * Invariant: durable when the promise resolves, gone without a trace when it rejects.
   * Refuses with `storage_full` or `storage_read_only` where the disk does; reads go on.
   */
  change<T>(work: (tx: Change) => Promise<T>): Promise<T>
  /** Records entries that belong to no other change. Concurrent calls share one commit. Resolves with their indexes. */
  append(entries: readonly NewEntry[]): Promise<number[]>
  /**
   * Now, or this later moment, as one that is over: every change that this process stamped until then is durable or gone,
   * and it will stamp none so early any more. What is read afterwards is what a replay of that moment finds.
   */
  closeMoment(least?: string): Promise<string>
  /** Called after each commit that recorded something, on every replica. Returns how to stop. */
  onRecorded(listener: (rows: readonly EntryRow[]) => void): () => void
  /** After words of people were taken away: leaves no copy of them in the engine's files, as far as the engine can. */
  forget(): Promise<void>
  /** Shows all tables as they are now, for as long as the work takes: what a backup reads. Changes go on meanwhile. */
  snapshot<T>(work: (view: Snapshot) => Promise<T>): Promise<T>
  /** Whether changes can be made now, and why not. */
  health(): Promise<{ writable: boolean; reason?: string }>
  close(): Promise<void>
}
