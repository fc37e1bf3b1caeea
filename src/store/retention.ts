// Drops what has served its time: sessions and links that expired, those of suppliers too, jobs that ended long ago, calls
// with their words, approvals and sums. Never the log. In small batches, each a change of its own, so that nobody waits for
// the sweep.
import { firstIdAt } from '../lib/id.ts'
import type { JobProgress } from '../model/job.ts'
import type { Change, Store } from './store.ts'

const DAY_MS = 86_400_000
const BATCH = 500
const CALLS = 2000
const MOST_BATCHES = 50_000

export interface RetentionSettings {
  /** Days that expired sessions and links are still kept, to explain a refusal. */
  expiredDays?: number
  jobDays?: number
  /** Of calls, of their words, and of what they amount to. */
  callDays?: number
  contentDays?: number
  usageDays?: number
  /** Of scans that a later one took the place of, and of what they do not find any more. */
  scanDays?: number
}

export interface Swept {
  [table: string]: number
  sessions: number
  links: number
  assuranceLinks: number
  leases: number
  inputSeries: number
  jobs: number
  contents: number
  approvedWords: number
  approvals: number
  calls: number
  usage: number
  sightings: number
  scans: number
  discoveries: number
  scanFindings: number
}

export interface SweepOptions extends RetentionSettings {
  now: Date
  signal?: AbortSignal
  report?: (progress: JobProgress) => Promise<void>
}

export async function sweepStore(store: Store, options: SweepOptions): Promise<Swept> {
  const {
    now,
    expiredDays = 1,
    jobDays = 90,
    callDays = 90,
    contentDays = 30,
    usageDays = 800,
    scanDays = 90,
  } = options
  const before = (days: number) => new Date(now.getTime() - days * DAY_MS)
  const expired = before(expiredDays).toISOString()
  const sweeps: [keyof Swept & string, (tx: Change) => Promise<number>][] = [
    ['sessions', (tx) => tx.sessions.sweep(expired, BATCH)],
    ['links', (tx) => tx.links.sweep(expired, BATCH)],
    ['assuranceLinks', (tx) => tx.assuranceLinks.sweep(expired, BATCH)],
    ['leases', (tx) => tx.leases.sweep(before(expiredDays).getTime(), BATCH)],
    ['inputSeries', (tx) => tx.inputSeries.sweep(expired, BATCH)],
    ['jobs', (tx) => tx.jobs.sweep(before(jobDays), BATCH)],
    ['contents', (tx) => tx.contents.sweep(before(contentDays).toISOString(), BATCH)],
    ['approvedWords', (tx) => tx.approvals.empty(before(contentDays).toISOString(), BATCH)],
    ['approvals', (tx) => tx.approvals.sweep(before(callDays).toISOString(), BATCH)],
    ['calls', (tx) => tx.calls.sweep(before(callDays).toISOString(), CALLS)],
    ['usage', (tx) => tx.usage.sweep(before(usageDays).toISOString().slice(0, 10), BATCH)],
    ['sightings', (tx) => tx.sightings.sweep(before(callDays).toISOString(), BATCH)],
    ['scans', (tx) => sweepScans(tx, firstIdAt('scan', before(scanDays)))],
    ['discoveries', (tx) => tx.discoveries.sweep(before(scanDays).toISOString(), BATCH)],
    ['scanFindings', (tx) => tx.scanFindings.sweep(before(scanDays).toISOString(), BATCH)],
  ]
  const swept: Swept = {
    sessions: 0,
    links: 0,
    assuranceLinks: 0,
    leases: 0,
    inputSeries: 0,
    jobs: 0,
    contents: 0,
    approvedWords: 0,
    approvals: 0,
    calls: 0,
    usage: 0,
    sightings: 0,
    scans: 0,
    discoveries: 0,
    scanFindings: 0,
  }
  for (const [name, sweep] of sweeps) {
    for (let batch = 0; batch < MOST_BATCHES; batch++) {
      options.signal?.throwIfAborted()
      const count = await store.change(sweep)
      swept[name] = (swept[name] ?? 0) + count
      if (count === 0) break
    }
    await options.report?.({ done: Object.values(swept).reduce((a, b) => a + b), total: undefined, note: name })
  }
  // Also what a sweep before this one took away, if it was stopped before it came so far.
  await store.forget()
  return swept
}

/** With all that they found: the log goes on naming it by its hash. */
async function sweepScans(tx: Change, before: string): Promise<number> {
  const old = await tx.scans.sweep(before, BATCH)
  for (const { result, upload } of old)
    for (const sha256 of [result, upload]) if (sha256 !== undefined) await tx.attachments.remove(sha256)
  return old.length
}
