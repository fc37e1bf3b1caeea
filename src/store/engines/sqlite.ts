// The embedded store: one file, one connection that writes and one that reads, so a page is served while a change waits.
// Starts on a read-only or full disk too, for reading, and takes up writing by itself when the disk allows it.
import { statSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import type Database from 'better-sqlite3'
import { migrate } from '../migrate.ts'
import { migrations } from '../migrations/index.ts'
import type { Runner, Scope } from '../runner.ts'
import { isStorageFailure, toFailure } from '../trouble.ts'
import { withDeadline } from '../deadline.ts'
import { fileBlobs } from './sqlite-blobs.ts'
import {
  databaseFile,
  makeDataDir,
  noData,
  openFrozen,
  openReader,
  openWriter,
  type ReadConnection,
} from './sqlite-files.ts'
import { inSnapshot } from './sqlite-snapshot.ts'
import { type DirectoryLock, lockDirectory } from './sqlite-lock.ts'
import { SqliteReader, SqliteRunner, Statements } from './sqlite-runner.ts'
import { type Backend, CHANGE_MS } from './backend.ts'

/** So long changes may follow one another before others have a turn. */
const TURN_MS = 10

interface Writer {
  db: Database.Database
  statements: Statements
}

interface Reader {
  connection: ReadConnection
  statements: Statements
}

export async function openSqlite(dataDir: string, now: () => Date): Promise<Backend> {
  makeDataDir(dataDir)
  const file = databaseFile(dataDir)
  let lock: DirectoryLock | undefined
  let writer: Writer | undefined
  let reader: Reader | undefined
  const fairTurn = takeTurns()

  const startWriting = async (): Promise<Writer> => {
    if (writer) return writer
    lock ??= lockDirectory(dataDir)
    // A reader from the time when the disk was read-only would share its read-only view with the writer.
    reader?.connection.close()
    reader = undefined
    const db = openWriter(file)
    const opened = { db, statements: new Statements(db) }
    try {
      await migrate((work) => runIn(opened, work), migrations, now)
    } catch (error) {
      db.close()
      throw error
    }
    writer = opened
    return opened
  }
  const stopWriting = () => {
    writer?.db.close()
    writer = undefined
  }

  try {
    await startWriting()
    reader = startReading(openReader(file))
  } catch (error) {
    const failure = toFailure(error)
    stopWriting()
    try {
      if (!isStorageFailure(failure)) throw failure
      if (!hasContent(file)) throw noData(dataDir, failure)
      reader = startReading(openFrozen(file))
    } catch (error) {
      lock?.release()
      throw error
    }
  }

  return {
    kind: 'sqlite',
    reader: new SqliteReader({ get: (text) => (reader ??= startReading(openFrozen(file))).statements.get(text) }),
    blobs: fileBlobs(dataDir),
    width: 1,
    async transaction(work) {
      await fairTurn()
      try {
        return await runIn(await startWriting(), work)
      } catch (error) {
        if (writer?.db.inTransaction) stopWriting()
        throw toFailure(error)
      }
    },
    exclusive: async (work) => runIn(await startWriting(), work),
    announce: async () => undefined,
    onNews: () => undefined,
    snapshot: (work) => inSnapshot(file, dataDir, work),
    async afterErase() {
      writer?.db.pragma('wal_checkpoint(TRUNCATE)')
    },
    async close() {
      reader?.connection.close()
      reader = undefined
      stopWriting()
      lock?.release()
      lock = undefined
    },
  }
}

const startReading = (connection: ReadConnection): Reader => ({ connection, statements: new Statements(connection) })

async function runIn<T>({ db, statements }: Writer, work: (runner: Runner) => Promise<T>): Promise<T> {
  const scope: Scope = { open: true, failed: false }
  statements.get('begin immediate').run()
  try {
    const value = await withDeadline(work(new SqliteRunner(statements, scope)), CHANGE_MS)
    if (scope.failed) throw new Error('a statement of this change failed and its error was swallowed')
    scope.open = false
    statements.get('commit').run()
    return value
  } catch (error) {
    scope.open = false
    if (db.inTransaction) db.exec('rollback')
    throw error
  }
}

/** The driver answers at once, so a row of changes would leave nobody else a turn of the event loop until its end. */
function takeTurns(): () => Promise<void> {
  let began = performance.now()
  return async () => {
    if (performance.now() - began < TURN_MS) return
    await setImmediate()
    began = performance.now()
  }
}

/** A first start that ended on a full disk leaves an empty file. */
const hasContent = (file: string): boolean => (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 0
