// Whether this installation does its work: can it write, is the log being sealed, does the clock run forwards.
import { statfs } from 'node:fs/promises'
import type { App } from '../app/app.ts'

const CLOCK_SLACK_MS = 5000
const SEAL_SLACK_MS = 30_000

export interface Check {
  id: 'store' | 'log' | 'record' | 'clock'
  state: 'good' | 'warning' | 'failing'
  note: string
}

export async function readChecks(app: App): Promise<Check[]> {
  const { writable, reason } = await app.store.health()
  const { log } = app.store.read
  const state = await log.state()
  const sealed = await log.latestCheckpoint()
  const [oldest] = await log.rows(sealed?.size ?? 0, (sealed?.size ?? 0) + 1)
  return [
    writable
      ? { id: 'store', state: 'good', note: 'accepts changes' }
      : { id: 'store', state: 'failing', note: reason ?? 'refuses changes' },
    await logCheck(app, state.size, sealed?.size ?? 0, oldest?.at),
    recordCheck(app),
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

/** What counts is how long the oldest entry waits for its seal; a quiet log may be unsealed for no time at all. */
async function logCheck(app: App, size: number, sealed: number, oldestAt: string | undefined): Promise<Check> {
  const { damage } = await app.log.exposure()
  if (damage !== undefined) return { id: 'log', state: 'failing', note: `is not sealed any more: ${damage}` }
  if (oldestAt === undefined || sealed >= size)
    return { id: 'log', state: 'good', note: `all ${size} entries are sealed` }
  const late = app.now().getTime() - Date.parse(oldestAt) > app.config.log.checkpointSeconds * 1000 + SEAL_SLACK_MS
  const note = `${size - sealed} of ${size} entries are not sealed yet, the oldest of ${oldestAt}`
  return { id: 'log', state: late ? 'warning' : 'good', note }
}

/** Calls go on where the record cannot be written, unless their route says otherwise; so it is a warning, but never silent. */
function recordCheck({ record }: App): Check {
  const { waiting, lost, wordless, trouble } = record.state
  const missing = [
    lost === 0 ? '' : `; ${lost} calls since the start are not on record`,
    wordless === 0 ? '' : `; of ${wordless} calls the words could not be kept`,
  ].join('')
  if (trouble !== undefined)
    return { id: 'record', state: 'warning', note: `cannot be written, ${waiting} calls wait: ${trouble}${missing}` }
  return { id: 'record', state: missing === '' ? 'good' : 'warning', note: `takes calls in${missing}` }
}

function clockCheck(now: Date, lastAt: string): Check {
  const behind = lastAt === '' ? 0 : Date.parse(lastAt) - now.getTime()
  if (behind <= CLOCK_SLACK_MS) return { id: 'clock', state: 'good', note: 'runs forwards' }
  const seconds = Math.round(behind / 1000)
  const note = `is ${seconds} seconds behind the last log entry: set the clock of this machine`
  return { id: 'clock', state: 'warning', note }
}
