// A restore into PostgreSQL: one transaction that takes out what is there, loads the backup, and commits.
import { Pool } from 'pg'
import { Failure } from '../../lib/failure.ts'
import type { Loading } from '../backup/restore.ts'
import { history } from '../migrate.ts'
import { connection, inTransaction, MIGRATION_LOCK } from './postgres.ts'

const MOST_MS = 24 * 3_600_000

export function postgresLoading(databaseUrl: string, replace: boolean): Loading {
  return {
    async load(work) {
      const pool = new Pool({ ...connection(databaseUrl), max: 1, options: '-c synchronous_commit=on' })
      pool.on('error', () => undefined)
      try {
        await inTransaction(
          pool,
          async (runner) => {
            await runner.sql(`select pg_advisory_xact_lock(${MIGRATION_LOCK})`)
            if ((await history(runner)).length > 0) {
              if (!replace)
                throw new Failure('conflict', 'the database holds a store already', {
                  hint: 'name an empty database, or say that it may be replaced',
                })
              const tables = await runner.sql<{ name: string }>(
                'select table_name as name from information_schema.tables where table_schema = current_schema()',
              )
              for (const { name } of tables) await runner.sql(`drop table "${name.replaceAll('"', '""')}" cascade`)
            }
            await work(runner, async () => undefined)
          },
          MOST_MS,
        )
      } finally {
        await pool.end()
      }
    },
  }
}
