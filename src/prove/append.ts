// Turns what happened into leaves of the Merkle tree (RFC 6962) and the rows to store. Pure: the clock and the salt are
// passed in, so the same input gives the same tree.
import { createHash } from 'node:crypto'
import { canonicalJson, type Json } from '../lib/canonical-json.ts'
import { Failure } from '../lib/failure.ts'
import type { EntryRow, NewEntry, PersonalRow } from '../model/entry.ts'
import type { LogBatch, LogState, NodeRow } from './log-store.ts'

const MOST_LEAF_BYTES = 64 * 1024
const NODE_LEAVES = 256

export interface AppendOptions {
  now: Date
  /** 16 fresh random bytes at each call. */
  salt: () => Uint8Array
}

export function appendEntries(state: LogState, entries: readonly NewEntry[], { now, salt }: AppendOptions): LogBatch {
  const wall = now.toISOString()
  const at = wall < state.lastAt ? state.lastAt : wall
  const rows: EntryRow[] = []
  const personal: PersonalRow[] = []
  const nodes: NodeRow[] = []
  const frontier = [...state.frontier]
  let size = state.size
  for (const entry of entries) {
    const index = size
    const opened = Object.entries(entry.personal ?? {}).map(([field, value]) => ({ index, field, salt: salt(), value }))
    const leaf = canonicalJson(toLeaf(entry, index, at, opened))
    if (Buffer.byteLength(leaf) > MOST_LEAF_BYTES)
      throw new Failure('too_large', `a log entry may have ${MOST_LEAF_BYTES} bytes at most`, {
        hint: 'attach what is large, and record its hash',
      })
    const leafHash = hash(0, Buffer.from(leaf))
    rows.push(toRow(entry, index, at, leaf, leafHash))
    personal.push(...opened)
    frontier.push(leafHash)
    size++
    let width = 1
    for (let level = 0; size % (width * 2) === 0;) {
      const [right, left] = [frontier.pop(), frontier.pop()]
      if (!left || !right) throw new Error('the frontier does not fit the size')
      const parent = hash(1, left, right)
      frontier.push(parent)
      width *= 2
      if (width === NODE_LEAVES ** (level + 1)) {
        level++
        nodes.push({ level, index: size / width - 1, hash: parent })
      }
    }
  }
  return { rows, personal, nodes, state: { size, frontier, lastAt: entries.length > 0 ? at : state.lastAt } }
}

function toLeaf(entry: NewEntry, index: number, at: string, opened: readonly PersonalRow[]): Json {
  const commitments = opened.map(({ field, salt, value }) => [
    field,
    createHash('sha256').update(salt).update(value).digest('base64'),
  ])
  return {
    v: 1,
    index,
    at,
    kind: entry.kind,
    actor: { kind: entry.actor.kind, id: entry.actor.id },
    subject: { kind: entry.subject.kind, id: entry.subject.id },
    data: entry.data,
    ...(commitments.length > 0 ? { personal: Object.fromEntries(commitments) } : {}),
    ...(entry.attachments && entry.attachments.length > 0
      ? { attachments: entry.attachments.map((attachment) => ({ ...attachment })) }
      : {}),
  }
}

const toRow = (entry: NewEntry, index: number, at: string, leaf: string, leafHash: Uint8Array): EntryRow => ({
  index,
  at,
  kind: entry.kind,
  actorKind: entry.actor.kind,
  actorId: entry.actor.id,
  subjectKind: entry.subject.kind,
  subjectId: entry.subject.id,
  leaf,
  leafHash,
})

function hash(prefix: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const sha = createHash('sha256').update(Uint8Array.of(prefix))
  for (const part of parts) sha.update(part)
  return new Uint8Array(sha.digest())
}
