// Places on the embedded store.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { databaseFile } from '../engines/sqlite-files.ts'
import type { Places } from './place.ts'

export const sqlitePlaces: Places = async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'parapet-store-'))
  return {
    engine: 'sqlite',
    where: { dataDir },
    async raw(text) {
      const db = new Database(databaseFile(dataDir))
      db.exec(text)
      db.close()
    },
    async remove() {
      rmSync(dataDir, { recursive: true })
    },
  }
}
