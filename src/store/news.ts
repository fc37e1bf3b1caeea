// Tells who listens what was recorded. An embedded store knows by itself; with replicas every one of them, the writing
// one too, follows the log from the last index it told of, so that each hears all of it, once and in order.
import type { EntryRow } from '../model/entry.ts'
import type { Backend } from './engines/backend.ts'
import { logReader } from './tables/log-reader.ts'

const MOST_LISTENERS = 1000
const ROWS_AT_ONCE = 500

type Listener = (rows: readonly EntryRow[]) => void

export interface News {
  committed(rows: readonly EntryRow[]): void
  listen(listener: Listener): () => void
  close(): Promise<void>
}

export async function createNews(backend: Backend, onTrouble: (error: unknown) => void): Promise<News> {
  const listeners = new Set<Listener>()
  const log = logReader(backend.reader)
  const follows = backend.kind === 'postgres'
  let told = follows ? (await log.state()).size : 0
  let stale = false
  let following: Promise<void> | undefined
  let closed = false
  let away = false

  const tell = (rows: readonly EntryRow[]) => {
    for (const listener of listeners)
      try {
        listener(rows)
      } catch (error) {
        onTrouble(error)
      }
  }
  const follow = async () => {
    for (;;) {
      stale = false
      const { size } = await log.state()
      const rows = closed || told >= size ? [] : await log.rows(told, Math.min(size, told + ROWS_AT_ONCE))
      told += rows.length
      if (rows.length > 0) tell(rows)
      else if (closed || !stale) return
    }
  }
  /** A database that is away is told of once, not at every poll. */
  const followOrTell = async () => {
    try {
      await follow()
      away = false
    } catch (error) {
      if (!away) onTrouble(error)
      away = true
    }
  }
  const catchUp = () => {
    stale = true
    following ??= followOrTell().finally(() => (following = undefined))
  }
  if (follows) backend.onNews(catchUp)

  return {
    committed(rows) {
      if (rows.length === 0) return
      if (follows) catchUp()
      else tell(rows)
    },
    listen(listener) {
      if (listeners.size >= MOST_LISTENERS) throw new Error(`more than ${MOST_LISTENERS} listeners: one of them leaks`)
      const own: Listener = (rows) => listener(rows)
      listeners.add(own)
      return () => listeners.delete(own)
    },
    async close() {
      closed = true
      listeners.clear()
      await following
    },
  }
}
