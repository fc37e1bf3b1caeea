// Makes documents that leave the house checkable: the log records the hash of every file of a report before anybody
// gets one, and each file is handed out with the proof of that entry.
import { createHash } from 'node:crypto'
import type { JsonObject } from '../lib/canonical-json.ts'
import type { Actor } from '../model/actor.ts'
import type { NewEntry, Subject } from '../model/entry.ts'
import type { Log } from './log.ts'
import { joinDocument } from './verify.ts'

export interface DocumentFile {
  name: string
  mediaType: 'text/html' | 'application/json' | 'text/csv' | 'application/pdf'
  bytes: Uint8Array
}

export interface SealedFile extends DocumentFile {
  /** A report of the log, for the files that cannot carry it: to lie beside as `<name>.proof.json`. */
  proof?: string
}

export interface SealedDocuments {
  /** Index of the entry that names the files. */
  entry: number
  files: SealedFile[]
}

interface Recorder {
  append(entries: readonly NewEntry[]): Promise<number[]>
}

/** `cited` are the entries of the log that the document rests on: their proofs travel along. */
export async function sealDocuments(
  { store, log }: { store: Recorder; log: Log },
  given: {
    kind: string
    subject: Subject
    actor: Pick<Actor, 'kind' | 'id'>
    data: JsonObject
    files: readonly DocumentFile[]
    cited: readonly number[]
  },
): Promise<SealedDocuments> {
  const [entry] = await store.append([
    {
      kind: 'report.made',
      actor: given.actor,
      subject: given.subject,
      data: { report: given.kind, ...given.data },
      attachments: given.files.map(({ name, mediaType, bytes }) => ({
        name,
        mediaType,
        bytes: bytes.length,
        sha256: createHash('sha256').update(bytes).digest('hex'),
      })),
    },
  ])
  if (entry === undefined) throw new Error('the log took no entry')
  const proof = JSON.stringify(
    await log.report({ indexes: [...given.cited, entry], personal: false, attachments: false }),
  )
  return { entry, files: given.files.map((file) => withProof(file, proof)) }
}

function withProof(file: DocumentFile, proof: string): SealedFile {
  const { mediaType, bytes } = file
  if (mediaType !== 'text/html' && mediaType !== 'application/json') return { ...file, proof }
  const text = new TextDecoder().decode(bytes)
  return { ...file, bytes: new TextEncoder().encode(joinDocument(mediaType, text, proof)) }
}
