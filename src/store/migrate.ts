// Brings the tables up to date, each step in a transaction of its own together with the record that it was taken; a new
// database gets them all in one.
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
  for (;;) {
    const taken = await exclusive(async (runner) => {
      const next = await appliedCount(runner, migrations)
      const steps = migrations.slice(next, next === 0 ? undefined : next + 1)
      if (next === 0) await runner.sql(historyTable(runner.engine))
      for (const [i, migration] of steps.entries()) await apply(runner, migration, next + i + 1, now())
      return steps.length
    })
    if (taken === 0) return applied
    applied += taken
  }
}

async function apply(runner: Runner, migration: Migration, number: number, at: Date): Promise<void> {
  for (const statement of migration.statements(DIALECTS[runner.engine])) await runner.sql(statement)
  await runner.sql('insert into schema_migration (number, name, checksum, at) values ($1, $2, $3, $4)', [
    number,
    migration.name,
    checksum(migration, runner.engine),
    at.toISOString(),
  ])
}

/** How many are applied: the first of the others is next. Refuses a history that is not the start of ours. */
async function appliedCount(runner: Runner, migrations: readonly Migration[]): Promise<number> {
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
  return applied.length
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
