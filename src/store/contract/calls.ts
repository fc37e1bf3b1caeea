// What the tables of the record promise: calls come back as they went in and are found by any mix of filters, a sealed
// segment takes no more, sums add up, and sightings are counted once each.
import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { newId } from '../../lib/id.ts'
import type { CallBatch, CallQuery, NewCall, Sighting } from '../../record/call-store.ts'
import type { Store } from '../store.ts'
import { opened, type Places } from './place.ts'

const T0 = Date.parse('2026-05-01T00:00:00.000Z')
const at = (n: number) => new Date(T0 + n * 1000)
const hashOf = (n: number) => new Uint8Array(32).fill(n % 256)

function call(n: number, more: Partial<NewCall> = {}): NewCall {
  return {
    id: newId('call', at(n)),
    keyId: n % 2 === 0 ? 'key_even' : 'key_odd',
    asset: n % 3 === 0 ? undefined : 'shop',
    agent: n % 7 === 0 ? 'buyer' : undefined,
    route: 'chat',
    model: n % 5 === 0 ? 'big' : 'small',
    outcome: 'answered',
    status: 200,
    segment: 'segment_1',
    position: n,
    leaf: JSON.stringify({ n }),
    marks: [],
    replaces: false,
    ...more,
  }
}

const batch = (calls: readonly NewCall[], more: Partial<CallBatch> = {}): CallBatch => ({
  segment: 'segment_1',
  openedAt: at(0).toISOString(),
  at: at(1).toISOString(),
  first: 0,
  calls,
  hashes: Uint8Array.from(calls.flatMap((_, i) => [...hashOf(i)])),
  lost: 0,
  ...more,
})

const append = (store: Store, one: CallBatch) => store.change((tx) => tx.calls.append(one))

async function filled(t: TestContext, places: Places, count: number) {
  const { store } = await opened(t, places)
  const calls = Array.from({ length: count }, (_, n) =>
    call(n, n % 50 === 7 ? { outcome: 'blocked', status: 403, marks: ['guard:pi', 'code:blocked', 'guard:pi'] } : {}),
  )
  await append(store, batch(calls))
  const ns = async (query: Partial<CallQuery>) => {
    const { items, next } = await store.read.calls.list({ limit: 200, ...query })
    return { ns: items.map(({ position }) => position), next }
  }
  return { store, calls, ns }
}

const usageRow = (day: string, asset: string, calls: number, agent = '') => ({ day, asset, agent, keyId: 'k', route: 'r', model: "m'\n", calls, blocked: 1, failed: 0, inputTokens: 10 * calls, outputTokens: 3_000_000_000, costNanos: 5 }) // prettier-ignore

const textOf = (n: number) => ({ id: newId('call', at(n)), kept: 'full' as const, sealed: `s${n}` })

export function callContract(places: Places): void {
  test('a call comes back as it went in, and the later word on it replaces the earlier', async (t) => {
    const { store } = await opened(t, places)
    const [open, bare] = [call(1, { outcome: 'open', marks: ['outcome:open'] }), call(2, { keyId: undefined, model: undefined, route: undefined, asset: undefined })] // prettier-ignore
    await append(store, batch([open, bare]))
    const { marks: _marks, replaces: _replaces, ...plain } = bare
    assert.deepEqual(await store.read.calls.byId(bare.id), plain)
    const over = {
      ...open,
      outcome: 'answered' as const,
      leaf: '{"over":true}',
      position: 2,
      marks: [],
      replaces: true,
    }
    await append(store, batch([over], { first: 2 }))
    assert.equal((await store.read.calls.byId(open.id))?.leaf, '{"over":true}')
    assert.deepEqual((await store.read.calls.list({ limit: 5, marks: ['outcome:open'] })).items, [])
    assert.equal((await store.read.calls.segment('segment_1'))?.calls, 3)
  })

  test('calls are found by any mix of filters, newest first', async (t) => {
    const { ns } = await filled(t, places, 180)
    const all = Array.from({ length: 180 }, (_, n) => 179 - n)
    const cases: [Partial<CallQuery>, (n: number) => boolean][] = [
      [{}, () => true],
      [{ keyId: 'key_odd' }, (n) => n % 2 === 1],
      [{ keyId: 'key_odd', model: 'big' }, (n) => n % 2 === 1 && n % 5 === 0],
      [{ asset: 'shop', since: at(10).toISOString(), until: at(20).toISOString() }, (n) => n % 3 !== 0 && n >= 10 && n < 20], // prettier-ignore
      [{ agent: 'buyer' }, (n) => n % 7 === 0],
      [{ agent: 'buyer', keyId: 'key_odd' }, (n) => n % 14 === 7],
      [{ marks: ['guard:pi'] }, (n) => n % 50 === 7],
      [{ marks: ['guard:pi', 'code:blocked'], asset: 'shop' }, (n) => n % 50 === 7 && n % 3 !== 0],
      [{ marks: ['guard:other'] }, () => false],
      [{ outcome: 'blocked', status: 403 }, (n) => n % 50 === 7],
      [{ status: 500 }, () => false],
      [{ route: 'nowhere' }, () => false],
      [{ route: 'chat', keyId: 'key_odd', model: 'big' }, (n) => n % 2 === 1 && n % 5 === 0],
      [{ route: 'chat', keyId: 'key_odd', status: 403 }, (n) => n % 50 === 7],
      [{ marks: ['guard:pi'], keyId: 'key_even' }, () => false],
      [{ marks: ['guard:pi'], keyId: 'key_odd', outcome: 'blocked' }, (n) => n % 50 === 7],
    ]
    for (const [query, wanted] of cases)
      assert.deepEqual((await ns(query)).ns, all.filter(wanted), JSON.stringify(query))
  })

  test('pages follow each other without gap or repetition, also where little is found among much', async (t) => {
    const { store, ns } = await filled(t, places, 9000)
    for (const query of [
      { limit: 7, marks: ['code:blocked'] },
      { limit: 100, status: 403 },
      { limit: 50, model: 'big', keyId: 'key_even' },
      { limit: 50, model: 'big', keyId: 'key_even', route: 'chat', status: 200 },
      { limit: 200, model: 'big', status: 403 },
    ]) {
      // prettier-ignore
      const seen: number[] = []
      let cursor: string | undefined
      do {
        const page = await ns({ ...query, cursor })
        seen.push(...page.ns)
        cursor = page.next
      } while (cursor !== undefined && seen.length <= 9000)
      const wanted = Array.from({ length: 9000 }, (_, n) => 8999 - n).filter((n) =>
        'keyId' in query ? n % 10 === 0 : n % 50 === 7 && !('model' in query),
      )
      assert.deepEqual(seen, wanted, JSON.stringify(query))
    }
    let count = 0
    for await (const some of store.read.calls.all({ since: at(100).toISOString(), route: 'chat' })) count += some.length
    assert.equal(count, 8900)
  })

  test('a segment keeps the hashes of its batches in order, is sealed once, and takes nothing afterwards', async (t) => {
    const { store } = await opened(t, places)
    await append(store, batch([call(0), call(1)]))
    await append(store, batch([call(2)], { first: 2, hashes: hashOf(9), lost: 4, at: at(5).toISOString() }))
    assert.deepEqual(await store.read.calls.hashes('segment_1'), [hashOf(0), hashOf(1), hashOf(9)])
    assert.deepEqual(await store.read.calls.unsealed(at(5).toISOString(), 9), [])
    const [segment] = await store.read.calls.unsealed(at(6).toISOString(), 9)
    assert.deepEqual([segment?.calls, segment?.lost, segment?.entry, segment?.root], [3, 4, undefined, undefined])
    const seal = () => store.change((tx) => tx.calls.seal('segment_1', hashOf(5), 17))
    assert.deepEqual([await seal(), await seal()], [true, false])
    assert.deepEqual(await store.read.calls.unsealed(at(99).toISOString(), 9), [])
    assert.deepEqual((await store.read.calls.segment('segment_1'))?.root, hashOf(5))
    const late = call(3)
    assert.equal(await append(store, batch([late], { first: 3 })), false)
    assert.equal(await store.read.calls.byId(late.id), undefined)
  })

  test('what is old goes: calls with their marks, then segments that are sealed', async (t) => {
    const { store, ns } = await filled(t, places, 100)
    const before = at(60).toISOString()
    const sweep = () => store.change((tx) => tx.calls.sweep(before, 40))
    assert.deepEqual([await sweep(), await sweep(), await sweep()], [40, 20, 0])
    assert.deepEqual((await ns({ marks: ['guard:pi'] })).ns, [])
    assert.equal((await ns({})).ns.length, 40)
    await store.change((tx) => tx.calls.seal('segment_1', hashOf(1), 1))
    assert.equal(await sweep(), 1)
    assert.equal(await store.read.calls.segment('segment_1'), undefined)
  })

  test('sums add up by whatever they are grouped by', async (t) => {
    const { store } = await opened(t, places)
    const days = ['2026-05-01', '2026-05-02', '2026-05-03'] as const
    await store.change((tx) =>
      tx.usage.add([usageRow(days[1], 'a', 2), usageRow(days[0], 'a', 1), usageRow(days[0], '', 4)]),
    )
    await store.change((tx) => tx.usage.add([usageRow(days[0], 'a', 10, 'buyer'), usageRow(days[2], 'a', 1)]))
    const range = { from: days[0], to: days[2], limit: 2 }
    const whole = await store.read.usage.sums({ ...range, by: [] })
    assert.deepEqual(whole, { items: [{ calls: 18, blocked: 5, failed: 0, inputTokens: 180, outputTokens: 15_000_000_000, costNanos: 25 }], next: undefined }) // prettier-ignore
    const first = await store.read.usage.sums({ ...range, by: ['asset', 'day'] })
    const second = await store.read.usage.sums({ ...range, by: ['asset', 'day'], cursor: first.next })
    assert.deepEqual(
      [...first.items, ...second.items].map(({ day, asset, keyId, calls }) => [day, asset, keyId, calls]),
      [[days[0], '', undefined, 4], [days[0], 'a', undefined, 11], [days[1], 'a', undefined, 2], [days[2], 'a', undefined, 1]], // prettier-ignore
    )
    assert.equal(second.next, undefined)
    const most = { ...range, by: ['day', 'asset'], mostFirst: true } as const
    const largest = await store.read.usage.sums(most)
    const smaller = await store.read.usage.sums({ ...most, cursor: largest.next })
    assert.deepEqual(
      [...largest.items, ...smaller.items].map(({ day, asset, calls }) => [day, asset, calls]),
      [[days[0], 'a', 11], [days[0], '', 4], [days[1], 'a', 2], [days[2], 'a', 1]], // prettier-ignore
    )
    assert.equal(smaller.next, undefined)
    await assert.rejects(store.read.usage.sums({ ...most, cursor: first.next }), /cursor/)
    assert.equal((await store.read.usage.sums({ ...range, by: [], asset: 'a', to: days[0] })).items[0]?.calls, 11)
    assert.equal((await store.read.usage.sums({ ...range, by: [], agent: 'buyer' })).items[0]?.calls, 10)
    const agents = await store.read.usage.sums({ ...range, by: ['agent'] })
    assert.deepEqual(agents.items.map(({ agent, calls }) => [agent, calls]), [['', 8], ['buyer', 10]]) // prettier-ignore
    await store.change((tx) => tx.usage.clear(days[1], days[2]))
    assert.equal((await store.read.usage.sums({ ...range, by: [] })).items[0]?.calls, 15)
    assert.equal(await store.change((tx) => tx.usage.sweep(days[1], 9)), 3)
    await assert.rejects(store.read.usage.sums({ ...range, by: ['day'], cursor: '["x","y"]' }), /cursor/)
  })

  test('a sighting is one row however often it is seen, and there is an end to new ones', async (t) => {
    const { store } = await opened(t, places)
    const seen = (subject: string, n: number, more: Partial<Sighting> = {}): Sighting => ({ kind: 'unknown-model', subject, firstSeen: at(n).toISOString(), lastSeen: at(n).toISOString(), count: 2, lastCall: `call_${n}`, keyId: undefined, asset: 'shop', client: '::1', ...more }) // prettier-ignore
    const add = (...rows: Sighting[]) => store.change((tx) => tx.sightings.add(rows, 2))
    assert.deepEqual(
      (await add(seen('b', 1), seen('a', 1))).map(({ subject }) => subject),
      ['a', 'b'],
    )
    assert.deepEqual(await add(seen('a', 2, { asset: undefined, keyId: 'k' })), [])
    assert.deepEqual(
      (await add(seen('c', 3), seen('d', 4))).map(({ subject }) => subject),
      ['(all others)'],
    )
    assert.deepEqual(
      (await add(seen('c', 5, { kind: 'unknown-key' }))).map(({ kind }) => kind),
      ['unknown-key'],
    )
    const list = async (query: object) => (await store.read.sightings.list({ limit: 9, ...query })).items
    const a = { ...seen('a', 2), firstSeen: at(1).toISOString(), count: 4, keyId: 'k', asset: undefined }
    assert.deepEqual(await list({ kind: 'unknown-model' }), [{ ...seen('(all others)', 4), firstSeen: at(3).toISOString(), count: 4 }, a, seen('b', 1)]) // prettier-ignore
    const first = await store.read.sightings.list({ limit: 3 })
    assert.deepEqual((await store.read.sightings.list({ limit: 3, cursor: first.next })).items, [seen('b', 1)])
    assert.equal((await list({ since: at(4).toISOString() })).length, 2)
    assert.equal(await store.change((tx) => tx.sightings.sweep(at(4).toISOString(), 9)), 2)
  })

  test('sealed texts come back, alone or some at a time, and go when they are taken away', async (t) => {
    const { store } = await opened(t, places)
    const [a, b, c] = [textOf(1), textOf(2), textOf(3)]
    await store.change((tx) => tx.contents.put([a, b, c]))
    assert.deepEqual(await store.read.contents.byId(b.id), b)
    assert.deepEqual(new Set(await store.read.contents.byIds([a.id, c.id, 'call_none'])), new Set([a, c]))
    const remove = () => store.change((tx) => tx.contents.remove(a.id))
    assert.deepEqual([await remove(), await remove()], [true, false])
    assert.equal(await store.change((tx) => tx.contents.sweep(at(3).toISOString(), 9)), 1)
    assert.deepEqual(await store.read.contents.byIds([a.id, b.id, c.id]), [c])
  })
}
