// Where AI is looked for, and each time that it was. A source stays the same over many scans, so that what is found can be
// compared with what was found before; what a scan found as a whole is an attachment that the log names by its hash.
import type { ArtefactFileReport } from './artefact.ts'
import type { Bom } from './bom.ts'
import type { Discovered } from './discovered.ts'

/** How a source is come by: cloned, sent to us, on our own disk, scanned elsewhere; or logs of traffic, or a BOM of somebody else's. */
export const SCAN_SOURCE_KINDS = ['git', 'upload', 'path', 'submitted', 'traffic', 'bom'] as const
export type ScanSourceKind = (typeof SCAN_SOURCE_KINDS)[number]

/** What the model files of a source must be. Public parts only: nothing of it is a secret. */
export interface ScanGates {
  /** Public keys of signers, in PEM. */
  keys?: string[]
  /** Root certificates of signers, in PEM. */
  certificates?: string
  /** A signer by identity, and the root of sigstore that vouches for it, held against offline. */
  sigstore?: { trustedRoot: string; identity: string; issuer: string }
  /** SHA-256 of files by their names below the folder, as `sha256sum` writes them or as JSON. */
  hashes?: string
  /** The commit that the source must be at. */
  revision?: string
}

export interface ScanSource {
  id: string
  name: string
  kind: ScanSourceKind
  /** The system of the register that it is a part of. */
  system?: string
  /** Of git: where it is cloned from; never with a credential in it. */
  url?: string
  ref?: string
  /** Of git: the name of the token in the configuration; never the token. */
  token?: string
  /** Of a path: below one of the configured roots. */
  path?: string
  everyHours?: number
  gates?: ScanGates
  nextAt?: string
  createdBy: string
  createdAt: string
  /** Ended: it is scanned no more. */
  closedAt?: string
}

export const SCAN_STATES = ['waiting', 'running', 'done', 'failed', 'cancelled'] as const
export type ScanState = (typeof SCAN_STATES)[number]

export interface Change {
  new: number
  gone: number
  changed: number
}

/** What came of a scan, in numbers. */
export interface ScanSummary {
  files: number
  bytes: number
  /** Things by kind. */
  things: Record<string, number>
  /** Findings that are open, by severity. */
  findings: Record<string, number>
  modelFiles: { benign: number; suspicious: number; malicious: number }
  /** Files that were not looked at. What is missing here was seen whole. */
  missed: number
  /** Against the scan before. */
  discovered: Change
  found: Change
}

export interface Scan {
  id: string
  source: string
  state: ScanState
  job?: string
  createdBy: string
  createdAt: string
  startedAt?: string
  endedAt?: string
  commit?: string
  summary?: ScanSummary
  /** Until it is over: SHA-256 of the attachment that holds what was uploaded. */
  upload?: string
  /** SHA-256 of the attachment that holds all of it. */
  result?: string
  error?: string
}

/** Somebody, by user or address, who spoke with a service of AI through a host. */
export interface TrafficUse {
  provider: string
  who: string
  department: string | undefined
  host: string
  seen: 'dns' | 'sni' | 'http' | 'address'
  calls: number
  blocked: number
  sent: number | undefined
  received: number | undefined
  first: number | undefined
  last: number | undefined
}

export interface TrafficSeen {
  uses: TrafficUse[]
  logs: { file: string; format: string | undefined; lines: number; unread: number }[]
  dropped: number
}

/** All that a scan found: what is kept of it, and what is submitted where it was made elsewhere. */
export interface ScanResult {
  discovered: Discovered
  modelFiles: ArtefactFileReport[]
  /** Whose a file is, by its name. */
  owners: Record<string, ProposedOwner>
  /** Of logs of traffic. */
  traffic?: TrafficSeen
  /** Of a BOM that was handed in: all that it says. */
  bom?: Bom
}

export const OWNER_GROUNDS = ['code-owner', 'committer', 'system-owner'] as const

/** Somebody who may answer for it, and why he is thought to. */
export interface ProposedOwner {
  who: string
  why: (typeof OWNER_GROUNDS)[number]
}
