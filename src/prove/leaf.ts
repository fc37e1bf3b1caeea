// From what a caller hands over to the exact bytes that the tree covers, in two steps: everything that can be refused
// is refused before the entry joins a commit, so that one bad entry never takes its neighbours down with it.
import { type Json, canonicalJson } from '../lib/canonical-json.ts'
import { Failure } from '../lib/failure.ts'
import type { NewEntry } from '../model/entry.ts'
import { sha256 } from './merkle.ts'

/** Entry bundles of tlog-tiles give each entry a length of two bytes. */
export const MOST_LEAF_BYTES = 65_535
const MOST_DEPTH = 32
const MOST_NAME = 256
const MOST_FIELDS = 16
const MOST_VALUE_BYTES = 16_384
const MOST_ATTACHMENTS = 32
/** Room for what is only known at the commit: index and time. */
const STAMP_BYTES = 64
const COMMITMENT_BYTES = 44
/** So many characters need no counting of bytes: each takes three at most. */
const SURELY_FITS = 21_000

const KIND = /^[a-z][a-z0-9-]{0,31}(?:\.[a-z][a-z0-9-]{0,31}){1,3}$/
const SHA256 = /^[0-9a-f]{64}$/
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const CONTROL = /[\u0000-\u001f\u007f]/

/** An entry that was checked and written down; nothing that happens to the caller's objects changes it any more. */
export interface ReadyEntry {
  readonly kind: string
  readonly actorKind: string
  readonly actorId: string
  readonly subjectKind: string
  readonly subjectId: string
  readonly personal: readonly (readonly [field: string, value: string])[]
  /** Canonical JSON of the members that need neither index, time nor salt. */
  readonly actor: string
  readonly attachments: string
  readonly data: string
  readonly subject: string
}

/** Refuses with `input_invalid` or `too_large` what cannot become a leaf. */
export function prepareEntry(entry: NewEntry): ReadyEntry {
  if (!KIND.test(entry.kind)) throw refused(`"${entry.kind.slice(0, 80)}" is not a kind of entry`, 'write noun.verbed')
  const personal = Object.entries(entry.personal ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1))
  checkPersonal(entry.kind, personal)
  const data = canonicalData(entry)
  const ready: ReadyEntry = {
    kind: entry.kind,
    actorKind: name(entry, 'actor.kind', entry.actor.kind),
    actorId: name(entry, 'actor.id', entry.actor.id),
    subjectKind: name(entry, 'subject.kind', entry.subject.kind),
    subjectId: name(entry, 'subject.id', entry.subject.id),
    personal,
    actor: pairText(entry.actor.id, entry.actor.kind),
    attachments: attachmentsText(entry),
    data,
    subject: pairText(entry.subject.id, entry.subject.kind),
  }
  assertFits(ready)
  return ready
}

function assertFits(ready: ReadyEntry): void {
  const { data, attachments, actor, subject, personal } = ready
  if (personal.length === 0 && data.length + attachments.length + actor.length + subject.length < SURELY_FITS) return
  const unopened = personal.map(([field]) => [field, ''] as const)
  const total = Buffer.byteLength(leafText(ready, 0, '', unopened)) + STAMP_BYTES + personal.length * COMMITMENT_BYTES
  if (total <= MOST_LEAF_BYTES) return
  throw new Failure('too_large', `an entry of kind ${ready.kind} has ${total} bytes; ${MOST_LEAF_BYTES} are the most`, {
    hint: 'store what is large as an attachment and record its hash',
  })
}

/** The members in the order that canonical JSON gives them. */
export function leafText(
  ready: ReadyEntry,
  index: number,
  at: string,
  commitments: readonly (readonly [field: string, commitment: string])[],
): string {
  const personal =
    commitments.length === 0
      ? ''
      : `"personal":{${commitments.map(([field, value]) => `${JSON.stringify(field)}:"${value}"`).join(',')}},`
  return `{"actor":${ready.actor},"at":"${at}",${ready.attachments}"data":${ready.data},"index":${index},"kind":"${ready.kind}",${personal}"subject":${ready.subject},"v":1}`
}

/** SHA-256 of the 16 bytes of salt and the value in UTF-8, in base64. */
export function commitmentTo(salt: Uint8Array, value: string): string {
  return Buffer.from(sha256(Buffer.concat([salt, Buffer.from(value)]))).toString('base64')
}

function checkPersonal(kind: string, personal: readonly (readonly [string, string])[]): void {
  if (personal.length > MOST_FIELDS)
    throw refused(`${kind} has ${personal.length} personal fields`, `${MOST_FIELDS} are the most`)
  for (const [field, value] of personal) {
    if (field.length === 0 || field.length > 64 || CONTROL.test(field) || !field.isWellFormed())
      throw refused(`${kind} has a personal field without a usable name`, 'use 1 to 64 printable characters')
    if (!value.isWellFormed()) throw refused(`personal field ${field} of ${kind} is not valid Unicode`)
    if (Buffer.byteLength(value) > MOST_VALUE_BYTES)
      throw new Failure('too_large', `personal field ${field} of ${kind} exceeds ${MOST_VALUE_BYTES} bytes`)
  }
}

function canonicalData(entry: NewEntry): string {
  if (tooDeep(entry.data, MOST_DEPTH)) throw refused(`the data of ${entry.kind} nests deeper than ${MOST_DEPTH} levels`)
  try {
    return canonicalJson(entry.data)
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause
    throw refused(`the data of ${entry.kind} is not JSON: ${cause.message}`)
  }
}

function tooDeep(value: Json | undefined, left: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (left === 0) return true
  if (Array.isArray(value)) return value.some((item) => tooDeep(item, left - 1))
  for (const key in value) if (tooDeep((value as Record<string, Json>)[key], left - 1)) return true
  return false
}

function attachmentsText(entry: NewEntry): string {
  const attachments = entry.attachments ?? []
  if (attachments.length === 0) return ''
  if (attachments.length > MOST_ATTACHMENTS)
    throw refused(`${entry.kind} has ${attachments.length} attachments`, `${MOST_ATTACHMENTS} are the most`)
  const texts = attachments.map(({ name: title, mediaType, bytes, sha256 }) => {
    if (!SHA256.test(sha256)) throw refused(`an attachment of ${entry.kind} lacks a SHA-256 in lower-case hex`)
    if (!Number.isSafeInteger(bytes) || bytes < 0) throw refused(`an attachment of ${entry.kind} has no valid size`)
    const named = { name: name(entry, 'attachment name', title), mediaType: name(entry, 'media type', mediaType) }
    return canonicalJson({ ...named, bytes, sha256 })
  })
  return `"attachments":[${texts.join(',')}],`
}

const pairText = (id: string, kind: string) => `{"id":${canonicalJson(id)},"kind":${canonicalJson(kind)}}`

function name(entry: NewEntry, what: string, text: string): string {
  if (text.length === 0 || text.length > MOST_NAME || CONTROL.test(text) || !text.isWellFormed())
    throw refused(`${what} of ${entry.kind} is not a usable name`, `use 1 to ${MOST_NAME} printable characters`)
  return text
}

const refused = (message: string, hint?: string) => new Failure('input_invalid', message, { hint })
