// Runs statements on one SQLite connection. The driver is synchronous, so whether the change is still open is known
// exactly at the moment a statement runs: nothing can slip into the next change's transaction.
import type { Compilable } from 'kysely'
import { queryBuilder } from '../build.ts'
import { assertOpen, type ColumnType, checkText, type Runner, type Scope, toBytes, type Value } from '../runner.ts'
import type { Schema } from '../schema.ts'
import { codeOf, toFailure } from '../trouble.ts'

const MOST_STATEMENTS = 300
const build = queryBuilder('sqlite')

/** The part of a driver's statement that both SQLite drivers share. */
export interface Statement {
  all(...values: unknown[]): unknown[]
  run(...values: unknown[]): { changes: number | bigint }
}

export interface Connection {
  prepare(text: string): Statement
}

export interface Prepared {
  get(text: string): Statement
}

/** Prepared statements of one connection, the oldest dropped first. */
export class Statements implements Prepared {
  readonly #connection: Connection
  readonly #prepared = new Map<string, Statement>()

  constructor(connection: Connection) {
    this.#connection = connection
  }

  get(text: string): Statement {
    const known = this.#prepared.get(text)
    if (known) return known
    const statement = this.#connection.prepare(text)
    if (this.#prepared.size >= MOST_STATEMENTS) {
      const [oldest] = this.#prepared.keys()
      if (oldest !== undefined) this.#prepared.delete(oldest)
    }
    this.#prepared.set(text, statement)
    return statement
  }
}

export class SqliteRunner implements Runner {
  readonly engine = 'sqlite'
  readonly build = build
  readonly locks = false
  readonly #statements: Prepared
  readonly #scope: Scope

  constructor(statements: Prepared, scope: Scope) {
    this.#statements = statements
    this.#scope = scope
  }

  async all<T>(query: Compilable<T>): Promise<T[]> {
    const { sql, parameters } = query.compile()
    return this.rows<T>(sql, parameters)
  }

  async first<T>(query: Compilable<T>): Promise<T | undefined> {
    return (await this.all(query))[0]
  }

  async run(query: Compilable<unknown>): Promise<number> {
    const { sql, parameters } = query.compile()
    return this.guard(() => Number(this.#statements.get(sql).run(...parameters.map(toSqlite)).changes))
  }

  async sql<T>(text: string, values: readonly Value[] = []): Promise<T[]> {
    return this.rows<T>(text.replace(/\$\d+/g, '?'), values)
  }

  async insertMany(
    table: keyof Schema,
    columns: Readonly<Record<string, ColumnType>>,
    rows: readonly (readonly Value[])[],
  ): Promise<void> {
    if (rows.length === 0) return
    const names = Object.keys(columns)
    const text = `insert into ${table} (${names.join(', ')}) values (${names.map(() => '?').join(', ')})`
    this.guard(() => {
      const statement = this.#statements.get(text)
      for (const row of rows) statement.run(...(row.every(isBindable) ? row : row.map(toSqlite)))
    })
  }

  rows<T>(text: string, values: readonly unknown[]): T[] {
    return this.guard(() => {
      const statement = this.#statements.get(text)
      const bound = values.map(toSqlite)
      if ('reader' in statement && statement.reader === false) {
        statement.run(...bound)
        return []
      }
      const rows = statement.all(...bound) as Record<string, unknown>[]
      for (const row of rows)
        for (const name in row) {
          const value = row[name]
          if (value instanceof Uint8Array) row[name] = toBytes(value)
        }
      return rows as T[]
    })
  }

  guard<T>(work: () => T): T {
    assertOpen(this.#scope)
    try {
      return work()
    } catch (error) {
      this.#scope.failed = true
      throw toFailure(error)
    }
  }
}

/** For reading: a statement that fails there spoils nothing, and one that writes is a bug. */
export class SqliteReader extends SqliteRunner {
  constructor(statements: Prepared) {
    super(statements, { open: true, failed: false })
  }

  override guard<T>(work: () => T): T {
    try {
      return work()
    } catch (error) {
      if (codeOf(error) === 'SQLITE_READONLY') throw new Error('writing needs `store.change`', { cause: error })
      throw toFailure(error)
    }
  }
}

/** As it is, which most values are. */
function isBindable(value: Value): boolean {
  if (typeof value === 'string') checkText(value)
  return typeof value !== 'boolean'
}

function toSqlite(value: unknown): unknown {
  if (typeof value === 'string') return checkText(value)
  if (typeof value === 'boolean') return value ? 1 : 0
  return value
}
