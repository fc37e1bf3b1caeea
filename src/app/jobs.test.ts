import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { Failure } from '../lib/failure.ts'
import type { Job } from '../model/job.ts'
import { sqlitePlaces } from '../store/contract/sqlite-place.ts'
import { account, clock, hasCode, opened } from '../store/contract/place.ts'
import type { Store } from '../store/store.ts'
import { retryMs } from './job-run.ts'
import { createJobs, type JobKind, type JobsOptions } from './jobs.ts'
import { queueRetention, retentionJob } from './retention-job.ts'

const me = { kind: 'account', id: 'me', role: 'owner' } as const

async function started(t: TestContext, kinds: JobKind[], more: Partial<JobsOptions> = {}) {
  const { store } = await opened(t, sqlitePlaces)
  const troubles: unknown[] = []
  const start = (other: Partial<JobsOptions> = {}) => {
    const jobs = createJobs({
      store,
      kinds,
      now: clock,
      pollMs: 5,
      onTrouble: (error) => troubles.push(error),
      ...more,
      ...other,
    })
    t.after(() => jobs.close())
    return jobs
  }
  return { store, jobs: start(), start, troubles }
}

const kind = (run: JobKind['run'], mostAttempts = 3): JobKind => ({ kind: 'scan', mostAttempts, run })

async function until(store: Store, id: string, is: (job: Job) => boolean): Promise<Job> {
  for (let i = 0; i < 600; i++) {
    const job = await store.read.jobs.byId(id)
    if (job && is(job)) return job
    await sleep(5)
  }
  throw new Error('the job did not get there')
}

const ended = (job: Job) => job.endedAt !== undefined
const kindsOf = async (store: Store, id: string) =>
  (await store.read.log.search({ limit: 50, subjectId: id, order: 'oldest' })).items.map((row) => row.kind)

describe('jobs', () => {
  test('a job runs, tells how far it is, and its beginning and end are in the log', async (t) => {
    const { store, jobs } = await started(t, [
      kind(async (job, report) => {
        for (const done of [1, 2]) await report({ done, total: 2, note: 'files' })
        return { path: job.input['path'] ?? null }
      }),
    ])
    const seen: string[] = []
    jobs.onProgress((job) => seen.push(`${job.state} ${job.progress.done}`))
    const { id } = await jobs.enqueue('scan', { path: 'a' }, me)
    const job = await until(store, id, ended)
    assert.deepEqual([job.state, job.result, job.progress.done, job.createdBy], ['done', { path: 'a' }, 2, 'me'])
    assert.deepEqual(seen, ['queued 0', 'running 1', 'running 2', 'done 2'])
    assert.deepEqual(await kindsOf(store, id), ['job.queued', 'job.ended'])
  })

  test('a job that fails is tried again, and no more than it may', async (t) => {
    let runs = 0
    const fail = kind(async () => {
      runs++
      throw new Failure('unavailable', 'the host is away')
    }, 2)
    const { store, jobs } = await started(t, [fail], { random: () => 0 })
    const { id } = await jobs.enqueue('scan', {}, me)
    const waiting = await until(store, id, (job) => job.attempts === 1 && job.state === 'queued')
    assert.equal(waiting.error, 'the host is away')
    assert.ok(Date.parse(waiting.runAt) > Date.parse(waiting.createdAt) + 400)
    const job = await until(store, id, ended)
    assert.deepEqual([job.state, runs, job.error], ['failed', 2, 'the host is away'])
  })

  test('what cannot get better is not tried again, and a bug shows no payload', async (t) => {
    const { store, jobs, troubles } = await started(t, [
      kind(async ({ input }) => {
        if (input['bad'] === true) throw new Failure('input_invalid', 'no such path')
        throw new TypeError('secret-payload')
      }, 1),
    ])
    const bad = await jobs.enqueue('scan', { bad: true }, me)
    assert.deepEqual((await until(store, bad.id, ended)).error, 'no such path')
    const bug = await jobs.enqueue('scan', {}, me)
    assert.equal((await until(store, bug.id, ended)).error, 'a bug stopped it (TypeError)')
    assert.match(String(troubles[0]), /secret-payload/)
  })

  test('no more run at once than there are workers', async (t) => {
    let [now, most] = [0, 0]
    const { store, jobs } = await started(t, [
      kind(async () => {
        most = Math.max(most, ++now)
        await sleep(15)
        now--
        return {}
      }),
    ])
    const queued = await Promise.all(Array.from({ length: 7 }, () => jobs.enqueue('scan', {}, me)))
    for (const { id } of queued) await until(store, id, ended)
    assert.equal(most, 2)
  })

  test('a running job that is cancelled stops', async (t) => {
    const { store, jobs } = await started(t, [
      kind(async (_, __, signal) => {
        await sleep(10_000, undefined, { signal })
        return {}
      }),
    ])
    const { id } = await jobs.enqueue('scan', {}, me)
    await until(store, id, (job) => job.state === 'running')
    await jobs.cancel(id, me)
    assert.equal((await until(store, id, ended)).state, 'cancelled')
    assert.deepEqual(await kindsOf(store, id), ['job.queued', 'job.cancel-requested', 'job.ended'])
    assert.equal((await jobs.cancel(id, me)).state, 'cancelled')
    await assert.rejects(jobs.cancel('job_none', me), hasCode('not_found'))
    assert.equal((await kindsOf(store, id)).length, 3)
  })

  test('closing puts a running job back, and another goes on from what it saved', async (t) => {
    const resumed: unknown[] = []
    const { store, jobs, start } = await started(t, [
      kind(async (job, report, signal) => {
        resumed.push(job.progress.resume)
        if (resumed.length > 1) return { attempts: job.attempts }
        await report({ done: 1, total: 2, note: '', resume: { at: 'b' } })
        await sleep(10_000, undefined, { signal })
        return { attempts: 0 }
      }, 1),
    ])
    const { id } = await jobs.enqueue('scan', {}, me)
    await until(store, id, (job) => job.progress.done === 1)
    await jobs.close()
    assert.equal((await store.read.jobs.byId(id))?.state, 'queued')
    await assert.rejects(jobs.enqueue('scan', {}, me), hasCode('unavailable'))
    start()
    assert.deepEqual((await until(store, id, ended)).result, { attempts: 1 })
    assert.deepEqual(resumed, [undefined, { at: 'b' }])
  })

  test('a job whose worker keeps dying is given up', async (t) => {
    const { store, start, jobs } = await started(t, [kind(async () => ({}), 2)])
    await jobs.close()
    const time = new Date(0)
    const job = { id: 'job_x', kind: 'scan', input: {}, mostAttempts: 2, createdBy: 'me', createdAt: time.toISOString(), runAt: time.toISOString() } // prettier-ignore
    await store.change((tx) => tx.jobs.enqueue(job, 10))
    for (const worker of ['dead-1', 'dead-2'])
      await store.change((tx) => tx.jobs.claim(['scan'], worker, new Date(worker === 'dead-1' ? 0 : 5000), 1000))
    start()
    const given = await until(store, 'job_x', ended)
    assert.deepEqual([given.state, given.error], ['failed', 'it stopped without an end 2 times'])
    assert.deepEqual(await kindsOf(store, 'job_x'), ['job.ended'])
  })

  test('what cannot be queued is refused with a hint', async (t) => {
    const { jobs } = await started(t, [kind(async () => ({}))], { mostQueued: 0 })
    await assert.rejects(jobs.enqueue('scna', {}, me), { code: 'input_invalid', hint: 'did you mean "scan"?' })
    await assert.rejects(jobs.enqueue('scan', { text: 'x'.repeat(300_000) }, me), hasCode('too_large'))
    await assert.rejects(jobs.enqueue('scan', {}, me), hasCode('too_many'))
  })

  test('retries double, spread and end at five minutes', () => {
    assert.deepEqual(
      [1, 2, 3, 20].map((attempt) => [retryMs(attempt, 0), retryMs(attempt, 1)]),
      [
        [500, 1000],
        [1000, 2000],
        [2000, 4000],
        [150_000, 300_000],
      ],
    )
  })

  test('the daily sweep is queued once a day and drops what expired, never the log', async (t) => {
    const { store } = await opened(t, sqlitePlaces)
    let time = Date.parse('2026-05-01T00:00:00Z')
    const now = () => new Date(time)
    const jobs = createJobs({ store, kinds: [retentionJob(store, now)], now, pollMs: 5 })
    t.after(() => jobs.close())
    const ada = account()
    const session = (id: string, expiresAt: string) => ({
      id,
      accountId: ada.id,
      createdAt: '2026',
      expiresAt,
      lastSeenAt: '2026',
    })
    await store.change(async (tx) => {
      await tx.accounts.insert(ada)
      for (let i = 0; i < 501; i++) await tx.sessions.insert(session(`old-${i}`, '2026-04-01T00:00:00.000Z'))
      await tx.sessions.insert(session('fresh', '2026-05-01T09:00:00.000Z'))
    })
    assert.deepEqual(
      [await queueRetention({ store, jobs, now }), await queueRetention({ store, jobs, now })],
      [true, false],
    )
    const [first] = (await store.read.jobs.list({ limit: 1 })).items
    const swept = await until(store, first?.id ?? '', ended)
    const { sessions, ...others } = swept.result ?? {}
    assert.equal(sessions, 501)
    assert.deepEqual(new Set(Object.values(others)), new Set([0]))
    assert.equal((await store.read.sessions.byId('fresh'))?.id, 'fresh')
    assert.equal((await store.read.log.state()).size, 2)
    time += 86_400_000
    assert.equal(await queueRetention({ store, jobs, now }), true)
  })
})
