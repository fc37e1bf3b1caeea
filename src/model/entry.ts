// One line of the evidence log: who did what to which thing, and what changed. Never edited, never removed.
import type { JsonObject } from '../lib/canonical-json.ts'
import type { Actor } from './actor.ts'

export interface Subject {
  kind: string
  id: string
}

export interface Attachment {
  name: string
  mediaType: string
  bytes: number
  sha256: string
}

/** What a caller hands over. Index, time and commitments are the log's. */
export interface NewEntry {
  /** `<noun>.<past participle>`, as in `account.created`. */
  kind: string
  actor: Pick<Actor, 'kind' | 'id'>
  subject: Subject
  data: JsonObject
  /** Fields that somebody may ask us to erase. The leaf holds salted commitments of them, never the text. */
  personal?: Readonly<Record<string, string>>
  attachments?: readonly Attachment[]
}

/** An entry with the exact bytes that the tree covers. */
export interface EntryRow {
  index: number
  at: string
  kind: string
  actorKind: string
  actorId: string
  subjectKind: string
  subjectId: string
  /** Canonical JSON of the leaf: what is hashed. */
  leaf: string
  leafHash: Uint8Array
}

/** What opens a commitment, until it is erased. */
export interface PersonalRow {
  index: number
  field: string
  salt: Uint8Array
  value: string
}

/** A moment of the log's clock, which never runs backwards, and the index of the entry that will tell of it. */
export interface Stamp {
  at: string
  entry: number
}
