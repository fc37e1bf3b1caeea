// A look at one moment of the embedded database: a reading connection of its own inside a transaction. In WAL mode it
// holds nobody up; the file beside the database grows until it is done.
import Database from 'better-sqlite3'
import { toBytes } from '../runner.ts'
import type { Snapshot } from '../store.ts'
import { toFailure } from '../trouble.ts'
import { fileBlobs } from './sqlite-blobs.ts'

export async function inSnapshot<T>(file: string, dataDir: string, work: (view: Snapshot) => Promise<T>): Promise<T> {
  let db: Database.Database | undefined
  try {
    db = new Database(file, { readonly: true, fileMustExist: true })
    db.exec('begin')
    // A deferred transaction begins with its first read.
    db.prepare('select count(*) from sqlite_schema').get()
    return await work(viewOf(db, dataDir))
  } catch (error) {
    throw toFailure(error)
  } finally {
    db?.close()
  }
}

function viewOf(db: Database.Database, dataDir: string): Snapshot {
  return {
    async *rows(table, columns) {
      const rows = db
        .prepare(`select ${columns.join(', ')} from ${table} order by 1, 2`)
        .raw()
        .iterate()
      for (const row of rows as Iterable<unknown[]>)
        yield row.map((value) => (value instanceof Uint8Array ? toBytes(value) : value))
    },
    attachment: fileBlobs(dataDir).read,
  }
}
