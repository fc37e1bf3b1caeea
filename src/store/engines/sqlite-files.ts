// Opens the embedded database. Durable by choice: the driver's default for WAL would lose the last commits with the
// power. Erased text is overwritten (`secure_delete`), because a person's right to erasure reaches the free pages too.
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import Database from 'better-sqlite3'
import { Failure } from '../../lib/failure.ts'
import { makeFolder } from '../../lib/make-folder.ts'
import { toFailure } from '../trouble.ts'
import type { Connection } from './sqlite-runner.ts'

export const databaseFile = (dataDir: string): string => join(dataDir, 'parapet.db')

export function makeDataDir(dataDir: string): void {
  try {
    makeFolder(dataDir)
  } catch (cause) {
    if (existsSync(dataDir))
      throw new Failure('config_invalid', `the data directory ${dataDir} is a file and no folder`, {
        hint: 'name a folder with --data-dir or PARAPET_DATA_DIR',
        cause,
      })
    const failure = toFailure(cause)
    if (failure instanceof Failure && failure.code === 'storage_full') throw noData(dataDir, failure)
    throw new Failure('storage_read_only', `the folder ${dataDir} cannot be made here`, {
      hint: 'make it a folder that this user may write, or name another with --data-dir or PARAPET_DATA_DIR',
      cause,
    })
  }
}

/** Reading goes on where there is something to read; a first start must write. */
export function noData(dataDir: string, { code, cause }: Failure): Failure {
  const why = code === 'storage_full' ? 'is on a full disk' : 'cannot be written'
  const remedy = code === 'storage_full' ? 'free some space' : 'make it a folder that this user may write'
  return new Failure(code, `the data directory ${dataDir} ${why}, and holds no database yet that could be read`, {
    hint: `${remedy}, or name another with --data-dir or PARAPET_DATA_DIR`,
    cause,
  })
}

export function openWriter(file: string): Database.Database {
  const db = new Database(file)
  try {
    db.pragma('journal_mode = WAL')
    db.pragma('synchronous = FULL')
    db.pragma('foreign_keys = ON')
    db.pragma('busy_timeout = 5000')
    db.pragma('secure_delete = ON')
    db.pragma('trusted_schema = OFF')
    // A thousand entries of the log touch some six megabytes of its indices: with less, each page is written and read again
    // within one commit. What does not fit is in the cache of the operating system, which gives it back when others need it.
    db.pragma('cache_size = -8000')
    // 32 MB between checkpoints: at a million entries the indices touch many pages, and each is then written back once.
    db.pragma('wal_autocheckpoint = 8000')
    db.pragma('journal_size_limit = 67108864')
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

export interface ReadConnection extends Connection {
  close(): unknown
}

export function openReader(file: string): ReadConnection {
  const db = new Database(file, { readonly: true, fileMustExist: true })
  try {
    db.pragma('busy_timeout = 5000')
    db.pragma('cache_size = -2000')
    db.prepare('select count(*) from sqlite_schema').get()
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/**
 * For a disk that cannot be written: SQLite needs to make files beside a database in WAL mode even to read it, unless
 * they are there already or it is told that nothing changes. better-sqlite3 has no way to say so; Node's own driver has.
 */
export function openFrozen(file: string): ReadConnection {
  try {
    return openReader(file)
  } catch (error) {
    // What was committed last is in there: leaving it out would show an older state as the present one.
    if (existsSync(`${file}-wal`) && statSync(`${file}-wal`).size > 0)
      throw new Failure(
        'storage_read_only',
        `${file} was not closed in order, and cannot be put in order without writing`,
        {
          hint: 'make its folder writable or free some space; or start on a copy of the folder with --data-dir',
          cause: error,
        },
      )
    const { DatabaseSync } = process.getBuiltinModule('node:sqlite')
    const url = pathToFileURL(file)
    url.searchParams.set('immutable', '1')
    return new DatabaseSync(url, { readOnly: true })
  }
}
