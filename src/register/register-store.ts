// What the register needs of a store, and what it offers to those who derive from it: assets and claims as they are, and
// as they were at any past moment.
import type { Asset, AssetKind, AssetSource, DataClass, Environment, Exposure, Link } from '../model/asset.ts'
import type { NewEntry, Stamp } from '../model/entry.ts'
import type { Fact } from '../model/fact.ts'
import type { Page, PageQuery } from '../model/page.ts'

export interface AssetFilter {
  kind?: AssetKind | undefined
  /** Owner in any of the three roles, without case. */
  owner?: string | undefined
  source?: AssetSource | undefined
  exposure?: Exposure | undefined
  environment?: Environment | undefined
  dataClass?: DataClass | undefined
  /** Words that its id or name must contain, without case. */
  text?: string | undefined
  tag?: string | undefined
  /** The declaration that owns it. */
  declaredBy?: string | undefined
  sanctioned?: boolean | undefined
  /** True: one of the three owners is missing. */
  unowned?: boolean | undefined
  /** True: only those that left the register; otherwise only those that are in it. */
  retired?: boolean | undefined
}

export const PROBLEMS = [
  'no-owners',
  'unsanctioned',
  'not-confirmed',
  'conflicting-facts',
  'not-seen',
  'dangling',
] as const
export type Problem = (typeof PROBLEMS)[number]

export interface ProblemQuery extends PageQuery {
  problem?: Problem | undefined
  /** Discovered and observed assets that were last seen before this count as not seen. */
  seenBefore: string
}

/** A link as it stands in the register, from the asset that holds it. */
export interface HeldLink extends Link {
  from: string
}

export interface RecordedFact extends Fact {
  /** Index of the log's entry that tells of it; of one source and collector the latest counts. */
  entry: number
}

export interface RegisterStore {
  /** Retired ones too. */
  asset(id: string): Promise<Asset | undefined>
  assetsById(ids: readonly string[]): Promise<Asset[]>
  /** In the order of their ids. */
  list(query: PageQuery & AssetFilter): Promise<Page<Asset>>
  /** Everything that is in the register now, or was at a past moment. */
  assets(at?: string): Promise<Asset[]>
  /** In the register and owned by this declaration; without a name, declared by hand. */
  declaredBy(source: string | undefined): Promise<Asset[]>
  /** Names of the declarations that own something. */
  declarations(): Promise<string[]>
  /** Revisions of an asset, newest first. */
  history(id: string, query: PageQuery): Promise<Page<Asset>>
  revision(id: string, revision: number): Promise<Asset | undefined>
  /** Links of assets in the register that lead to this one. */
  linksTo(id: string, limit: number): Promise<HeldLink[]>

  /** The newest claim of each source and collector, oldest first; withdrawn ones left out. */
  claims(assets: readonly string[]): Promise<Fact[]>
  allClaims(at?: string): Promise<Fact[]>
  /** Every claim ever made about an asset, newest first. */
  claimHistory(asset: string, query: PageQuery & { key?: string | undefined }): Promise<Page<Fact>>

  /** Assets of the register that may have a problem, in the order of their ids. */
  problems(query: ProblemQuery): Promise<Page<Asset>>

  /** Appends these revisions and makes them the present ones. */
  save(assets: readonly Asset[]): Promise<void>
  seen(id: string, at: string): Promise<void>
  addFacts(facts: readonly RecordedFact[]): Promise<void>
  /** Which facts sources disagree about, by asset; kept so that they are found without reading every claim. */
  setContested(assets: ReadonlyMap<string, readonly string[]>): Promise<void>
}

export interface RegisterChange {
  readonly register: RegisterStore
  record(entry: NewEntry): void
  stamp(): Promise<Stamp>
}

/** The part of the store that the register sees. */
export interface RegisterHost {
  readonly read: { readonly register: RegisterStore }
  change<T>(work: (tx: RegisterChange) => Promise<T>): Promise<T>
}
