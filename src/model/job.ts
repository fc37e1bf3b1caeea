// Work that outlives a request. It waits in the database, is leased to one worker at a time, and survives a crash:
// when a lease runs out, the next worker goes on from the last saved progress.
import type { JsonObject } from '../lib/canonical-json.ts'
import type { Page, PageQuery } from './page.ts'

export const JOB_STATES = ['queued', 'running', 'done', 'failed', 'cancelled'] as const
export type JobState = (typeof JOB_STATES)[number]

export interface JobProgress {
  done: number
  total: number | undefined
  note: string
  /** Whatever the job needs to go on from here after a crash. */
  resume?: JsonObject
}

export interface Job {
  id: string
  kind: string
  input: JsonObject
  state: JobState
  progress: JobProgress
  attempts: number
  mostAttempts: number
  result: JsonObject | undefined
  error: string | undefined
  createdBy: string
  createdAt: string
  runAt: string
  worker: string | undefined
  leaseUntil: string | undefined
  endedAt: string | undefined
  cancelRequested: boolean
}

export type NewJob = Pick<Job, 'id' | 'kind' | 'input' | 'mostAttempts' | 'createdBy' | 'createdAt' | 'runAt'>

export interface JobStore {
  /** Refuses with `too_many` when `bound` jobs already wait. */
  enqueue(job: NewJob, bound: number): Promise<Job>
  /**
   * Leases the oldest job that is due: queued, or running with a lease that ran out. Counts the attempt, also beyond
   * the most that the job may have: whoever claims it then ends it.
   */
  claim(kinds: readonly string[], worker: string, now: Date, leaseMs: number): Promise<Job | undefined>
  /** Saves progress and extends the lease. `lost`: somebody else has the job now. */
  renew(
    id: string,
    worker: string,
    progress: JobProgress,
    now: Date,
    leaseMs: number,
  ): Promise<'held' | 'lost' | 'cancel'>
  finish(id: string, worker: string, outcome: JobOutcome, now: Date): Promise<boolean>
  cancel(id: string, now: Date): Promise<Job | undefined>
  byId(id: string): Promise<Job | undefined>
  list(query: PageQuery & { state?: JobState | undefined; kind?: string | undefined }): Promise<Page<Job>>
  /** Drops jobs that ended before a date; at most `limit` in one go. */
  sweep(endedBefore: Date, limit: number): Promise<number>
}

export type JobOutcome =
  | { state: 'done'; result: JsonObject }
  | { state: 'failed'; error: string }
  | { state: 'cancelled' }
  /** Back in the queue. `uncounted`: the attempt was cut short by us and is not held against the job. */
  | { state: 'queued'; error: string | undefined; runAt: Date; uncounted?: boolean }
