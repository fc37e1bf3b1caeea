// The job queue as a table. A claim is a lease with an end: nobody has to notice that a worker died for its job to be
// taken up again.
import { Failure } from '../../lib/failure.ts'
import { JOB_STATES, type Job, type JobProgress, type JobStore } from '../../model/job.ts'
import type { Runner } from '../runner.ts'
import type { Schema } from '../schema.ts'
import { isObject, jsonObject, oneOf } from './json.ts'
import { cursorText, rowsToRead, toPage } from './page.ts'

const NOTHING_DONE: JobProgress = { done: 0, total: undefined, note: '' }
const later = (now: Date, ms: number): string => new Date(now.getTime() + ms).toISOString()

export function jobs(runner: Runner): JobStore {
  const { build } = runner
  const byId = async (id: string) => {
    const query = build.selectFrom('job').selectAll().where('id', '=', id)
    const row = await runner.first(runner.locks ? query.forUpdate() : query)
    return row && toJob(row)
  }
  /** The worker's own running job: every write of a worker starts here, so a lost lease writes nothing. */
  const held = (id: string, worker: string) =>
    build.updateTable('job').where('id', '=', id).where('worker', '=', worker).where('state', '=', 'running')
  return {
    async enqueue(job, bound) {
      const waiting = build.selectFrom('job').select('id').where('state', '=', 'queued').limit(bound)
      if ((await runner.all(waiting)).length >= bound)
        throw new Failure('too_many', `${bound} jobs already wait`, {
          hint: 'wait until some are done, or cancel some',
        })
      const row: Schema['job'] = {
        id: job.id,
        kind: job.kind,
        input: JSON.stringify(job.input),
        state: 'queued',
        progress: JSON.stringify(NOTHING_DONE),
        attempts: 0,
        most_attempts: job.mostAttempts,
        result: null,
        error: null,
        created_by: job.createdBy,
        created_at: job.createdAt,
        run_at: job.runAt,
        worker: null,
        lease_until: null,
        ended_at: null,
        cancel_requested: 0,
      }
      await runner.run(build.insertInto('job').values(row))
      return toJob(row)
    },
    async claim(kinds, worker, now, leaseMs) {
      if (kinds.length === 0) return undefined
      const at = now.toISOString()
      const due = build
        .selectFrom('job')
        .select('id')
        .where('kind', 'in', [...kinds])
        .where((is) =>
          is.or([
            is.and([is('state', '=', 'queued'), is('run_at', '<=', at)]),
            is.and([is('state', '=', 'running'), is('lease_until', '<', at)]),
          ]),
        )
        .orderBy('run_at')
        .orderBy('id')
        .limit(1)
      const found = await runner.first(runner.locks ? due.forUpdate().skipLocked() : due)
      if (!found) return undefined
      const taken = build
        .updateTable('job')
        .set((is) => ({
          state: 'running',
          worker,
          lease_until: later(now, leaseMs),
          attempts: is('attempts', '+', 1),
        }))
        .where('id', '=', found.id)
        .returningAll()
      const row = await runner.first(taken)
      return row && toJob(row)
    },
    async renew(id, worker, progress, now, leaseMs) {
      const row = await runner.first(
        held(id, worker)
          .set({ progress: JSON.stringify(progress), lease_until: later(now, leaseMs) })
          .returning('cancel_requested'),
      )
      if (!row) return 'lost'
      return row.cancel_requested === 1 ? 'cancel' : 'held'
    },
    async finish(id, worker, outcome, now) {
      const free = { worker: null, lease_until: null }
      const ended = { ...free, ended_at: now.toISOString() }
      const change =
        outcome.state === 'done'
          ? { ...ended, state: 'done', result: JSON.stringify(outcome.result), error: null }
          : outcome.state === 'failed'
            ? { ...ended, state: 'failed', error: outcome.error }
            : outcome.state === 'cancelled'
              ? { ...ended, state: 'cancelled' }
              : { ...free, state: 'queued', error: outcome.error ?? null, run_at: outcome.runAt.toISOString() }
      const query = held(id, worker).set(change)
      const uncounted = outcome.state === 'queued' && outcome.uncounted === true
      return (await runner.run(uncounted ? query.set((is) => ({ attempts: is('attempts', '-', 1) })) : query)) > 0
    },
    async cancel(id, now) {
      const job = await byId(id)
      if (!job || job.endedAt !== undefined) return job
      const change =
        job.state === 'queued'
          ? { cancel_requested: 1, state: 'cancelled', ended_at: now.toISOString() }
          : { cancel_requested: 1 }
      const row = await runner.first(build.updateTable('job').set(change).where('id', '=', id).returningAll())
      return row && toJob(row)
    },
    byId,
    async list(query) {
      const read = rowsToRead(query)
      const before = cursorText(query)
      let rows = build.selectFrom('job').selectAll().orderBy('id', 'desc').limit(read)
      if (before !== undefined) rows = rows.where('id', '<', before)
      if (query.state !== undefined) rows = rows.where('state', '=', query.state)
      if (query.kind !== undefined) rows = rows.where('kind', '=', query.kind)
      return toPage(await runner.all(rows), read, (row) => row.id, toJob)
    },
    sweep: (endedBefore, limit) =>
      runner.run(
        build
          .deleteFrom('job')
          .where('id', 'in', (some) =>
            some.selectFrom('job').select('id').where('ended_at', '<', endedBefore.toISOString()).limit(limit),
          ),
      ),
  }
}

function toJob(row: Schema['job']): Job {
  return {
    id: row.id,
    kind: row.kind,
    input: jsonObject(row.input),
    state: oneOf(JOB_STATES, row.state),
    progress: toProgress(row.progress),
    attempts: row.attempts,
    mostAttempts: row.most_attempts,
    result: row.result === null ? undefined : jsonObject(row.result),
    error: row.error ?? undefined,
    createdBy: row.created_by,
    createdAt: row.created_at,
    runAt: row.run_at,
    worker: row.worker ?? undefined,
    leaseUntil: row.lease_until ?? undefined,
    endedAt: row.ended_at ?? undefined,
    cancelRequested: row.cancel_requested === 1,
  }
}

function toProgress(text: string): JobProgress {
  const { done, total, note, resume } = jsonObject(text)
  return {
    done: typeof done === 'number' ? done : 0,
    total: typeof total === 'number' ? total : undefined,
    note: typeof note === 'string' ? note : '',
    ...(isObject(resume) ? { resume } : {}),
  }
}
