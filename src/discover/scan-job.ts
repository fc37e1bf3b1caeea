// What passes between the house and the thread that scans: plain data, both ways.
import type { Discovered, DiscoveredRoot, NotScanned } from '../model/discovered.ts'
import type { DiscoverLimits } from './limits.ts'

export interface ScanJob {
  roots: readonly DiscoveredRoot[]
  limits: DiscoverLimits
  now: Date
  /** When reading ends, in milliseconds of the clock on the wall. */
  until: number
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
  /** Milliseconds that slow files took in threads before this one. */
  spent: number
  /** It was too much to judge once: large files are left out. */
  lean: boolean
  memory: SharedArrayBuffer
}

export type ScanReply =
  | { kind: 'progress'; files: number; of: number }
  /** A file is named like a model: the walk has met it, and nobody need walk again to know. */
  | { kind: 'models' }
  | { kind: 'kept'; files: Uint8Array<ArrayBuffer> }
  /** A file that took too long to be tried again, though the thread got over it. */
  | { kind: 'missed'; missed: NotScanned }
  | { kind: 'done'; found: Discovered }
