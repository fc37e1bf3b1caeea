// What the queue promises: a job is one worker's at a time, and nobody's for ever.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '../../lib/id.ts'
import type { NewJob } from '../../model/job.ts'
import type { Store } from '../store.ts'
import { hasCode, opened, type Places } from './place.ts'

const T0 = new Date('2026-05-01T00:00:00Z')
const at = (seconds: number) => new Date(T0.getTime() + seconds * 1000)

function job(more: Partial<NewJob> = {}): NewJob {
  const time = T0.toISOString()
  return { id: newId('job', T0), kind: 'scan', input: { path: 'a' }, mostAttempts: 3, createdBy: 'me', createdAt: time, runAt: time, ...more } // prettier-ignore
}

const enqueue = (store: Store, some: NewJob, bound = 100) => store.change((tx) => tx.jobs.enqueue(some, bound))
const claim = (store: Store, worker: string, now: Date, kinds = ['scan']) =>
  store.change((tx) => tx.jobs.claim(kinds, worker, now, 10_000))

export function jobContract(places: Places): void {
  test('many workers at once each get another job, the oldest first', async (t) => {
    const { store, place, again } = await opened(t, places)
    const other = place.engine === 'postgres' ? await again() : store
    const jobs = Array.from({ length: 12 }, (_, i) => job({ runAt: at(i - 20).toISOString() }))
    for (const one of jobs.toReversed()) await enqueue(store, one)
    const claimed = await Promise.all(
      Array.from({ length: 14 }, (_, i) => claim(i % 2 === 0 ? store : other, `w${i}`, T0)),
    )
    const ids = claimed.flatMap((one) => one?.id ?? [])
    assert.equal(claimed.filter((one) => one === undefined).length, 2)
    assert.deepEqual(new Set(ids), new Set(jobs.map(({ id }) => id)))
    assert.equal(ids.length, 12)
    assert.equal(await claim(store, 'late', at(9)), undefined)
  })

  test('a job is not started before its time, nor by who does not know its kind', async (t) => {
    const { store } = await opened(t, places)
    await enqueue(store, job({ runAt: at(60).toISOString() }))
    assert.equal(await claim(store, 'w', at(59)), undefined)
    assert.equal(await claim(store, 'w', at(61), ['other']), undefined)
    assert.equal(await claim(store, 'w', at(61), []), undefined)
    assert.equal((await claim(store, 'w', at(61)))?.attempts, 1)
  })

  test('a lease that ran out passes the job on, with the progress saved last', async (t) => {
    const { store } = await opened(t, places)
    const { id } = await enqueue(store, job())
    await claim(store, 'w1', T0)
    const progress = { done: 3, total: 9, note: 'third file', resume: { file: 'c', list: [1, null] } }
    assert.equal(await store.change((tx) => tx.jobs.renew(id, 'w1', progress, at(5), 10_000)), 'held')
    assert.equal(await claim(store, 'w2', at(14)), undefined)
    const taken = await claim(store, 'w2', at(16))
    assert.deepEqual([taken?.id, taken?.attempts, taken?.progress], [id, 2, progress])
    assert.equal(await store.change((tx) => tx.jobs.renew(id, 'w1', progress, at(17), 10_000)), 'lost')
    const done = { state: 'done', result: { files: 9 } } as const
    assert.equal(await store.change((tx) => tx.jobs.finish(id, 'w1', done, at(18))), false)
    assert.equal(await store.change((tx) => tx.jobs.finish(id, 'w2', done, at(18))), true)
    const ended = await store.read.jobs.byId(id)
    assert.deepEqual(
      [ended?.state, ended?.result, ended?.worker, ended?.endedAt],
      ['done', { files: 9 }, undefined, at(18).toISOString()],
    )
    assert.equal(await store.change((tx) => tx.jobs.finish(id, 'w2', done, at(19))), false)
  })

  test('a retry waits its turn; an attempt cut short does not count', async (t) => {
    const { store } = await opened(t, places)
    const { id } = await enqueue(store, job())
    await claim(store, 'w', T0)
    const retry = { state: 'queued', error: 'busy', runAt: at(30) } as const
    await store.change((tx) => tx.jobs.finish(id, 'w', retry, at(1)))
    assert.equal(await claim(store, 'w', at(29)), undefined)
    const second = await claim(store, 'w', at(31))
    assert.deepEqual([second?.attempts, second?.error], [2, 'busy'])
    const back = { state: 'queued', error: undefined, runAt: at(32), uncounted: true } as const
    await store.change((tx) => tx.jobs.finish(id, 'w', back, at(32)))
    assert.deepEqual((await claim(store, 'w', at(33)))?.attempts, 2)
  })

  test('cancelling ends a waiting job and warns a running one', async (t) => {
    const { store } = await opened(t, places)
    const [waiting, running] = [await enqueue(store, job()), await enqueue(store, job({ runAt: at(-1).toISOString() }))]
    assert.equal((await claim(store, 'w', T0))?.id, running.id)
    const cancel = (id: string) => store.change((tx) => tx.jobs.cancel(id, at(1)))
    assert.deepEqual([(await cancel(waiting.id))?.state, (await cancel(running.id))?.state], ['cancelled', 'running'])
    assert.equal(await store.change((tx) => tx.jobs.renew(running.id, 'w', running.progress, at(2), 1000)), 'cancel')
    await store.change((tx) => tx.jobs.finish(running.id, 'w', { state: 'cancelled' }, at(3)))
    assert.equal((await cancel(running.id))?.endedAt, at(3).toISOString())
    assert.equal(await cancel('job_none'), undefined)
    assert.equal(await claim(store, 'w', at(99)), undefined)
  })

  test('the queue is bounded', async (t) => {
    const { store } = await opened(t, places)
    for (let i = 0; i < 3; i++) await enqueue(store, job(), 3)
    await assert.rejects(enqueue(store, job(), 3), hasCode('too_many'))
    await claim(store, 'w', T0)
    await enqueue(store, job(), 3)
  })

  test('lists are paged newest first and filtered, and ended jobs can be swept', async (t) => {
    const { store } = await opened(t, places)
    const jobs = Array.from({ length: 5 }, (_, i) =>
      job({ id: newId('job', at(i)), kind: i === 2 ? 'report' : 'scan', runAt: at(i).toISOString() }),
    )
    for (const one of jobs) await enqueue(store, one)
    const ids = jobs.map(({ id }) => id).toReversed()
    const first = await store.read.jobs.list({ limit: 3 })
    const second = await store.read.jobs.list({ limit: 3, cursor: first.next })
    assert.deepEqual(
      [...first.items, ...second.items].map(({ id }) => id),
      ids,
    )
    assert.deepEqual([first.next !== undefined, second.next], [true, undefined])
    assert.equal((await store.read.jobs.list({ limit: 9, kind: 'report' })).items[0]?.id, jobs[2]?.id)
    for (const { id } of jobs.slice(0, 3)) await store.change((tx) => tx.jobs.cancel(id, at(50)))
    assert.equal((await store.read.jobs.list({ limit: 9, state: 'cancelled', kind: 'scan' })).items.length, 2)
    assert.equal(await store.change((tx) => tx.jobs.sweep(at(50), 10)), 0)
    assert.equal(await store.change((tx) => tx.jobs.sweep(at(51), 2)), 2)
    assert.equal(await store.change((tx) => tx.jobs.sweep(at(51), 2)), 1)
    assert.equal((await store.read.jobs.list({ limit: 9 })).items.length, 2)
  })
}
