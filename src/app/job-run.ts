// One attempt at one job: keeps the lease while it runs, stops it when it must, and writes down how it ended together
// with the log entry that says so.
import type { Store } from '../store/store.ts'
import { Failure, type FailureCode } from '../lib/failure.ts'
import type { Job, JobOutcome, JobProgress } from '../model/job.ts'
import { jobEnded } from './job-entries.ts'
import type { JobKind } from './job-kind.ts'

const MOST_ERROR = 1000
const MOST_SAVED = 256 * 1024
const FIRST_RETRY_MS = 1000
const MOST_RETRY_MS = 300_000
/** Trying again would only fail again. */
const FINAL: ReadonlySet<FailureCode> = new Set([
  'input_invalid',
  'not_found',
  'forbidden',
  'config_invalid',
  'too_large',
  'log_damaged',
])

export interface Run {
  readonly ended: Promise<void>
  cancel(): void
  putBack(): void
}

export interface Setting {
  store: Store
  now: () => Date
  leaseMs: number
  random: () => number
  worker: string
  tell: (job: Job) => void
  onTrouble: (error: unknown) => void
}

/** Why a job was told to stop. `lost`: another worker has it now, and nothing of this attempt may be written. */
type Stop = 'cancel' | 'put-back' | 'lost'

export function runJob(setting: Setting, kinds: ReadonlyMap<string, JobKind>, job: Job): Run {
  const { store, now, leaseMs, worker, tell } = setting
  const abort = new AbortController()
  let stop: Stop | undefined
  let progress = job.progress
  const stopFor = (reason: Stop) => {
    stop = stop === 'lost' ? 'lost' : reason
    abort.abort(new Failure('unavailable', `the job was stopped (${reason})`))
  }
  const renew = async () => {
    const held = await store.change((tx) => tx.jobs.renew(job.id, worker, progress, now(), leaseMs))
    if (held !== 'held') stopFor(held)
  }
  const report = async (latest: JobProgress) => {
    abort.signal.throwIfAborted()
    progress = checked(latest)
    await renew()
    tell({ ...job, progress })
    abort.signal.throwIfAborted()
  }
  const attempt = async (): Promise<JobOutcome> => {
    if (job.cancelRequested) return { state: 'cancelled' }
    if (job.attempts > job.mostAttempts)
      return { state: 'failed', error: `it stopped without an end ${job.mostAttempts} times` }
    const kind = kinds.get(job.kind)
    if (!kind) throw new Error('a job was claimed of a kind that is not known')
    const heartbeat = setInterval(() => void renew().catch(setting.onTrouble), leaseMs / 4).unref()
    try {
      const result = await kind.run(job, report, abort.signal)
      if (JSON.stringify(result).length > MOST_SAVED)
        throw new Failure('too_large', 'the result of the job is too large to keep')
      return { state: 'done', result }
    } catch (error) {
      return outcomeOf(error)
    } finally {
      clearInterval(heartbeat)
    }
  }
  const outcomeOf = (error: unknown): JobOutcome => {
    if (stop === 'cancel') return { state: 'cancelled' }
    if (stop === 'put-back') return { state: 'queued', error: job.error, runAt: now(), uncounted: true }
    if (stop === undefined && !(error instanceof Failure)) setting.onTrouble(error)
    const text = describe(error)
    const final = error instanceof Failure && FINAL.has(error.code)
    if (final || job.attempts >= job.mostAttempts) return { state: 'failed', error: text }
    return { state: 'queued', error: text, runAt: new Date(now().getTime() + retryMs(job.attempts, setting.random())) }
  }
  const end = async () => {
    const outcome = await attempt()
    if (stop === 'lost') return
    const ended = await store.change(async (tx) => {
      if (outcome.state === 'queued') await tx.jobs.renew(job.id, worker, progress, now(), leaseMs)
      if (!(await tx.jobs.finish(job.id, worker, outcome, now()))) return undefined
      const after = await tx.jobs.byId(job.id)
      if (after && outcome.state !== 'queued') tx.record(jobEnded(after))
      return after
    })
    if (ended) tell(ended)
  }
  return { ended: end(), cancel: () => stopFor('cancel'), putBack: () => stopFor('put-back') }
}

/** Doubles with each attempt, and spreads: jobs that failed together do not come back together. */
export function retryMs(attempts: number, random: number): number {
  const most = Math.min(FIRST_RETRY_MS * 2 ** (attempts - 1), MOST_RETRY_MS)
  return Math.round(most / 2 + (most / 2) * random)
}

function checked(progress: JobProgress): JobProgress {
  if (JSON.stringify(progress).length > MOST_SAVED)
    throw new Failure('too_large', 'the progress of the job is too large to keep')
  return progress
}

/** A bug's message may quote what the job worked on; only its kind is shown. */
function describe(error: unknown): string {
  if (error instanceof Failure) return error.message.slice(0, MOST_ERROR)
  return `a bug stopped it (${error instanceof Error ? error.name : typeof error})`
}
