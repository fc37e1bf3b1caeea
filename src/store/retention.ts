// Drops what has served its time: sessions and links that expired, those of suppliers too, jobs that ended long ago. Never the log. In small
// batches, each a change of its own, so that nobody waits for the sweep.
import type { JobProgress } from '../model/job.ts'
import type { Change, Store } from './store.ts'

const DAY_MS = 86_400_000
const BATCH = 500
const MOST_BATCHES = 2000

export interface RetentionSettings {
  /** Days that expired sessions and links are still kept, to explain a refusal. */
  expiredDays?: number
  jobDays?: number
}

export interface Swept {
  [table: string]: number
  sessions: number
  links: number
  assuranceLinks: number
  leases: number
  jobs: number
}

export interface SweepOptions extends RetentionSettings {
  now: Date
  signal?: AbortSignal
  report?: (progress: JobProgress) => Promise<void>
}

export async function sweepStore(store: Store, options: SweepOptions): Promise<Swept> {
  const { now, expiredDays = 1, jobDays = 90 } = options
  const before = (days: number) => new Date(now.getTime() - days * DAY_MS)
  const expired = before(expiredDays).toISOString()
  const sweeps: [keyof Swept & string, (tx: Change) => Promise<number>][] = [
    ['sessions', (tx) => tx.sessions.sweep(expired, BATCH)],
    ['links', (tx) => tx.links.sweep(expired, BATCH)],
    ['assuranceLinks', (tx) => tx.assuranceLinks.sweep(expired, BATCH)],
    ['leases', (tx) => tx.leases.sweep(before(expiredDays).getTime(), BATCH)],
    ['jobs', (tx) => tx.jobs.sweep(before(jobDays), BATCH)],
  ]
  const swept: Swept = { sessions: 0, links: 0, assuranceLinks: 0, leases: 0, jobs: 0 }
  for (const [name, sweep] of sweeps) {
    for (let batch = 0; batch < MOST_BATCHES; batch++) {
      options.signal?.throwIfAborted()
      const count = await store.change(sweep)
      swept[name] = (swept[name] ?? 0) + count
      if (count < BATCH) break
    }
    await options.report?.({ done: Object.values(swept).reduce((a, b) => a + b), total: undefined, note: name })
  }
  return swept
}
