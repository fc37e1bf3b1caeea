// Reads the whole log, recomputes everything that can be recomputed, and names what was done to it. What somebody with
// the database can rewrite, somebody with the database can rewrite consistently: so checkpoints that were kept elsewhere
// weigh more than everything inside, and keys that were known before weigh more than those the log names.
import { setImmediate } from 'node:timers/promises'
import { Failure } from '../lib/failure.ts'
import type { EntryRow } from '../model/entry.ts'
import { createPromises } from './audit-checkpoints.ts'
import { type AuditFinding, type Leaf, leafOf } from './audit-finding.ts'
import { createOrder } from './audit-order.ts'
import { type KeyChain, readChain } from './chain.ts'
import type { LogHome, LogState } from './log-store.ts'
import { commitmentTo } from './leaf.ts'
import { grow, leafHash, rootOf, sha256 } from './merkle.ts'
import { attachmentsIn } from './report.ts'

export interface AuditResult {
  ok: boolean
  size: number
  /** Base64, over the entries as they are. */
  root: string
  entries: number
  checkpoints: number
  attachments: number
  findings: AuditFinding[]
  /** What the log itself recorded of trouble that it survived. */
  notices: AuditFinding[]
  /** More was found than is listed. */
  truncated: boolean
}

export interface AuditOptions {
  /** Checkpoints that were kept elsewhere, as signed notes. */
  outside?: readonly string[]
  /** Whose log this is, known from elsewhere: the log must name one of these keys. */
  known?: KeyChain
  signal?: AbortSignal
  onProgress?: (done: number, total: number) => void
}

const PAGE = 500
const MOST_FINDINGS = 100
const MOST_REMEMBERED = 100_000

export async function auditLog(read: LogHome['read'], options: AuditOptions = {}): Promise<AuditResult> {
  const reader = read.log
  const findings: AuditFinding[] = []
  const notices: AuditFinding[] = []
  const seen = new Set<string>()
  const report = (finding: AuditFinding) => findings.push(finding)
  const state = await reader.state()
  const chain = await chainOf(read, options.known, report)
  const promises = createPromises({ reader, chain, outside: options.outside ?? [], report })
  const order = createOrder()
  const frontier: Uint8Array[] = []
  let size = 0
  let last: Read | undefined

  await promises.begin()
  for (;;) {
    options.signal?.throwIfAborted()
    const rows = await reader.rows(size + order.missing, size + order.missing + PAGE)
    for (const row of rows) {
      const said = leafOf(row)
      order.see(row, said, size)
      checkRow({ row, said }, last, report, notices)
      await checkAttached(row, said)
      await checkOpened(read, row, said, report)
      const hash = Buffer.from(row.leafHash)
      const finished: Finished[] = []
      grow(frontier, size, hash, (height, index, root) => finished.push({ level: height / 8, index, root }))
      for (const node of finished) if (Number.isInteger(node.level)) await checkNode(node)
      size++
      last = { row, said }
      await promises.reach(size, frontier, row)
    }
    options.onProgress?.(size, state.size)
    // An embedded store answers at once: without this nobody else has a turn until the last entry is read.
    await setImmediate()
    if (rows.length === 0) {
      const next = await nextRow(read, size + order.missing, state.size)
      if (next === undefined) break
      order.skip(next - size - order.missing)
    }
  }

  async function checkNode({ level, index, root }: Finished): Promise<void> {
    const [stored] = await reader.hashes(level, index, index + 1)
    if (stored && Buffer.compare(stored, root) === 0) return
    const first = index * 256 ** level
    if (level === 1 && !findings.some((finding) => finding.index >= first))
      report({
        attack: 'edited-entry',
        index: first,
        message: `entries from ${first} on are not what their stored subtree says`,
      })
  }

  async function checkAttached(row: EntryRow, said: Leaf): Promise<void> {
    for (const { sha256: named, bytes, name } of attachmentsIn(said)) {
      if (seen.has(named)) continue
      const content = await contentOf(read, named)
      if (content === undefined) continue
      if (seen.size < MOST_REMEMBERED) seen.add(named)
      if (content === 'damaged' || content.length !== bytes || Buffer.from(sha256(content)).toString('hex') !== named)
        report({
          attack: 'swapped-attachment',
          index: row.index,
          message: `attachment ${name} of entry ${row.index} is not the file that was attached`,
        })
    }
  }

  findings.push(...order.findings())
  checkLength(state, size + order.missing, findings, promises.largestInside)
  await promises.end(size, findings)
  if (findings.length === 0 && Buffer.compare(rootOf(frontier), rootOf(state.frontier)) !== 0)
    report({
      attack: 'edited-entry',
      index: promises.held,
      message: `entries from ${promises.held} on do not lead to the root that the log remembers`,
    })
  return {
    ok: findings.length === 0,
    size,
    root: Buffer.from(rootOf(frontier)).toString('base64'),
    entries: size,
    checkpoints: promises.checked,
    attachments: seen.size,
    findings: findings.toSorted((a, b) => a.index - b.index).slice(0, MOST_FINDINGS),
    notices: notices.slice(0, MOST_FINDINGS),
    truncated: findings.length > MOST_FINDINGS || notices.length > MOST_FINDINGS,
  }
}

interface Finished {
  level: number
  index: number
  root: Uint8Array
}

/** A row, and what its leaf says. */
interface Read {
  row: EntryRow
  said: Leaf
}

function checkRow(
  { row, said }: Read,
  last: Read | undefined,
  report: (finding: AuditFinding) => void,
  notices: AuditFinding[],
): void {
  const { index } = row
  if (Buffer.compare(leafHash(row.leaf), row.leafHash) !== 0)
    report({ attack: 'edited-entry', index, message: `entry ${index} was changed after it was recorded` })
  else if (!columnsMatch(row, said))
    report({ attack: 'edited-entry', index, message: `what lists show of entry ${index} is not what it says` })
  if (last && row.at < last.row.at && isInPlace({ row, said }) && isInPlace(last))
    report({ attack: 'clock-moved-back', index, message: `entry ${index} is earlier than the one before it` })
  if (row.kind === 'log.clock-moved-back' && notices.length <= MOST_FINDINGS)
    notices.push({
      attack: 'clock-moved-back',
      index,
      message: `the clock of this machine went back at entry ${index}`,
    })
}

const isInPlace = ({ row, said }: Read) => said['index'] === row.index

function columnsMatch(row: EntryRow, said: Leaf): boolean {
  return (
    said['kind'] === row.kind &&
    said['at'] === row.at &&
    matches(said['actor'], row.actorKind, row.actorId) &&
    matches(said['subject'], row.subjectKind, row.subjectId)
  )
}

function matches(value: unknown, kind: string, id: string): boolean {
  const { kind: saidKind, id: saidId } = (typeof value === 'object' && value !== null ? value : {}) as {
    kind?: unknown
    id?: unknown
  }
  return saidKind === kind && saidId === id
}

/** What opens a commitment is kept beside the log; it may be gone, but it may not be another. */
async function checkOpened(
  read: LogHome['read'],
  row: EntryRow,
  said: Leaf,
  report: (finding: AuditFinding) => void,
): Promise<void> {
  if (!row.leaf.includes('"personal":')) return
  const commitments = said['personal'] as Record<string, unknown> | null | undefined
  const { index } = row
  for (const { field, salt, value } of await read.log.personal(index))
    if (commitments?.[field] !== commitmentTo(salt, value))
      report({ attack: 'edited-entry', index, message: `personal field ${field} of entry ${index} was changed` })
}

/** Index of the first row at or after one; rows are looked for as far as the log says that it goes, and a page beyond. */
async function nextRow(read: LogHome['read'], from: number, size: number): Promise<number | undefined> {
  for (let at = from + PAGE; at < size + PAGE; at += PAGE) {
    const [row] = await read.log.rows(at, at + PAGE)
    if (row) return row.index
  }
  return undefined
}

async function chainOf(
  read: LogHome['read'],
  known: KeyChain | undefined,
  report: (finding: AuditFinding) => void,
): Promise<KeyChain | undefined> {
  try {
    const chain = await readChain(read.log)
    if (chain && known && !chain.keys.some((key) => known.keys.includes(key)))
      report({ attack: 'wrong-key', index: 0, message: 'the log names no key that is known from elsewhere' })
    return chain ?? known
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    report({ attack: 'wrong-key', index: 0, message: error.message })
    return known
  }
}

async function contentOf(read: LogHome['read'], sha256: string): Promise<Uint8Array | 'damaged' | undefined> {
  try {
    return await read.attachments.get(sha256)
  } catch (error) {
    if (error instanceof Failure && error.code === 'log_damaged') return 'damaged'
    throw error
  }
}

/** The rows against what the log remembers of its own length. */
function checkLength(state: LogState, end: number, findings: AuditFinding[], promised: number): void {
  if (end === 0 && state.size > 0)
    findings.push({ attack: 'emptied-log', index: 0, message: `all ${state.size} entries are gone` })
  else if (end < state.size && !findings.some(({ attack }) => attack === 'deleted-entry'))
    findings.push({ attack: 'truncated-tail', index: end, message: `entries ${end} to ${state.size - 1} are gone` })
  else if (end > state.size && promised > state.size)
    findings.push({
      attack: 'truncated-tail',
      index: state.size,
      message: `the log forgot its entries from ${state.size} on`,
    })
  else if (end > state.size && findings.length === 0)
    findings.push({
      attack: 'inserted',
      index: state.size,
      message: `entry ${state.size} was added behind the log's back`,
    })
}
