// Brings the tables up to date, each step in a transaction of its own together with the record that it was taken.
// Invariant: a database that this program does not know, or that was changed by a newer one, is left as it is.
import { createHash } from 'node:crypto'
import { Failure } from '../lib/failure.ts'
import type { Engine, Runner } from './runner.ts'

export interface Dialect {
  engine: Engine
  text: string
  int: string
  bytes: string
}

export interface Migration {
  name: string
  statements(dialect: Dialect): readonly string[]
}

interface Applied {
  number: number
  name: string
  checksum: string
}

/** Runs work in one transaction that no other migration, on no other replica, overlaps. */
export type Exclusive = <T>(work: (runner: Runner) => Promise<T>) => Promise<T>

const DIALECTS: Record<Engine, Dialect> = {
  sqlite: { engine: 'sqlite', text: 'text', int: 'integer', bytes: 'blob' },
  // Byte order, as SQLite has it: ISO times and ids then sort alike whatever the database's locale is.
  postgres: { engine: 'postgres', text: 'text collate "C"', int: 'bigint', bytes: 'bytea' },
}

export async function migrate(
  exclusive: Exclusive,
  migrations: readonly Migration[],
  now: () => Date,
): Promise<number> {
  let applied = 0
  let step: 'applied' | 'done'
  do {
    step = await exclusive(async (runner) => {
      const next = await missing(runner, migrations)
      if (next === undefined) return 'done'
      const migration = migrations[next]
      if (!migration) return 'done'
      if (next === 0) await runner.sql(historyTable(runner.engine))
      for (const statement of migration.statements(DIALECTS[runner.engine])) await runner.sql(statement)
      await runner.sql('insert into schema_migration (number, name, checksum, at) values ($1, $2, $3, $4)', [
        next + 1,
        migration.name,
        checksum(migration, runner.engine),
        now().toISOString(),
      ])
      return 'applied'
    })
    if (step === 'applied') applied++
  } while (step === 'applied')
  return applied
}

/** Position of the first migration that is still to be applied; refuses a history that is not the start of ours. */
async function missing(runner: Runner, migrations: readonly Migration[]): Promise<number | undefined> {
  const applied = await history(runner)
  for (const [i, row] of applied.entries()) {
    const migration = migrations[i]
    if (!migration)
      throw refusal(
        `the database is newer than this program: it has migration ${row.name}`,
        'start the version of Parapet that made it, or a newer one',
      )
    if (row.number !== i + 1 || row.name !== migration.name)
      throw refusal(
        `the database has migration ${row.number} ${row.name} where ${i + 1} ${migration.name} belongs`,
        'this database was changed by something else; restore a backup',
      )
    if (row.checksum !== checksum(migration, runner.engine))
      throw refusal(
        `migration ${row.name} is not the one that was applied to this database`,
        'start the version of Parapet that made the database, or restore a backup',
      )
  }
  return applied.length < migrations.length ? applied.length : undefined
}

/** What was applied, without changing anything. Empty for a database that is empty. */
export async function history(runner: Runner): Promise<Applied[]> {
  const known =
    runner.engine === 'sqlite'
      ? await runner.sql<{ name: string }>(
          `select name from sqlite_schema where type = 'table' and name not like 'sqlite\\_%' escape '\\'`,
        )
      : await runner.sql<{ name: string }>(
          `select table_name as name from information_schema.tables where table_schema = current_schema()`,
        )
  if (known.some(({ name }) => name === 'schema_migration'))
    return runner.sql<Applied>('select number, name, checksum from schema_migration order by number')
  if (known.length > 0)
    throw refusal(
      'the database holds tables that are not of Parapet',
      'name an empty database, or one that Parapet has made',
    )
  return []
}

export function checksum(migration: Migration, engine: Engine): string {
  const statements = migration.statements(DIALECTS[engine]).map((text) => text.replace(/\s+/g, ' ').trim())
  return createHash('sha256').update(JSON.stringify(statements)).digest('hex')
}

const historyTable = (engine: Engine): string => {
  const { int, text } = DIALECTS[engine]
  return `create table schema_migration (
    number ${int} primary key, name ${text} not null, checksum ${text} not null, at ${text} not null)`
}

const refusal = (message: string, hint: string): Failure => new Failure('conflict', message, { hint })
