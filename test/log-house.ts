// A real store with a log on it, in a folder of its own, and plain SQL on the side, as somebody with the database has it.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { Client } from 'pg'
import type { NewEntry } from '../src/model/entry.ts'
import { folderKeys } from '../src/prove/keys.ts'
import { createLog, type Log, type LogOptions } from '../src/prove/log.ts'
import { openStore } from '../src/store/open.ts'
import type { Store } from '../src/store/store.ts'

export type Row = Record<string, unknown>

export interface LogHouse {
  store: Store
  log: Log
  dir: string
  /** Moved by the tests; stands still otherwise. */
  clock: { now: Date }
  sql(text: string, values?: readonly unknown[]): Promise<Row[]>
  /** Records so many entries, a second apart. */
  record(count: number, more?: Partial<NewEntry>): Promise<number[]>
  /** Closes and opens everything again on the same data. */
  reopen(options?: Partial<LogOptions>): Promise<LogHouse>
}

export const SYSTEM_ACTOR = { kind: 'system', id: 'parapet' } as const

export const thing = (n: number, more: Partial<NewEntry> = {}): NewEntry => ({
  kind: 'thing.made',
  actor: { kind: 'account', id: 'acc_1' },
  subject: { kind: 'thing', id: `thing_${n}` },
  data: { n },
  ...more,
})

export async function openHouse(
  t: TestContext,
  options: Partial<LogOptions> & { databaseUrl?: string | undefined; keys?: LogOptions['keys'] } = {},
): Promise<LogHouse> {
  const dir = await mkdtemp(join(tmpdir(), 'parapet-log-'))
  const { databaseUrl, ...logOptions } = options
  const clock = { now: new Date('2026-03-01T10:00:00.000Z') }
  const open: { store?: Store; log?: Log } = {}
  const close = async () => {
    await open.log?.close()
    await open.store?.close()
  }
  t.after(async () => {
    await close()
    await rm(dir, { recursive: true, force: true })
  })

  async function start(more: Partial<LogOptions>): Promise<LogHouse> {
    const store = await openStore({ dataDir: dir, databaseUrl, now: () => clock.now })
    open.store = store
    const keys = folderKeys(join(dir, 'keys'))
    const log = await createLog({
      store,
      keys,
      now: () => clock.now,
      origin: 'example.org/log',
      ...logOptions,
      ...more,
    })
    open.log = log
    return {
      store,
      log,
      dir,
      clock,
      sql: (text, values = []) => (databaseUrl ? runPostgres(databaseUrl, text, values) : runSqlite(dir, text, values)),
      async record(count, more = {}) {
        const indexes: number[] = []
        for (let i = 0; i < count; i++) {
          clock.now = new Date(clock.now.getTime() + 1000)
          indexes.push(...(await store.append([thing(i, more)])))
        }
        return indexes
      },
      async reopen(again = {}) {
        await close()
        return start(again)
      },
    }
  }
  return start({})
}

/** Waits without holding up this thread: the store that it waits for runs here too. */
async function runSqlite(dir: string, text: string, values: readonly unknown[]): Promise<Row[]> {
  for (let tries = 0; ; tries++) {
    try {
      return runOnce(dir, text, values)
    } catch (error) {
      const busy = error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY'
      if (!busy || tries === 500) throw error
      await setTimeout(5)
    }
  }
}

function runOnce(dir: string, text: string, values: readonly unknown[]): Row[] {
  const db = new Database(join(dir, 'parapet.db'), { fileMustExist: true, timeout: 0 })
  try {
    const statement = db.prepare<unknown[], Row>(text.replaceAll(/\$\d/g, '?'))
    if (statement.reader) return statement.all(...values)
    statement.run(...values)
    return []
  } finally {
    db.close()
  }
}

async function runPostgres(url: string, text: string, values: readonly unknown[]): Promise<Row[]> {
  const client = new Client(url)
  await client.connect()
  try {
    return (await client.query<Row>(text, [...values])).rows
  } finally {
    await client.end()
  }
}
