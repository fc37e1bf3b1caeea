// What decisions need of a store: the newest revision of each, every earlier one, and all of them as of a past moment.
import type { JsonObject } from '../lib/canonical-json.ts'
import type { Actor } from '../model/actor.ts'
import type { About, DecisionNoun } from '../model/decision.ts'
import type { NewEntry, Stamp } from '../model/entry.ts'
import type { Evidence } from '../model/evidence.ts'
import type { Page, PageQuery } from '../model/page.ts'

export interface DecisionRow extends About {
  id: string
  noun: DecisionNoun
  state: string
  /** When time alone changes its standing; absent where it does not. */
  until?: string | undefined
  revision: number
  recordedAt: string
  body: JsonObject
}

export interface DecisionFilter {
  noun: DecisionNoun
  system?: string | undefined
  /** Of any of these; a few hundred at most. */
  systems?: readonly string[] | undefined
  subject?: string | undefined
  states?: readonly string[] | undefined
}

export interface DecisionStore {
  /** Inside a change its row is locked. */
  byId(noun: DecisionNoun, id: string): Promise<DecisionRow | undefined>
  /** Newest first. */
  list(query: PageQuery & DecisionFilter): Promise<Page<DecisionRow>>
  /** In the order in which they were first made: as they are, or as they were at a past moment. */
  all(filter: DecisionFilter, at?: string): Promise<DecisionRow[]>
  /** Revisions of one decision, newest first. */
  history(id: string, query: PageQuery): Promise<Page<DecisionRow>>
  /** Appends a revision and makes it the present one. Refuses with `conflict` when that revision is taken. */
  save(row: DecisionRow, entry: number): Promise<void>
}

/** A link by which somebody without account answers. */
export interface AssuranceLink {
  /** SHA-256 of the secret, hex. */
  id: string
  assurance: string
  expiresAt: string
}

export interface AssuranceLinkStore {
  /** The only one of its request: any earlier link stops working. */
  put(link: AssuranceLink): Promise<void>
  byId(id: string): Promise<AssuranceLink | undefined>
  removeOf(assurance: string): Promise<void>
  sweep(expiredBefore: string, limit: number): Promise<number>
}

export interface GovernStores {
  decisions: DecisionStore
  assuranceLinks: AssuranceLinkStore
}

/** Evidence as a decision gives it; the rest is set where it is taken in. */
export type Proof = Omit<Evidence, 'id' | 'receivedAt' | 'entry'>

export interface GovernChange extends GovernStores {
  record(entry: NewEntry): void
  stamp(): Promise<Stamp>
  /** Takes evidence in together with the decision that it rests on. Returns its ids. */
  prove(rows: readonly Proof[], actor: Actor): Promise<string[]>
}

/** The part of the store that decisions see. */
export interface GovernHost {
  readonly read: GovernStores
  change<T>(work: (tx: GovernChange) => Promise<T>): Promise<T>
}
