// Runs statements on PostgreSQL: on one client inside a change, on the pool for reading.
import type { Compilable } from 'kysely'
import { queryBuilder } from '../build.ts'
import { assertOpen, type ColumnType, checkText, type Runner, type Scope, toBytes, type Value } from '../runner.ts'
import type { Schema } from '../schema.ts'
import { codeOf, isRetryable, toFailure } from '../trouble.ts'

const build = queryBuilder('postgres')
const ARRAYS: Record<ColumnType, string> = { int: 'bigint[]', text: 'text[]', bytes: 'bytea[]' }
const ROWS_AT_ONCE = 2000

export type Ask = (text: string, values: unknown[]) => Promise<{ rows: unknown[]; rowCount: number | null }>

export class PostgresRunner implements Runner {
  readonly engine = 'postgres'
  readonly build = build
  readonly locks: boolean
  readonly #ask: Ask
  readonly #scope: Scope | undefined

  /** Without a scope it reads; a client of a change has one. */
  constructor(ask: Ask, scope?: Scope) {
    this.#ask = ask
    this.#scope = scope
    this.locks = scope !== undefined
  }

  async all<T>(query: Compilable<T>): Promise<T[]> {
    const { sql, parameters } = query.compile()
    return (await this.#query(sql, parameters)).rows as T[]
  }

  async first<T>(query: Compilable<T>): Promise<T | undefined> {
    return (await this.all(query))[0]
  }

  async run(query: Compilable<unknown>): Promise<number> {
    const { sql, parameters } = query.compile()
    return (await this.#query(sql, parameters)).rowCount ?? 0
  }

  async sql<T>(text: string, values: readonly Value[] = []): Promise<T[]> {
    return (await this.#query(text, values)).rows as T[]
  }

  async insertMany(
    table: keyof Schema,
    columns: Readonly<Record<string, ColumnType>>,
    rows: readonly (readonly Value[])[],
  ): Promise<void> {
    const names = Object.keys(columns)
    const marks = Object.values(columns).map((type, i) => `$${i + 1}::${ARRAYS[type]}`)
    const text = `insert into ${table} (${names.join(', ')}) select * from unnest(${marks.join(', ')})`
    for (let i = 0; i < rows.length; i += ROWS_AT_ONCE) {
      const some = rows.slice(i, i + ROWS_AT_ONCE)
      await this.#query(
        text,
        names.map((_, column) => some.map((row) => toPostgres(row[column]))),
      )
    }
  }

  async #query(text: string, values: readonly unknown[]): Promise<{ rows: unknown[]; rowCount: number | null }> {
    const scope = this.#scope
    if (scope) assertOpen(scope)
    try {
      const result = await this.#ask(text, values.map(toPostgres))
      for (const row of result.rows as Record<string, unknown>[])
        for (const name in row) {
          const value = row[name]
          if (value instanceof Uint8Array) row[name] = toBytes(value)
        }
      return result
    } catch (error) {
      if (scope) scope.failed = true
      else if (codeOf(error) === '25006') throw new Error('writing needs `store.change`', { cause: error })
      throw isRetryable(error) ? error : toFailure(error)
    }
  }
}

function toPostgres(value: unknown): unknown {
  if (typeof value === 'string') return checkText(value)
  if (value instanceof Uint8Array && !Buffer.isBuffer(value))
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength)
  return value
}
