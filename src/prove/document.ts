// Makes documents that leave the house checkable: the log records the hash of every file of a report before anybody
// gets one, and each file is handed out with the proof of that entry and of the entries that it rests on.
import { createHash } from 'node:crypto'
import type { JsonObject } from '../lib/canonical-json.ts'
import { Failure } from '../lib/failure.ts'
import type { Actor } from '../model/actor.ts'
import type { NewEntry, Stamp, Subject } from '../model/entry.ts'
import type { Log } from './log.ts'
import type { LogReader } from './log-store.ts'
import { attachmentsOf } from './report.ts'
import { joinDocument } from './verify.ts'

export const MEDIA_TYPES = ['text/html', 'application/json', 'text/csv', 'application/pdf'] as const

/** More proofs would make the file unwieldy; the rest is in the log. */
export const MOST_CITED = 900

export interface DocumentFile {
  name: string
  mediaType: (typeof MEDIA_TYPES)[number]
  bytes: Uint8Array
}

export interface ProvenFile extends DocumentFile {
  /** For the files that cannot carry it: a report of the log, to lie beside as `<name>.proof.json`. */
  proof?: string
}

interface DocumentHome {
  readonly read: {
    readonly log: LogReader
    readonly attachments: { get(sha256: string): Promise<Uint8Array | undefined> }
  }
  change<T>(
    work: (tx: {
      readonly attachments: { put(sha256: string, bytes: Uint8Array): Promise<void> }
      stamp(): Promise<Stamp>
      record(entry: NewEntry): void
    }) => Promise<T>,
  ): Promise<T>
}

export interface NewDocuments {
  /** What kind of report. */
  report: string
  title: string
  subject: Subject
  actor: Pick<Actor, 'kind' | 'id'>
  data: JsonObject
  files: readonly DocumentFile[]
  /** Entries of the log that the documents rest on. */
  cited: readonly number[]
}

/** Keeps the files and records what they are. Returns the index of the entry. */
export async function recordDocuments(store: DocumentHome, given: NewDocuments): Promise<number> {
  return store.change(async (tx) => {
    const { entry } = await tx.stamp()
    const attachments = []
    for (const { name, mediaType, bytes } of given.files) {
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      await tx.attachments.put(sha256, bytes)
      attachments.push({ name, mediaType, bytes: bytes.length, sha256 })
    }
    tx.record({
      kind: 'report.made',
      actor: given.actor,
      subject: given.subject,
      data: { ...given.data, report: given.report, title: given.title, cited: given.cited.slice(0, MOST_CITED) },
      attachments,
    })
    return entry
  })
}

/** One file of a recorded report, proven as of now. */
export async function readDocument(
  { store, log }: { store: DocumentHome; log: Log },
  entry: number,
  name: string,
): Promise<ProvenFile> {
  const [row] = await store.read.log.rows(entry, entry + 1)
  if (row?.kind !== 'report.made')
    throw new Failure('not_found', `entry ${entry} made no report`, { hint: 'list them: parapet report list' })
  const files = attachmentsOf(row)
  const file = files.find((one) => one.name === name)
  const mediaType = MEDIA_TYPES.find((type) => type === file?.mediaType)
  if (file === undefined || mediaType === undefined)
    throw new Failure('not_found', `the report in entry ${entry} has no file ${name}`, {
      hint: `it has ${files.map((one) => one.name).join(', ')}`,
    })
  const bytes = await store.read.attachments.get(file.sha256)
  if (bytes === undefined)
    throw new Failure('not_found', `${name} is no longer kept here`, { hint: 'make the report again' })
  const { data } = JSON.parse(row.leaf) as { data: { cited?: readonly number[] } }
  const proof = await log.report({ indexes: [...(data.cited ?? []), entry], personal: false, attachments: false })
  return withProof({ name, mediaType, bytes }, JSON.stringify(proof))
}

function withProof(file: DocumentFile, proof: string): ProvenFile {
  const { mediaType, bytes } = file
  if (mediaType !== 'text/html' && mediaType !== 'application/json') return { ...file, proof }
  const text = new TextDecoder().decode(bytes)
  return { ...file, bytes: new TextEncoder().encode(joinDocument(mediaType, text, proof)) }
}
