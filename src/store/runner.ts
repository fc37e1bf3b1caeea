// How the tables talk to an engine: queries are built by Kysely, which never runs them, and run here, because only here
// is known which transaction they belong to and whether it is still open.
import type { Compilable, Kysely } from 'kysely'
import { Failure } from '../lib/failure.ts'
import type { Schema } from './schema.ts'

export type Engine = 'sqlite' | 'postgres'
export type Value = string | number | boolean | Uint8Array | null
export type ColumnType = 'int' | 'text' | 'bytes'

export interface Runner {
  readonly engine: Engine
  readonly build: Kysely<Schema>
  /** True inside a change on an engine where others may write at the same time: reads before writes lock their rows. */
  readonly locks: boolean
  all<T>(query: Compilable<T>): Promise<T[]>
  first<T>(query: Compilable<T>): Promise<T | undefined>
  /** Runs a statement and tells how many rows it changed. */
  run(query: Compilable<unknown>): Promise<number>
  /** Hot statements in plain SQL: parameters are `$1`, `$2`, … each used once and in this order. */
  sql<T>(text: string, values?: readonly Value[]): Promise<T[]>
  insertMany(
    table: keyof Schema,
    columns: Readonly<Record<string, ColumnType>>,
    rows: readonly (readonly Value[])[],
  ): Promise<void>
}

/** One transaction's life: no statement runs after its end, and none makes it commit after one has failed. */
export interface Scope {
  open: boolean
  failed: boolean
}

export function assertOpen(scope: Scope): void {
  if (!scope.open) throw new Error('this change has ended: its statements must be awaited inside `change`')
  if (scope.failed) throw new Error('an earlier statement of this change failed: it can only be given up')
}

/** What one engine stores and the other refuses, both refuse. */
export function checkText(value: string): string {
  if (value.includes('\0') || !value.isWellFormed())
    throw new Failure('input_invalid', 'a text holds the character U+0000 or half a surrogate pair', {
      hint: 'send well-formed Unicode text without NUL characters',
    })
  return value
}

export const toBytes = (value: Uint8Array): Uint8Array =>
  new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
