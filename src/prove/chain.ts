// Which keys speak for this log. The log itself says so: its `log.started` entry names the first key, each
// `log.key-rotated` entry the next. The key folder only holds what signs.
import { Failure } from '../lib/failure.ts'
import type { EntryRow } from '../model/entry.ts'
import type { LogReader } from './log-store.ts'

const PAGE = 200

export interface Rotation {
  index: number
  leaf: string
  from: string
  to: string
}

export interface KeyChain {
  origin: string
  /** Oldest first; never empty. */
  keys: readonly string[]
  rotations: readonly Rotation[]
}

/** Undefined for a log that was not started yet. */
export async function readChain(reader: Pick<LogReader, 'search'>): Promise<KeyChain | undefined> {
  const [started] = (await reader.search({ kind: 'log.started', order: 'oldest', limit: 1 })).items
  if (!started) return undefined
  const origin = text(started, 'origin')
  const keys = [text(started, 'verifierKey')]
  const rotations: Rotation[] = []
  let cursor: string | undefined
  do {
    const page = await reader.search({ kind: 'log.key-rotated', order: 'oldest', limit: PAGE, cursor })
    for (const row of page.items) {
      const rotation = { index: row.index, leaf: row.leaf, from: text(row, 'from'), to: text(row, 'to') }
      if (rotation.from !== keys.at(-1)) throw broken(row)
      rotations.push(rotation)
      keys.push(rotation.to)
    }
    cursor = page.next
  } while (cursor !== undefined)
  return { origin, keys, rotations }
}

function text(row: EntryRow, field: string): string {
  const leaf: unknown = JSON.parse(row.leaf)
  const data = typeof leaf === 'object' && leaf !== null && 'data' in leaf ? leaf.data : undefined
  const value = typeof data === 'object' && data !== null ? (data as Record<string, unknown>)[field] : undefined
  if (typeof value !== 'string') throw broken(row)
  return value
}

const broken = (row: EntryRow) =>
  new Failure('log_damaged', `entry ${row.index} of the log does not say which key signs`, {
    hint: 'run `parapet log audit`',
  })
