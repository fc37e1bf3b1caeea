// A restore on the embedded store: a new database file is filled and synced beside the old one, and renamed over it.
// The old one is closed cleanly first, so that none of its journal is left for the new one to find.
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Failure } from '../../lib/failure.ts'
import type { Loading } from '../backup/restore.ts'
import { fileBlobs, syncDirectory } from './sqlite-blobs.ts'
import { databaseFile, makeDataDir, openWriter } from './sqlite-files.ts'
import { lockDirectory } from './sqlite-lock.ts'
import { SqliteRunner, Statements } from './sqlite-runner.ts'

export function sqliteLoading(dataDir: string, replace: boolean): Loading {
  return {
    async load(work) {
      makeDataDir(dataDir)
      const lock = lockDirectory(dataDir)
      const file = databaseFile(dataDir)
      const draft = join(dataDir, `restore-${randomUUID()}.db`)
      try {
        if (existsSync(file) && !replace)
          throw new Failure('conflict', `${dataDir} holds a store already`, {
            hint: 'choose another data directory, or say that it may be replaced',
          })
        const db = openWriter(draft)
        try {
          const scope = { open: true, failed: false }
          db.exec('begin immediate')
          await work(new SqliteRunner(new Statements(db), scope), fileBlobs(dataDir).write)
          db.exec('commit')
          db.pragma('wal_checkpoint(TRUNCATE)')
        } finally {
          db.close()
        }
        if (existsSync(file)) openWriter(file).close()
        await rename(draft, file)
        await syncDirectory(dataDir)
      } finally {
        for (const suffix of ['', '-wal', '-shm']) await rm(`${draft}${suffix}`, { force: true })
        lock.release()
      }
    },
  }
}
