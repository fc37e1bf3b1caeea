// Whether this installation does its work: can it write, is the log being sealed, does the clock run forwards.
import { statfs } from 'node:fs/promises'
import type { App } from '../app/app.ts'

const CLOCK_SLACK_MS = 5000
const SEAL_WITHIN_MS = 10 * 60_000

export interface Check {
  id: 'store' | 'log' | 'clock'
  state: 'good' | 'warning' | 'failing'
  note: string
}

export async function readChecks(app: App): Promise<Check[]> {
  const { writable, reason } = await app.store.health()
  const state = await app.store.read.log.state()
  const sealed = await app.store.read.log.latestCheckpoint()
  return [
    writable
      ? { id: 'store', state: 'good', note: 'accepts changes' }
      : { id: 'store', state: 'failing', note: reason ?? 'refuses changes' },
    logCheck(app.now(), state.size, sealed),
    clockCheck(app.now(), state.lastAt),
  ]
}

export async function readHealth(app: App) {
  const checks = await readChecks(app)
  const space = await statfs(app.config.dataDir).then(
    ({ bavail, blocks, bsize }) => ({ freeBytes: bavail * bsize, totalBytes: blocks * bsize }),
    () => ({}),
  )
  return {
    version: app.version,
    node: process.versions.node,
    startedAt: app.startedAt.toISOString(),
    uptimeSeconds: Math.round((app.now().getTime() - app.startedAt.getTime()) / 1000),
    store: app.store.kind,
    catalogVersion: app.catalog.version,
    ready: checks.every((check) => check.state !== 'failing'),
    checks,
    memoryBytes: process.memoryUsage.rss(),
    dataDir: { path: app.config.dataDir, ...space },
    publicUrl: app.config.publicUrl,
  }
}

function logCheck(now: Date, size: number, sealed: { size: number; at: string } | undefined): Check {
  const open = size - (sealed?.size ?? 0)
  if (open === 0) return { id: 'log', state: 'good', note: `all ${size} entries are sealed` }
  const age = sealed === undefined ? undefined : now.getTime() - Date.parse(sealed.at)
  const late = age !== undefined && age > SEAL_WITHIN_MS
  const since = sealed === undefined ? 'none was sealed yet' : `last sealed at ${sealed.at}`
  return {
    id: 'log',
    state: late ? 'warning' : 'good',
    note: `${open} of ${size} entries are not sealed yet; ${since}`,
  }
}

function clockCheck(now: Date, lastAt: string): Check {
  const behind = lastAt === '' ? 0 : Date.parse(lastAt) - now.getTime()
  if (behind <= CLOCK_SLACK_MS) return { id: 'clock', state: 'good', note: 'runs forwards' }
  const seconds = Math.round(behind / 1000)
  const note = `is ${seconds} seconds behind the last log entry: set the clock of this machine`
  return { id: 'clock', state: 'warning', note }
}
