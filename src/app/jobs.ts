// Runs queued work: claims, renews, retries with back-off, and tells who listens how far it is.
import { hostname } from 'node:os'
import { randomUUID } from 'node:crypto'
import type { JsonObject } from '../lib/canonical-json.ts'
import { Failure } from '../lib/failure.ts'
import { newId } from '../lib/id.ts'
import { suggest } from '../lib/suggest.ts'
import type { Actor } from '../model/actor.ts'
import type { Job } from '../model/job.ts'
import type { Store } from '../store/store.ts'
import { jobEnded } from './job-entries.ts'
import type { JobKind } from './job-kind.ts'
import { type Run, runJob } from './job-run.ts'

export type { JobKind } from './job-kind.ts'

export interface Jobs {
  enqueue(kind: string, input: JsonObject, actor: Actor): Promise<Job>
  /** A queued job is cancelled at once, a running one is told to stop. One that has ended stays as it is. */
  cancel(id: string, actor: Actor): Promise<Job>
  onProgress(listener: (job: Job) => void): () => void
  /** Stops claiming, tells running jobs to stop and puts them back, to go on from what they saved last. */
  close(): Promise<void>
}

export interface JobsOptions {
  store: Store
  kinds: readonly JobKind[]
  now: () => Date
  /** How many jobs run here at the same time. */
  workers?: number
  mostQueued?: number
  leaseMs?: number
  pollMs?: number
  /** 0 ≤ random < 1, for the jitter of retries. */
  random?: () => number
  /** Hears of bugs in jobs and of a store that cannot be reached. */
  onTrouble?: (error: unknown) => void
}

const MOST_INPUT = 256 * 1024
const MOST_LISTENERS = 1000
const MOST_POLL_MS = 30_000
const GRACE_MS = 10_000

export function createJobs(options: JobsOptions): Jobs {
  const { store, now, workers = 2, mostQueued = 1000, leaseMs = 30_000, pollMs = 1000 } = options
  const onTrouble = options.onTrouble ?? (() => undefined)
  const kinds = new Map(options.kinds.map((kind) => [kind.kind, kind]))
  const worker = `${hostname()}/${process.pid}/${randomUUID()}`
  const listeners = new Set<(job: Job) => void>()
  const running = new Map<string, Run>()
  let closed = false
  let claiming: Promise<void> | undefined
  let again = false
  let troubles = 0
  let timer: NodeJS.Timeout | undefined

  const tell = (job: Job) => {
    for (const listener of listeners)
      try {
        listener(job)
      } catch (error) {
        onTrouble(error)
      }
  }
  const start = (job: Job) => {
    const run = runJob(
      { ...options, onTrouble, tell, worker, leaseMs, random: options.random ?? Math.random },
      kinds,
      job,
    )
    running.set(job.id, run)
    void run.ended.catch(onTrouble).finally(() => {
      running.delete(job.id)
      wake()
    })
  }
  const claim = async () => {
    for (;;) {
      again = false
      const full = closed || running.size >= workers
      const job = full
        ? undefined
        : await store.change((tx) => tx.jobs.claim([...kinds.keys()], worker, now(), leaseMs))
      if (job) start(job)
      else if (full || !again) return
    }
  }
  /** Looks for work now, and again after a while: longer each time while the store cannot be reached. */
  const wake = () => {
    if (closed) return
    again = true
    claiming ??= look().finally(() => {
      claiming = undefined
      clearTimeout(timer)
      if (!closed) timer = setTimeout(wake, Math.min(pollMs * 2 ** troubles, MOST_POLL_MS)).unref()
    })
  }
  const look = async () => {
    try {
      await claim()
      troubles = 0
    } catch (error) {
      if (troubles++ === 0) onTrouble(error)
    }
  }
  wake()

  return {
    async enqueue(kind, input, actor) {
      if (closed) throw new Failure('unavailable', 'Parapet is stopping', { hint: 'try again when it runs' })
      const known = kinds.get(kind)
      if (!known) throw unknownKind(kind, kinds.keys())
      const at = now()
      const job = { id: newId('job', at), kind, input, createdBy: actor.id, createdAt: at.toISOString() }
      if (JSON.stringify(input).length > MOST_INPUT)
        throw new Failure('too_large', `the input of a job may have ${MOST_INPUT} characters at most`, {
          hint: 'store what is large as an attachment',
        })
      const queued = await store.change(async (tx) => {
        tx.record({ kind: 'job.queued', actor, subject: { kind: 'job', id: job.id }, data: { kind } })
        return tx.jobs.enqueue({ ...job, mostAttempts: known.mostAttempts, runAt: job.createdAt }, mostQueued)
      })
      tell(queued)
      wake()
      return queued
    },
    async cancel(id, actor) {
      const { before, after } = await store.change(async (tx) => {
        const before = await tx.jobs.byId(id)
        const after = await tx.jobs.cancel(id, now())
        if (!before || !after)
          throw new Failure('not_found', `there is no job ${id.slice(0, 100)}`, { hint: 'list them' })
        if (before.endedAt === undefined && !before.cancelRequested)
          tx.record({ kind: 'job.cancel-requested', actor, subject: { kind: 'job', id }, data: { kind: before.kind } })
        if (before.state === 'queued') tx.record(jobEnded(after))
        return { before, after }
      })
      running.get(id)?.cancel()
      if (before.endedAt === undefined) tell(after)
      return after
    },
    onProgress(listener) {
      if (listeners.size >= MOST_LISTENERS) throw new Error(`more than ${MOST_LISTENERS} listeners: one of them leaks`)
      const own = (job: Job) => listener(job)
      listeners.add(own)
      return () => listeners.delete(own)
    },
    async close() {
      closed = true
      clearTimeout(timer)
      await claiming
      const ends = [...running.values()].map((run) => {
        run.putBack()
        return run.ended.catch(onTrouble)
      })
      await within(GRACE_MS, Promise.all(ends))
      listeners.clear()
    },
  }
}

/** A job that does not stop is left to its lease: another worker takes it up when that runs out. */
async function within(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  await Promise.race([work, new Promise((done) => (timer = setTimeout(done, ms)))])
  clearTimeout(timer)
}

function unknownKind(kind: string, known: Iterable<string>): Failure {
  const near = suggest(kind, known)
  return new Failure('input_invalid', `there is no job of kind "${kind.slice(0, 80)}"`, {
    hint: near === undefined ? undefined : `did you mean "${near}"?`,
  })
}
