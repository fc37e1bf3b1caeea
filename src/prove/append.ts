// What a commit adds to the log: leaves, their hashes, the subtrees that became full and the new state. Pure, so that
// the store calls it under the log's lock and the same entries always give the same bytes.
// Invariant: the log's clock never runs backwards. A wall clock behind the last entry is not believed, and the log
// says so itself, once a minute of its own time at most.
import type { EntryRow, NewEntry, PersonalRow } from '../model/entry.ts'
import { type ReadyEntry, commitmentTo, leafText, prepareEntry } from './leaf.ts'
import type { LogBatch, LogState, NodeRow } from './log-store.ts'
import { grow, leafHash } from './merkle.ts'

export const EMPTY_LOG: LogState = { size: 0, frontier: [], lastAt: '', clockNoticeAt: '' }

/** Clocks of replicas differ; less than this is no jump. */
const TOLERATED_MS = 1000
const NOTICE_EVERY_MS = 60_000

export interface AppendOptions {
  now: Date
  /** 16 fresh random bytes at each call. */
  salt: () => Uint8Array
}

export function appendEntries(state: LogState, entries: readonly NewEntry[], options: AppendOptions): LogBatch {
  return appendReady(state, entries.map(prepareEntry), options)
}

/** The last `entries.length` rows are the entries', in order; a notice of the log's own may come before them. */
export function appendReady(state: LogState, entries: readonly ReadyEntry[], options: AppendOptions): LogBatch {
  const { at, notice } = nextTime(state, options.now)
  const saying = entries.length === 0 ? undefined : notice
  const rows: EntryRow[] = []
  const personal: PersonalRow[] = []
  const nodes: NodeRow[] = []
  const frontier = [...state.frontier]
  let size = state.size
  for (const entry of saying ? [saying, ...entries] : entries) {
    const opened = entry.personal.map(([field, value]) => ({ index: size, field, value, salt: options.salt() }))
    const commitments = opened.map(({ field, salt, value }) => [field, commitmentTo(salt, value)] as const)
    const leaf = leafText(entry, size, at, commitments)
    const hash = leafHash(leaf)
    rows.push(toRow(entry, size, at, leaf, hash))
    personal.push(...opened)
    grow(frontier, size, hash, (height, index, root) => {
      if (height % 8 === 0) nodes.push({ level: height / 8, index, hash: root })
    })
    size++
  }
  const lastAt = entries.length === 0 ? state.lastAt : at
  const clockNoticeAt = saying ? at : state.clockNoticeAt
  return { rows, personal, nodes, state: { size, frontier, lastAt, clockNoticeAt } }
}

/** What entries appended to this state at this moment will carry: their time, and the index of the first of them. */
export function nextStamp(state: LogState, now: Date): { at: string; first: number } {
  const { at, notice } = nextTime(state, now)
  return { at, first: state.size + (notice ? 1 : 0) }
}

function nextTime(state: LogState, now: Date) {
  const wall = now.toISOString()
  const at = wall < state.lastAt ? state.lastAt : wall
  return { at, notice: clockNotice(state, wall, at) }
}

function clockNotice(state: LogState, wall: string, at: string): ReadyEntry | undefined {
  const behindMs = Date.parse(at) - Date.parse(wall)
  if (behindMs <= TOLERATED_MS) return undefined
  if (state.clockNoticeAt !== '' && Date.parse(at) - Date.parse(state.clockNoticeAt) < NOTICE_EVERY_MS) return undefined
  return prepareEntry({
    kind: 'log.clock-moved-back',
    actor: { kind: 'system', id: 'parapet' },
    subject: { kind: 'log', id: 'clock' },
    data: { behindMs, clock: wall },
  })
}

function toRow(entry: ReadyEntry, index: number, at: string, leaf: string, hash: Uint8Array): EntryRow {
  return {
    index,
    at,
    kind: entry.kind,
    actorKind: entry.actorKind,
    actorId: entry.actorId,
    subjectKind: entry.subjectKind,
    subjectId: entry.subjectId,
    leaf,
    leafHash: hash,
  }
}
