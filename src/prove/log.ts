// The evidence log as the rest of the house sees it: proofs of what was recorded, and checkpoints that bind us to it.
import type { CheckpointRow } from './log-store.ts'

export interface Log {
  /** Name of this log in its checkpoints. */
  readonly origin: string
  /** Signs the tree as it is now, unless nothing came since the last checkpoint. */
  checkpoint(): Promise<CheckpointRow | undefined>
  close(): Promise<void>
}
