// PostgreSQL, for more than one replica. Two small pools: one that can only read, so that a read can never turn out to
// be a write, and one for changes. News of other replicas comes by LISTEN, with a poll beneath for when that breaks.
import { setTimeout as sleep } from 'node:timers/promises'
import { Pool, type PoolClient, type PoolConfig, types } from 'pg'
import { Failure } from '../../lib/failure.ts'
import { withDeadline } from '../deadline.ts'
import { migrate } from '../migrate.ts'
import { migrations } from '../migrations/index.ts'
import type { Runner, Scope } from '../runner.ts'
import { isCut, isRetryable, toFailure, unavailable } from '../trouble.ts'
import { type Backend, CHANGE_MS } from './backend.ts'
import { listenForNews } from './postgres-news.ts'
import { inSnapshot } from './postgres-snapshot.ts'
import { PostgresRunner } from './postgres-runner.ts'

const MOST_READERS = 6
const MOST_WRITERS = 4
const MOST_TRIES = 6
export const MIGRATION_LOCK = '5782990172118173005'
export const LIMITS = '-c statement_timeout=60000 -c lock_timeout=20000 -c idle_in_transaction_session_timeout=60000'
const INT8 = 20

export const channel = 'parapet_log'

export async function openPostgres(databaseUrl: string, now: () => Date): Promise<Backend> {
  const settings = connection(databaseUrl)
  const readers = new Pool({
    ...settings,
    max: MOST_READERS,
    options: `${LIMITS} -c default_transaction_read_only=on`,
  })
  const writers = new Pool({ ...settings, max: MOST_WRITERS, options: `${LIMITS} -c synchronous_commit=on` })
  // An idle connection that breaks is replaced at its next use, which also tells whoever asks then.
  for (const pool of [readers, writers]) {
    pool.on('error', () => undefined)
    pool.on('connect', (client) => client.on('error', () => undefined))
  }
  const closeAll = async () => {
    await Promise.all([readers.end(), writers.end()])
  }
  const exclusive: Backend['exclusive'] = (work) =>
    inTransaction(writers, async (runner) => {
      await runner.sql(`select pg_advisory_xact_lock(${MIGRATION_LOCK})`)
      return work(runner)
    })
  try {
    await migrate(exclusive, migrations, now)
  } catch (error) {
    await closeAll()
    throw error
  }
  const news = listenForNews(settings, channel)
  return {
    kind: 'postgres',
    reader: new PostgresRunner((text, values) => onFresh(MOST_READERS, () => readers.query(text, values))),
    blobs: undefined,
    width: MOST_WRITERS,
    transaction: (work) => inTransaction(writers, work),
    exclusive,
    announce: async (runner) => void (await runner.sql(`select pg_notify('${channel}', '')`)),
    onNews: news.onNews,
    snapshot: (work) => inSnapshot(readers, work),
    async afterErase() {
      const client = await writers.connect()
      try {
        // It goes through whole tables, and holds up nobody.
        await client.query('set statement_timeout = 0')
        await client.query('vacuum log_personal, exchange_content, approval')
      } finally {
        await client.query('reset statement_timeout').finally(() => client.release())
      }
    },
    async close() {
      await news.close()
      await closeAll()
    },
  }
}

export function connection(databaseUrl: string): PoolConfig {
  if (!/^postgres(ql)?:\/\//.test(databaseUrl))
    throw new Failure('config_invalid', 'the database URL does not start with postgres://', {
      hint: 'write it as postgres://user:password@host:5432/name',
    })
  return {
    connectionString: databaseUrl,
    application_name: 'parapet',
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    types: {
      getTypeParser: (oid: number, format?: 'text' | 'binary') =>
        oid === INT8 ? Number : types.getTypeParser(oid, format),
    },
  }
}

export async function inTransaction<T>(pool: Pool, work: (runner: Runner) => Promise<T>, ms = CHANGE_MS): Promise<T> {
  for (let tries = 1; ; tries++)
    try {
      return await once(pool, work, ms)
    } catch (error) {
      if (!isRetryable(error)) throw toFailure(error)
      if (tries >= MOST_TRIES)
        throw unavailable('other changes got in the way of this one each time', 'try again in a moment', error)
      await sleep(Math.random() * 10 * 2 ** tries)
    }
}

async function once<T>(pool: Pool, work: (runner: Runner) => Promise<T>, ms: number): Promise<T> {
  const client = await onFresh(MOST_WRITERS, () => begin(pool))
  const scope: Scope = { open: true, failed: false }
  let broken: Error | undefined
  const onError = (error: Error) => (broken = error)
  client.on('error', onError)
  try {
    const runner = new PostgresRunner((text, values) => client.query(text, values), scope)
    const value = await withDeadline(work(runner), ms)
    if (scope.failed) throw new Error('a statement of this change failed and its error was swallowed')
    scope.open = false
    await commit(client)
    return value
  } catch (error) {
    scope.open = false
    await client.query('rollback').catch((cause: Error) => (broken ??= cause))
    throw error
  } finally {
    client.off('error', onError)
    client.release(broken)
  }
}

async function begin(pool: Pool): Promise<PoolClient> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    return client
  } catch (error) {
    client.release(true)
    throw error
  }
}

/** Passes over the connections of a pool that ended while they lay idle. Only for what may run again. */
async function onFresh<T>(most: number, work: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++)
    try {
      return await work()
    } catch (error) {
      if (tries >= most || !isCut(error)) throw error
    }
}

/** When the connection breaks at this very moment, nobody can say whether the change is in. */
async function commit(client: PoolClient): Promise<void> {
  try {
    await client.query('commit')
  } catch (error) {
    const failure = toFailure(error)
    if (failure instanceof Failure && failure.code === 'unavailable')
      throw unavailable(
        'the database broke off at the commit: the change was made or it was not',
        'look whether it is there before trying again',
        error,
      )
    throw error
  }
}
