// What the record of calls needs of a store: rows that are only appended, in segments whose roots enter the log; what can
// be told of many calls at once; and texts of calls, sealed, which alone may be taken away again.
import type { Outcome } from '../model/exchange.ts'
import type { NewEntry, Stamp } from '../model/entry.ts'
import type { Page, PageQuery } from '../model/page.ts'

/** One call as it is kept. Its columns repeat what the leaf says, for those who look for it. */
export interface CallRow {
  id: string
  keyId: string | undefined
  asset: string | undefined
  agent: string | undefined
  route: string | undefined
  model: string | undefined
  outcome: Outcome
  status: number
  segment: string
  position: number
  /** JSON of the exchange: the bytes that the segment's tree covers. */
  leaf: string
}

/** A row with the words it is found by beside its columns, as in `code:blocked`. */
export interface NewCall extends CallRow {
  marks: readonly string[]
  /** The row of this id that is there already gives way. */
  replaces: boolean
}

export interface CallBatch {
  segment: string
  openedAt: string
  at: string
  /** Position of the first of these in the segment. */
  first: number
  calls: readonly NewCall[]
  /** Hashes of their leaves, one behind the other. */
  hashes: Uint8Array
  /** Calls that could not be kept since the batch before. */
  lost: number
}

export interface Segment {
  id: string
  openedAt: string
  /** Of its last batch. */
  touchedAt: string
  calls: number
  lost: number
  root: Uint8Array | undefined
  /** Its leaf in the log; undefined until it is sealed. */
  entry: number | undefined
}

export interface CallQuery extends PageQuery {
  /** Begun at or after this time. */
  since?: string | undefined
  /** Begun before this time. */
  until?: string | undefined
  keyId?: string | undefined
  asset?: string | undefined
  agent?: string | undefined
  route?: string | undefined
  model?: string | undefined
  outcome?: Outcome | undefined
  status?: number | undefined
  /** All of these. */
  marks?: readonly string[] | undefined
}

export interface CallStore {
  /** False when the segment is sealed already: then nothing was kept. */
  append(batch: CallBatch): Promise<boolean>
  byId(id: string): Promise<CallRow | undefined>
  /** Newest first. A page may be short and still have a next one, because a page looks at so many rows at most. */
  list(query: CallQuery): Promise<Page<CallRow>>
  /** In the order in which they began, some hundreds at a time. */
  all(range: Pick<CallQuery, 'since' | 'until' | 'route' | 'asset'>): AsyncIterable<readonly CallRow[]>
  /** Of calls that began within. */
  count(range: { since: string; until: string }): Promise<number>
  segment(id: string): Promise<Segment | undefined>
  /** Not sealed, and without a batch since this time; oldest first. */
  unsealed(touchedBefore: string, limit: number): Promise<Segment[]>
  /** Hashes of all leaves of a segment in their order. */
  hashes(segment: string): Promise<Uint8Array[]>
  /** False when somebody else sealed it. */
  seal(id: string, root: Uint8Array, entry: number): Promise<boolean>
  /** Removes calls that began before this time, and segments that were done by then. */
  sweep(before: string, limit: number): Promise<number>
}

/** What many calls amount to. */
export interface Tally {
  calls: number
  /** Stopped by a guard. */
  blocked: number
  /** Neither answered nor blocked. */
  failed: number
  inputTokens: number
  outputTokens: number
  /** Billionths of a dollar: what one call costs may be less than a millionth. */
  costNanos: number
}

/** Of one UTC day. What a call had none of is the empty text. */
export interface UsageKey {
  day: string
  asset: string
  agent: string
  keyId: string
  route: string
  model: string
}

export const USAGE_GROUPS = ['day', 'asset', 'agent', 'keyId', 'route', 'model'] as const
export type UsageGroup = (typeof USAGE_GROUPS)[number]

export interface UsageQuery extends PageQuery {
  /** First and last day, as in 2026-05-01. */
  from: string
  to: string
  by: readonly UsageGroup[]
  /** What cost most comes first: of two that cost the same, the one of more tokens in, then out, then of more calls. */
  mostFirst?: boolean | undefined
  asset?: string | undefined
  agent?: string | undefined
  keyId?: string | undefined
  route?: string | undefined
  model?: string | undefined
}

export interface UsageStore {
  add(rows: readonly (UsageKey & Tally)[]): Promise<void>
  /** In the order of what it is grouped by, unless what cost most is to come first. */
  sums(query: UsageQuery): Promise<Page<Partial<UsageKey> & Tally>>
  /** Drops what is known of these days. */
  clear(from: string, to: string): Promise<void>
  sweep(before: string, limit: number): Promise<number>
}

/** What a guard that watches use raises an alert for. */
export const MISUSE_KINDS = ['stopped-often', 'refused-often', 'sudden-use', 'unusual-hour'] as const
export const SIGHTING_KINDS = [
  'unknown-model',
  'unknown-key',
  'ended-key',
  'key-without-system',
  'unguarded-session',
  ...MISUSE_KINDS,
] as const
export type SightingKind = (typeof SIGHTING_KINDS)[number]

/** Traffic that no system accounts for, or that looks like misuse: one row for each thing that was seen, however often. */
export interface Sighting {
  kind: SightingKind
  /** What was seen: the name of a model, an address, the id of a key. */
  subject: string
  firstSeen: string
  lastSeen: string
  count: number
  lastCall: string
  /** Who was seen with it last, where that is known. */
  keyId: string | undefined
  asset: string | undefined
  client: string | undefined
}

export interface SightingStore {
  /** Adds to what is known. Tells which are new. */
  add(rows: readonly Sighting[], mostOfAKind: number): Promise<Sighting[]>
  /** Last seen first. */
  list(query: PageQuery & { kind?: SightingKind | undefined; since?: string | undefined }): Promise<Page<Sighting>>
  sweep(seenBefore: string, limit: number): Promise<number>
}

/** The words of a call, sealed. */
export interface CallContent {
  id: string
  /** What was kept of them. */
  kept: 'redacted' | 'full'
  sealed: string
}

export interface ContentStore {
  put(rows: readonly CallContent[]): Promise<void>
  byId(id: string): Promise<CallContent | undefined>
  byIds(ids: readonly string[]): Promise<CallContent[]>
  remove(id: string): Promise<boolean>
  /** Of calls that began before this time. */
  sweep(before: string, limit: number): Promise<number>
}

export interface RecordStores {
  calls: CallStore
  usage: UsageStore
  sightings: SightingStore
  contents: ContentStore
}

/** As much of a change as the record needs. */
export interface RecordChange extends RecordStores {
  stamp(): Promise<Stamp>
  record(entry: NewEntry): void
}

export interface RecordHome {
  read: RecordStores
  change<T>(work: (tx: RecordChange) => Promise<T>): Promise<T>
}
