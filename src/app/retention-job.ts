// The sweep as a job, and the clock that queues it once a day. Replicas share the queue: whoever is first in a day
// queues it, because a job of that kind that is not yet a day old is left to do the work.
import { SYSTEM } from '../model/actor.ts'
import { type RetentionSettings, sweepStore } from '../store/retention.ts'
import type { Store } from '../store/store.ts'
import type { Config } from './config.ts'
import type { JobKind } from './job-kind.ts'
import type { Jobs } from './jobs.ts'

const KIND = 'retention'
const DAY_MS = 86_400_000
const LOOK_EVERY_MS = 3_600_000

/** How long the operator wants to keep what the gateway writes down. */
export const retentionOf = ({ record, scans }: Pick<Config, 'record' | 'scans'>): RetentionSettings => ({
  callDays: record.days,
  contentDays: record.contentDays,
  usageDays: record.usageDays,
  scanDays: scans.days,
})

export const retentionJob = (store: Store, now: () => Date, settings: RetentionSettings = {}): JobKind => ({
  kind: KIND,
  mostAttempts: 3,
  run: (_, report, signal) => sweepStore(store, { ...settings, now: now(), report, signal }),
})

/** Queues the sweep when the last one is a day old. Looks now and each hour; returns how to stop. */
export function scheduleRetention(
  { store, jobs, now }: { store: Store; jobs: Jobs; now: () => Date },
  onTrouble: (error: unknown) => void,
): () => void {
  const look = async () => {
    try {
      await queueRetention({ store, jobs, now })
    } catch (error) {
      onTrouble(error)
    }
  }
  void look()
  const timer = setInterval(() => void look(), LOOK_EVERY_MS).unref()
  return () => clearInterval(timer)
}

export async function queueRetention({
  store,
  jobs,
  now,
}: {
  store: Store
  jobs: Jobs
  now: () => Date
}): Promise<boolean> {
  const { items } = await store.read.jobs.list({ kind: KIND, limit: 1 })
  const last = items[0]
  if (last && now().getTime() - Date.parse(last.createdAt) < DAY_MS) return false
  await jobs.enqueue(KIND, {}, SYSTEM)
  return true
}
