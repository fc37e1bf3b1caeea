// A report that stands alone: entries, their proofs and everything that somebody with only the public key needs.
// Everything in it is bounded, and it says so itself when more matched than it holds.
import { Failure } from '../lib/failure.ts'
import type { Attachment, EntryRow } from '../model/entry.ts'
import { type Leaf, leafOf } from './audit-finding.ts'
import type { KeyChain, Rotation } from './chain.ts'
import type { CheckpointRow, EntryQuery, LogHome } from './log-store.ts'
import { openTree, type Tree } from './tree.ts'

const MOST_ENTRIES = 1000
const MOST_ATTACHED_BYTES = 16 * 1024 * 1024
const PAGE = 200
/** It names a file of the store: nothing else may. */
const SHA256 = /^[0-9a-f]{64}$/

export interface ReportSelection extends Omit<EntryQuery, 'limit' | 'cursor' | 'order'> {
  indexes?: readonly number[] | undefined
  /** Size of an older checkpoint that the report must be shown to extend. */
  extendsSize?: number | undefined
  personal?: boolean | undefined
  attachments?: boolean | undefined
}

export interface ReportEntry {
  index: number
  leaf: string
  path: string[]
  /** What opens the commitments of personal fields. */
  opened?: Record<string, { salt: string; value: string }>
}

export interface ReportAttachment {
  sha256: string
  /** Base64; absent where the file lies beside the report. */
  content?: string
}

/** One change of keys: a checkpoint signed by both, and the entry under it that names the new key. */
export interface ReportHandover {
  checkpoint: string
  index: number
  leaf: string
  path: string[]
  /** From this checkpoint to the report's. */
  consistency: string[]
}

export interface Report {
  format: 'parapet-report/1'
  origin: string
  keys: string[]
  checkpoint: string
  handovers: ReportHandover[]
  entries: ReportEntry[]
  attachments: ReportAttachment[]
  older: { checkpoint: string; consistency: string[] }[]
  /** Entries matched but left out, because a report is bounded. */
  omitted: boolean
}

export async function writeReport(
  home: LogHome,
  chain: KeyChain,
  checkpoint: CheckpointRow,
  selection: ReportSelection,
): Promise<Report> {
  const tree = openTree(home.read.log, checkpoint.size)
  const rotations = chain.rotations.filter(({ index }) => index < checkpoint.size)
  const { rows, omitted } = await select(home, checkpoint.size, selection)
  const entries: ReportEntry[] = []
  for (const row of rows) {
    const path = (await tree.inclusion(row.index, checkpoint.size)).map(base64)
    const opened = selection.personal === false ? undefined : await openedFields(home, row)
    entries.push({ index: row.index, leaf: row.leaf, path, ...(opened ? { opened } : {}) })
  }
  return {
    format: 'parapet-report/1',
    origin: chain.origin,
    keys: chain.keys.slice(0, rotations.length + 1),
    checkpoint: checkpoint.note,
    handovers: await handovers(home, rotations, tree, checkpoint),
    entries,
    attachments: selection.attachments === false ? [] : await attached(home, rows),
    older: await older(home, tree, checkpoint, selection.extendsSize),
    omitted,
  }
}

async function select(
  home: LogHome,
  size: number,
  selection: ReportSelection,
): Promise<{ rows: EntryRow[]; omitted: boolean }> {
  const { indexes, extendsSize: _size, personal: _personal, attachments: _attachments, ...filters } = selection
  if (indexes) {
    if (Object.values(filters).some((value) => value !== undefined))
      throw new Failure('input_invalid', 'a report is of indexes or of what filters match, not of both')
    return { rows: await rowsAt(home, indexes, size), omitted: false }
  }
  const rows: EntryRow[] = []
  let cursor: string | undefined
  do {
    const page = await home.read.log.search({ ...filters, order: 'oldest', limit: PAGE, cursor })
    rows.push(...page.items.filter(({ index }) => index < size))
    cursor = page.next
  } while (cursor !== undefined && rows.length < MOST_ENTRIES)
  return { rows: rows.slice(0, MOST_ENTRIES), omitted: cursor !== undefined || rows.length > MOST_ENTRIES }
}

async function rowsAt(home: LogHome, indexes: readonly number[], size: number): Promise<EntryRow[]> {
  const sorted = [...new Set(indexes)].toSorted((a, b) => a - b)
  if (sorted.length > MOST_ENTRIES) throw new Failure('too_large', `a report holds ${MOST_ENTRIES} entries at most`)
  const rows: EntryRow[] = []
  for (const index of sorted) {
    const [row] = index < size ? await home.read.log.rows(index, index + 1) : []
    if (!row) throw new Failure('not_found', `no checkpoint covers an entry ${index}`, { hint: 'seal the log first' })
    rows.push(row)
  }
  return rows
}

async function openedFields(home: LogHome, row: EntryRow): Promise<ReportEntry['opened']> {
  if (!row.leaf.includes('"personal":')) return undefined
  const fields = await home.read.log.personal(row.index)
  return Object.fromEntries(fields.map(({ field, salt, value }) => [field, { salt: base64(salt), value }]))
}

async function handovers(
  home: LogHome,
  rotations: readonly Rotation[],
  tree: Tree,
  checkpoint: CheckpointRow,
): Promise<ReportHandover[]> {
  const made: ReportHandover[] = []
  for (const { index, leaf } of rotations) {
    const signed = await home.read.log.checkpointCovering(index + 1)
    if (!signed || signed.size > checkpoint.size)
      throw new Failure('log_damaged', `no checkpoint of the handover in entry ${index} is left`, {
        hint: 'run `parapet log audit`',
      })
    const path = (await tree.inclusion(index, signed.size)).map(base64)
    const consistency = (await tree.consistency(signed.size, checkpoint.size)).map(base64)
    made.push({ checkpoint: signed.note, index, leaf, path, consistency })
  }
  return made
}

async function attached(home: LogHome, rows: readonly EntryRow[]): Promise<ReportAttachment[]> {
  const hashes = new Set(rows.flatMap((row) => attachmentsOf(row).map(({ sha256 }) => sha256)))
  const found: ReportAttachment[] = []
  let bytes = 0
  for (const sha256 of hashes) {
    const content = await home.read.attachments.get(sha256)
    bytes += content?.length ?? 0
    if (content && bytes <= MOST_ATTACHED_BYTES) found.push({ sha256, content: base64(content) })
    else found.push({ sha256 })
  }
  return found
}

/** What a leaf says was attached. */
export function attachmentsOf(row: EntryRow): Attachment[] {
  if (!row.leaf.includes('"attachments":')) return []
  return attachmentsIn(leafOf(row))
}

/** A leaf that somebody wrote over the real one may say anything. */
export function attachmentsIn({ attachments }: Leaf): Attachment[] {
  return Array.isArray(attachments) ? attachments.filter(isAttachment) : []
}

function isAttachment(value: unknown): value is Attachment {
  const { name, mediaType, bytes, sha256 } = (value ?? {}) as Record<string, unknown>
  const isNamed = typeof name === 'string' && typeof mediaType === 'string' && typeof bytes === 'number'
  return isNamed && typeof sha256 === 'string' && SHA256.test(sha256)
}

async function older(
  home: LogHome,
  tree: Tree,
  checkpoint: CheckpointRow,
  size: number | undefined,
): Promise<Report['older']> {
  if (size === undefined) return []
  const row = await home.read.log.checkpointCovering(size)
  if (row?.size !== size || size > checkpoint.size)
    throw new Failure('not_found', `no checkpoint of ${size} entries was made`, {
      hint: '`parapet log checkpoints` lists them',
    })
  return [{ checkpoint: row.note, consistency: (await tree.consistency(size, checkpoint.size)).map(base64) }]
}

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
