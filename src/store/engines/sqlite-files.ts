// Opens the embedded database. Durable by choice: the driver's default for WAL would lose the last commits with the
// power. Erased text is overwritten (`secure_delete`), because a person's right to erasure reaches the free pages too.
import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import Database from 'better-sqlite3'
import { toFailure } from '../trouble.ts'
import type { Connection } from './sqlite-runner.ts'

export const databaseFile = (dataDir: string): string => join(dataDir, 'parapet.db')

export function makeDataDir(dataDir: string): void {
  try {
    // Asked first, because on a read-only disk making a folder reports that it does not exist.
    accessSync(nearestFolder(dataDir), constants.W_OK)
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  } catch (error) {
    if (!existsSync(dataDir)) throw toFailure(error)
  }
}

function nearestFolder(path: string): string {
  const whole = resolve(path)
  return existsSync(whole) ? whole : nearestFolder(dirname(whole))
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
    db.pragma('cache_size = -8000')
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
    db.pragma('cache_size = -8000')
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
    if (existsSync(`${file}-wal`) && statSync(`${file}-wal`).size > 0) throw toFailure(error)
    const { DatabaseSync } = process.getBuiltinModule('node:sqlite')
    const url = pathToFileURL(file)
    url.searchParams.set('immutable', '1')
    return new DatabaseSync(url, { readOnly: true })
  }
}
