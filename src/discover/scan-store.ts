// What scans need of a store: where is looked, each look, the things that wait for somebody, and the findings.
import type { DiscoveredKind } from '../model/discovered.ts'
import type { Discovery, DiscoveryState, FindingState, ScanFinding } from '../model/discovery.ts'
import type { Severity } from '../model/finding.ts'
import type { Page, PageQuery } from '../model/page.ts'
import type { Scan, ScanSource, ScanSourceKind, ScanState } from '../model/scan.ts'

export interface ScanSourceStore {
  insert(source: ScanSource): Promise<void>
  update(source: ScanSource): Promise<void>
  byId(id: string): Promise<ScanSource | undefined>
  byName(name: string): Promise<ScanSource | undefined>
  list(
    query: PageQuery & { kind?: ScanSourceKind | undefined; system?: string | undefined; open?: boolean | undefined },
  ): Promise<Page<ScanSource>>
  /** Open ones whose time has come. */
  due(now: string, limit: number): Promise<ScanSource[]>
}

export interface ScanStore {
  insert(scan: Scan): Promise<void>
  update(scan: Scan): Promise<void>
  byId(id: string): Promise<Scan | undefined>
  /** Newest first. */
  list(query: PageQuery & { source?: string | undefined; state?: ScanState | undefined }): Promise<Page<Scan>>
  /** The newest that came to an end with a result. */
  lastDone(source: string): Promise<Scan | undefined>
  /** Takes away scans with smaller ids that a later one has taken the place of; gives what it took. */
  sweep(before: string, limit: number): Promise<Scan[]>
}

export interface DiscoveryFilter {
  state?: DiscoveryState | undefined
  kind?: DiscoveredKind | undefined
  source?: string | undefined
  system?: string | undefined
  asset?: string | undefined
  /** Words that the name contains, without case. */
  text?: string | undefined
  /** True: only those that are gone; false: only those that are still there. */
  gone?: boolean | undefined
  /** What was set aside until before then waits again. */
  now: string
}

export interface DiscoveryStore {
  byId(id: string): Promise<Discovery | undefined>
  byIds(ids: readonly string[]): Promise<Discovery[]>
  /** By kind, then by name. */
  list(query: PageQuery & DiscoveryFilter): Promise<Page<Discovery>>
  count(filter: DiscoveryFilter): Promise<number>
  ofSource(source: string): Promise<Discovery[]>
  countOf(source: string): Promise<number>
  /** Puts them in place of what had their ids. */
  save(discoveries: readonly Discovery[]): Promise<void>
  /** Takes away what has been gone since before then. */
  sweep(goneBefore: string, limit: number): Promise<number>
}

export interface FindingFilter {
  state?: FindingState | undefined
  severity?: Severity | undefined
  rule?: string | undefined
  source?: string | undefined
  system?: string | undefined
  /** A suppression that ended before then counts no more. */
  now: string
}

export interface ScanFindingStore {
  byId(id: string): Promise<ScanFinding | undefined>
  /** The gravest first. */
  list(query: PageQuery & FindingFilter): Promise<Page<ScanFinding>>
  count(filter: FindingFilter): Promise<number>
  ofSource(source: string): Promise<ScanFinding[]>
  save(findings: readonly ScanFinding[]): Promise<void>
  /** Takes away what has been gone since before then. */
  sweep(goneBefore: string, limit: number): Promise<number>
}

export interface ScanStores {
  scanSources: ScanSourceStore
  scans: ScanStore
  discoveries: DiscoveryStore
  scanFindings: ScanFindingStore
}
