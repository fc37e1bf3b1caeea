// What the engines complain of, in words that say what to do. Full and read-only disks are told apart from the rest,
// because reads go on and an operator can mend them while Parapet runs.
import { Failure } from '../lib/failure.ts'

const FULL = new Set(['SQLITE_FULL', 'ENOSPC', 'EDQUOT', '53100'])
const READ_ONLY = new Set(['EROFS', 'EACCES', 'EPERM', '25006', 'SQLITE_PERM', 'SQLITE_CANTOPEN'])
const GONE = /^(08...|57P0[1-5]|53[0-9]{3}|55P03|57014|ECONN\w+|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EPIPE|EHOSTUNREACH)$/

export function toFailure(error: unknown): unknown {
  if (error instanceof Failure || !(error instanceof Error)) return error
  const code = codeOf(error)
  if (FULL.has(code)) return storageFull(error)
  if (READ_ONLY.has(code) || code.startsWith('SQLITE_READONLY')) return storageReadOnly(error)
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED'))
    return unavailable('the database is in use by another program', 'close the program that holds it open', error)
  if (code.startsWith('SQLITE_IOERR'))
    return unavailable(`the disk reports an error (${code})`, 'look at the disk and at the system log', error)
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB')
    return unavailable('the database file is damaged', 'restore the newest backup with `parapet restore`', error)
  if (code === '28P01' || code === '28000' || code === '3D000')
    return new Failure('config_invalid', 'PostgreSQL refuses this user, password or database name', {
      hint: 'look at the database URL and at the rights of its user',
      cause: error,
    })
  if (GONE.test(code) || error.message === 'timeout exceeded when trying to connect' || isCut(error))
    return unavailable('the database does not answer', 'look whether PostgreSQL runs and can be reached', error)
  return error
}

export function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : ''
}

/** Deadlocks and serialization failures: the same work is run again and usually passes. */
export const isRetryable = (error: unknown): boolean => ['40001', '40P01'].includes(codeOf(error))

export const storageFull = (cause?: unknown): Failure =>
  new Failure('storage_full', 'the disk is full: nothing can be recorded, so nothing can be changed', {
    hint: 'free some space; Parapet goes on by itself',
    cause,
  })

export const storageReadOnly = (cause?: unknown): Failure =>
  new Failure('storage_read_only', 'the storage is read-only: nothing can be changed', {
    hint: 'make the data directory or the database writable; Parapet goes on by itself',
    cause,
  })

/** The disk takes nothing for now; reads go on. */
export const isStorageFailure = (error: unknown): error is Failure =>
  error instanceof Failure && (error.code === 'storage_full' || error.code === 'storage_read_only')

export const unavailable = (message: string, hint: string, cause?: unknown): Failure =>
  new Failure('unavailable', message, { hint, cause })

/** A connection that ended while it lay idle, as after a restart of the server: a fresh one may well work. */
export const isCut = (error: unknown): boolean =>
  ['57P01', '57P02', 'ECONNRESET', 'EPIPE'].includes(codeOf(error)) || (error instanceof Error && isCutByMessage(error))

const isCutByMessage = (error: Error): boolean =>
  error.message.startsWith('Connection terminated') || error.message.startsWith('Client has encountered a connection')
