// What an engine gives the store: reading, one transaction at a time or a few, and news of what others committed.
import type { Blobs } from '../tables/attachments.ts'
import type { Exclusive } from '../migrate.ts'
import type { Runner } from '../runner.ts'
import type { Snapshot } from '../store.ts'

export interface Backend {
  readonly kind: 'sqlite' | 'postgres'
  /** Never writes. */
  readonly reader: Runner
  /** Where attachments are, if not in the database. */
  readonly blobs: (Blobs & { remove(sha256: string): Promise<void> }) | undefined
  /** How many changes run at the same time. */
  readonly width: number
  /** Commits what `work` did, or nothing. May run `work` again where the engine asks for it. */
  transaction<T>(work: (runner: Runner) => Promise<T>): Promise<T>
  readonly exclusive: Exclusive
  /** Inside a change that appended to the log: tells the other replicas once it is committed. */
  announce(runner: Runner): Promise<void>
  /** Calls back when another replica may have appended to the log. */
  onNews(listener: () => void): void
  /** Shows all tables as they are at one moment, for as long as the work takes. Changes go on meanwhile. */
  snapshot<T>(work: (view: Snapshot) => Promise<T>): Promise<T>
  /** After personal text was deleted: makes sure that no copy stays in the engine's files. */
  afterErase(): Promise<void>
  close(): Promise<void>
}

/** How long a change may take. It holds up others, so one that hangs is given up. */
export const CHANGE_MS = 30_000
