// What the evidence log needs of a store. SQLite and PostgreSQL implement it; one contract suite runs on both.
import type { EntryRow, NewEntry, PersonalRow } from '../model/entry.ts'
import type { Page, PageQuery } from '../model/page.ts'

export interface LogState {
  size: number
  /** Roots of the perfect subtrees, largest first: all that appending needs to know of the past. */
  frontier: readonly Uint8Array[]
  /** Time of the last entry; the log's clock never runs backwards. '' for an empty log. */
  lastAt: string
  /** Log time at which the log last recorded that the wall clock was behind it; '' when it never was. */
  clockNoticeAt: string
}

/** The root of a full subtree of 256^level leaves, level ≥ 1. Leaves themselves are in the entries. */
export interface NodeRow {
  level: number
  index: number
  hash: Uint8Array
}

export interface CheckpointRow {
  size: number
  root: Uint8Array
  at: string
  /** The signed note, as published. */
  note: string
}

export interface LogBatch {
  rows: readonly EntryRow[]
  personal: readonly PersonalRow[]
  nodes: readonly NodeRow[]
  state: LogState
}

/** Inside one transaction. */
export interface LogWriter {
  /** Reads the state and holds the log until the transaction ends: one appender at a time, over all replicas. */
  lock(): Promise<LogState>
  append(batch: LogBatch): Promise<void>
  /** Refuses with `conflict` when a checkpoint of this size with another root exists. */
  saveCheckpoint(row: CheckpointRow): Promise<void>
  /** Deletes salt and value of these entries' personal fields; the tree stays valid. Returns how many were erased. */
  erasePersonal(indexes: readonly number[]): Promise<number>
}

export interface EntryQuery extends PageQuery {
  kind?: string | undefined
  actorId?: string | undefined
  subjectKind?: string | undefined
  subjectId?: string | undefined
  since?: string | undefined
  until?: string | undefined
  /** Newest first unless told otherwise. */
  order?: 'newest' | 'oldest' | undefined
}

export interface LogReader {
  state(): Promise<LogState>
  /** Rows from ≤ index < to, in order; at most 10,000 at once. */
  rows(from: number, to: number): Promise<EntryRow[]>
  search(query: EntryQuery): Promise<Page<EntryRow>>
  /** Level 0: leaf hashes; level n: roots of full subtrees of 256^n leaves. At most 256 at once. */
  hashes(level: number, from: number, to: number): Promise<Uint8Array[]>
  personal(index: number): Promise<PersonalRow[]>
  latestCheckpoint(): Promise<CheckpointRow | undefined>
  /** The smallest checkpoint that covers `size` entries. */
  checkpointCovering(size: number): Promise<CheckpointRow | undefined>
  checkpoints(query: PageQuery): Promise<Page<CheckpointRow>>
}

/** As much of the store as the log needs beyond its own tables. */
export interface LogHome {
  readonly read: {
    readonly log: LogReader
    readonly attachments: { get(sha256: string): Promise<Uint8Array | undefined> }
  }
  change<T>(
    work: (tx: { readonly log: LogWriter & LogReader; record(entry: NewEntry): void }) => Promise<T>,
  ): Promise<T>
  onRecorded(listener: (rows: readonly EntryRow[]) => void): () => void
}
