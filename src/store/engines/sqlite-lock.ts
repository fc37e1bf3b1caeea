// One process at a time per data directory. The lock is the operating system's, taken through SQLite on a file of its
// own: it vanishes with its process, so a kill -9 leaves nothing stale behind. The pid file beside it only serves the
// message that the second process prints.
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { Failure } from '../../lib/failure.ts'
import { codeOf } from '../trouble.ts'

export interface DirectoryLock {
  release(): void
}

export function lockDirectory(dataDir: string): DirectoryLock {
  const pidFile = join(dataDir, 'parapet.pid')
  const db = new Database(join(dataDir, 'parapet.lock'), { timeout: 0 })
  try {
    db.exec('begin exclusive')
  } catch (error) {
    db.close()
    if (!codeOf(error).startsWith('SQLITE_BUSY')) throw error
    throw new Failure('conflict', `the data directory ${dataDir} is in use by ${holder(pidFile)}`, {
      hint: 'stop that process first, or choose another directory with PARAPET_DATA_DIR',
      cause: error,
    })
  }
  try {
    writeFileSync(pidFile, `${process.pid} ${hostname()}\n`, { mode: 0o600 })
  } catch (error) {
    db.close()
    throw error
  }
  return {
    release() {
      rmSync(pidFile, { force: true })
      db.close()
    },
  }
}

function holder(pidFile: string): string {
  try {
    const [, pid, host] = /^(\d{1,10}) ([\w.-]{1,255})\n$/.exec(readFileSync(pidFile, 'utf8')) ?? []
    return pid ? `process ${pid} on ${host}` : 'another process'
  } catch {
    return 'another process'
  }
}
