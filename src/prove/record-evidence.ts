// Takes evidence in. All rows of a call become one entry of the log: a single row stands in the leaf itself, several are
// written as lines of canonical JSON into an attachment whose hash the leaf carries. Either way a report on that entry
// holds the row, and the verifier needs nothing new to check it.
import { createHash } from 'node:crypto'
import type { Catalog } from '../catalog/catalog.ts'
import { type Json, type JsonObject, canonicalJson } from '../lib/canonical-json.ts'
import { Failure, type Issue } from '../lib/failure.ts'
import { newId } from '../lib/id.ts'
import type { Actor } from '../model/actor.ts'
import type { Attachment, NewEntry, Stamp } from '../model/entry.ts'
import type { Evidence } from '../model/evidence.ts'
import type { EvidenceStore } from './evidence-store.ts'
import { issuesOf, type NewEvidence } from './new-evidence.ts'

export const MOST_ROWS_AT_ONCE = 5000
const MOST_BYTES_IN_LEAF = 16_384
const MOST_ISSUES = 20

/** A document that a row rests on. */
export interface Document {
  name: string
  mediaType: string
  bytes: Uint8Array
}

export interface Intake {
  catalog: Catalog
  now: () => Date
}

/** As much of a change as the intake needs. */
export interface EvidenceChange {
  readonly evidence: EvidenceStore
  readonly attachments: { put(sha256: string, bytes: Uint8Array): Promise<void> }
  /** What the register knows of these assets; absent: nothing. */
  assetStates(ids: readonly string[]): Promise<ReadonlyMap<string, 'active' | 'retired'>>
  stamp(): Promise<Stamp>
  record(entry: NewEntry): void
}

/** Refuses all rows when one cannot be believed, and says which and why. */
export async function recordEvidence(
  { catalog, now }: Intake,
  tx: EvidenceChange,
  given: readonly NewEvidence[],
  actor: Actor,
  document?: Document,
): Promise<Evidence[]> {
  const rows = given.map(inUtc)
  const [first] = rows
  if (!first) throw new Failure('input_invalid', 'there is no row of evidence', { hint: 'send at least one' })
  if (rows.length > MOST_ROWS_AT_ONCE)
    throw new Failure('too_large', `${rows.length} rows are more than the ${MOST_ROWS_AT_ONCE} of one batch`, {
      hint: 'send several batches',
    })
  const assets = await tx.assetStates([...new Set(rows.map(({ asset }) => asset))])
  refuse(rows.map((row) => issuesOf(row, catalog, assets, now())))
  const attached = document && (await attach(tx, document))
  const { at, entry } = await tx.stamp()
  const time = new Date(at)
  const hash = attached ? { sha256: attached.sha256 } : {}
  const taken: Evidence[] = []
  for (const row of rows) taken.push({ ...row, ...hash, id: newId('evidence', time), receivedAt: at, entry })
  tx.record(await entryOf(tx, taken, first, actor, attached))
  await tx.evidence.insert(taken)
  return taken
}

const utc = (time: string) => new Date(time).toISOString()

/** Times are compared as text, so there is one way to write them. */
function inUtc(row: NewEvidence): NewEvidence {
  return {
    ...row,
    observedFrom: utc(row.observedFrom),
    observedTo: utc(row.observedTo),
    collectedAt: utc(row.collectedAt),
    ...(row.validUntil === undefined ? {} : { validUntil: utc(row.validUntil) }),
  }
}

function refuse(found: readonly Issue[][]): void {
  const issues = found.flatMap((some, i) =>
    found.length === 1 ? some : some.map((issue) => ({ ...issue, path: `rows[${i}].${issue.path}` })),
  )
  const [first] = issues
  if (!first) return
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : ''
  throw new Failure('input_invalid', `${first.path}: ${first.message}${more}`, {
    hint: first.suggestion ? `did you mean "${first.suggestion}"?` : 'nothing was taken in; mend it and send it again',
    issues: issues.slice(0, MOST_ISSUES),
  })
}

async function entryOf(
  tx: EvidenceChange,
  rows: readonly Evidence[],
  first: NewEvidence,
  actor: Actor,
  document: Attachment | undefined,
): Promise<NewEntry> {
  const lines = rows.map((row) => canonicalJson(lineOf(row)))
  const attachments = document ? [document] : []
  const isOne = rows.length === 1
  const subject = isOne ? { kind: 'asset', id: first.asset } : { kind: 'collector', id: first.collector }
  const kind = isOne ? 'evidence.recorded' : 'evidence.batch-recorded'
  const [row] = rows
  if (isOne && row && Buffer.byteLength(lines[0] ?? '') <= MOST_BYTES_IN_LEAF)
    return { kind, actor, subject, data: lineOf(row), attachments }
  const bytes = Buffer.from(`${lines.join('\n')}\n`)
  const sealed = await attach(tx, { name: 'evidence.ndjson', mediaType: 'application/x-ndjson', bytes })
  return { kind, actor, subject, data: { rows: rows.length }, attachments: [...attachments, sealed] }
}

/** A row as the log proves it. When it was received and in which entry are the leaf's own members. */
export function lineOf({ receivedAt: _at, entry: _entry, population, ...row }: Evidence): JsonObject {
  const defined = Object.entries<Json | undefined>(row).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, value] as const],
  )
  return { ...Object.fromEntries(defined), ...(population ? { population: { ...population } } : {}) }
}

async function attach(tx: EvidenceChange, { name, mediaType, bytes }: Document): Promise<Attachment> {
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  await tx.attachments.put(sha256, bytes)
  return { name, mediaType, bytes: bytes.byteLength, sha256 }
}
