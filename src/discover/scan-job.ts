// What passes between the house and the thread that scans: plain data, both ways.
import type { Discovered, DiscoveredRoot, NotScanned } from '../model/discovered.ts'
import type { DiscoverLimits } from './limits.ts'

export interface ScanJob {
  roots: readonly DiscoveredRoot[]
  limits: DiscoverLimits
  now: Date
}

export interface ScanSetup {
  job: ScanJob
  /** Files that ended a thread before this one. */
  broken: readonly NotScanned[]
  /** What threads before this one had read. */
  kept: readonly Uint8Array[]
  /** Hands over what was read, so that the next thread need not read it again. */
  careful: boolean
  /** The thread is asked again, so it keeps what it read. */
  stays: boolean
  memory: SharedArrayBuffer
}

export type ScanReply =
  | { kind: 'progress'; files: number; of: number }
  /** A file is named like a model: the walk has met it, and nobody need walk again to know. */
  | { kind: 'models' }
  | { kind: 'kept'; files: Uint8Array<ArrayBuffer> }
  | { kind: 'done'; found: Discovered }
