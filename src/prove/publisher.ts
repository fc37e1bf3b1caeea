// A place outside the house that keeps our checkpoints, so that who owns this machine cannot rewrite what they cover.
import type { KeyChain } from './chain.ts'
import type { CheckpointRow, LogReader } from './log-store.ts'

export interface PublishSource {
  readonly chain: KeyChain
  readonly reader: LogReader
  consistency(from: number, to: number): Promise<Uint8Array[]>
}

export interface Published {
  /** Size of the newest tree that the place holds now. */
  size: number
  /** Signature lines that the place added. */
  signatures?: readonly string[]
}

export interface Publisher {
  readonly id: string
  readonly kind: 'file' | 'witness' | 'git'
  /**
   * Brings the place up to a checkpoint. Must bear being called again with the same one. Refuses with `log_damaged`
   * when the place holds a history that this one does not continue.
   */
  publish(checkpoint: CheckpointRow, source: PublishSource, signal: AbortSignal): Promise<Published>
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
