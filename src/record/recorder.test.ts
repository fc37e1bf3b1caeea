import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import fc from 'fast-check'
import { Failure } from '../lib/failure.ts'
import { leafTree } from '../prove/leaf-tree.ts'
import { openStore } from '../store/open.ts'
import type { RecordHome } from './call-store.ts'
import { STAGES, type Verdict } from '../model/verdict.ts'
import { fromLeaf, toLeaf } from './leaf.ts'
import { createRecorder, type RecorderOptions } from './recorder.ts'
import { exchangeOf } from './testing.ts'
import type { KeptBatch } from './waiting.ts'

async function opened(t: TestContext, more: (home: RecordHome) => Partial<RecorderOptions> = () => ({})) {
  const dataDir = await mkdtemp(join(tmpdir(), 'parapet-record-'))
  const store = await openStore({ dataDir, now: () => new Date() })
  const troubles: unknown[] = []
  const recorder = createRecorder({
    home: store,
    tree: leafTree,
    now: () => new Date(),
    commitWithinMs: 20,
    sealEveryMs: 60_000,
    onTrouble: (error) => troubles.push(error),
    ...more(store),
  })
  t.after(async () => {
    await recorder.close()
    await store.close()
    await rm(dataDir, { recursive: true, force: true })
  })
  const listed = async () => (await store.read.calls.list({ limit: 200 })).items
  return { store, recorder, troubles, listed }
}

/** A store whose disk is full while `isFull` says so. */
function failing(home: RecordHome, error: () => unknown): RecordHome {
  return {
    read: home.read,
    change: (work) => {
      const trouble = error()
      return trouble === undefined ? home.change(work) : Promise.reject(trouble)
    },
  }
}

test('each call is kept, and the root over their leaves enters the log', async (t) => {
  const { store, recorder, listed } = await opened(t)
  const exchanges = Array.from({ length: 25 }, (_, n) => exchangeOf({ model: `m${n}` }))
  for (const exchange of exchanges) recorder.add(exchange)
  await recorder.seal()
  const rows = await listed()
  assert.deepEqual(new Set(rows.map(({ id }) => id)), new Set(exchanges.map(({ id }) => id)))
  const [row] = rows
  const segment = await store.read.calls.segment(row?.segment ?? '')
  assert.deepEqual([segment?.calls, segment?.lost], [25, 0])
  const leaves = rows.toSorted((a, b) => a.position - b.position).map(({ leaf }) => leafTree.hash(leaf))
  assert.deepEqual(Buffer.from(segment?.root ?? []), Buffer.from(leafTree.root(leaves)))
  const [entry] = await store.read.log.rows(segment?.entry ?? -1, (segment?.entry ?? -1) + 1)
  assert.match(entry?.leaf ?? '', /"kind":"call-segment.sealed"/)
  assert.ok(entry?.leaf.includes(Buffer.from(segment?.root ?? []).toString('base64')))
})

test('a call that is recorded before its answer is on record when it may be answered, and once when it is over', async (t) => {
  const { store, recorder, listed } = await opened(t)
  const exchange = exchangeOf({ outcome: 'answered' })
  await recorder.addFirst(exchange)
  assert.deepEqual((await listed()).map(({ outcome }) => outcome), ['open']) // prettier-ignore
  recorder.add(exchange)
  await recorder.seal()
  assert.deepEqual((await listed()).map(({ outcome }) => outcome), ['answered']) // prettier-ignore
  const day = exchange.at.toISOString().slice(0, 10)
  assert.equal((await store.read.usage.sums({ from: day, to: day, by: [], limit: 1 })).items[0]?.calls, 1)
  assert.deepEqual((await store.read.calls.list({ limit: 9, marks: ['outcome:open'] })).items, [])
})

test('a full disk refuses who waits for the record, keeps the others, and loses what is too much, saying so', async (t) => {
  let isFull = true
  const full = () => (isFull ? new Failure('storage_full', 'the disk is full') : undefined)
  const { store, recorder, listed } = await opened(t, (home) => ({ home: failing(home, full) }))
  await assert.rejects(recorder.addFirst(exchangeOf()), /before they are answered.*the disk is full/)
  for (let n = 0; n < 20_050; n++) recorder.add(exchangeOf())
  assert.equal(recorder.state.trouble, 'the disk is full')
  assert.deepEqual([recorder.state.waiting, recorder.state.lost], [20_000, 50])
  await assert.rejects(recorder.addFirst(exchangeOf()), Failure)
  isFull = false
  await new Promise((resolve) => setTimeout(resolve, 2200))
  await recorder.seal()
  assert.deepEqual(
    { ...recorder.state },
    { waiting: 0, kept: 20_000, counted: 0, lost: 51, wordless: 0, trouble: undefined },
  )
  const [row] = await listed()
  const segments = [await store.read.calls.segment(row?.segment ?? '')]
  assert.equal(segments[0]?.entry === undefined, false)
  const sealed = await store.read.log.search({ limit: 50, kind: 'call-segment.sealed' })
  const told = sealed.items.map(({ leaf }) => (JSON.parse(leaf) as { data: { calls: number; lost: number } }).data)
  assert.equal(told.reduce((sum, { calls }) => sum + calls, 0), 20_000) // prettier-ignore
  assert.equal(told.reduce((sum, { lost }) => sum + lost, 0), 51) // prettier-ignore
})

test('a bug in one batch costs that batch and no later one', async (t) => {
  let isBroken = true
  const { recorder, troubles, listed } = await opened(t, (home) => ({
    home: failing(home, () => (isBroken ? new TypeError('oops') : undefined)),
  }))
  recorder.add(exchangeOf())
  for (let n = 0; n < 100 && troubles.length === 0; n++) await new Promise((resolve) => setTimeout(resolve, 5))
  isBroken = false
  await new Promise((resolve) => setTimeout(resolve, 1100))
  recorder.add(exchangeOf())
  await recorder.seal()
  assert.equal((await listed()).length, 1)
  assert.equal(recorder.state.lost, 1)
})

test('a segment that its writer left behind is sealed by whoever comes later', async (t) => {
  let now = new Date('2026-05-01T00:00:00Z')
  const { store, recorder, listed } = await opened(t, () => ({ now: () => now }))
  const calls = [{ ...exchangeOf(), outcome: 'answered' as const }]
  await store.change(
    (tx) =>
    tx.calls.append({ segment: 'segment_dead', openedAt: now.toISOString(), at: now.toISOString(), first: 0, hashes: leafTree.hash(toLeaf(calls[0] ?? exchangeOf())), lost: 0, calls: [] }), // prettier-ignore
  )
  await recorder.seal()
  assert.equal((await store.read.calls.segment('segment_dead'))?.entry, undefined)
  now = new Date(now.getTime() + 301_000)
  await recorder.seal()
  assert.notEqual((await store.read.calls.segment('segment_dead'))?.entry, undefined)
  assert.deepEqual(await listed(), [])
})

test('what others sealed is not written to: the next batch begins a segment of its own', async (t) => {
  const { store, recorder, listed } = await opened(t)
  recorder.add(exchangeOf())
  await new Promise((resolve) => setTimeout(resolve, 100))
  const [first] = await listed()
  await store.change((tx) => tx.calls.seal(first?.segment ?? '', new Uint8Array(32), 0))
  recorder.add(exchangeOf())
  await recorder.seal()
  const segments = new Set((await listed()).map(({ segment }) => segment))
  assert.equal(segments.size, 2)
})

test('a crowd at the door is kept up to a bound and counted beyond it, so that nobody without a key fills the disk', async (t) => {
  const { store, recorder, listed } = await opened(t)
  for (let n = 0; n < 1000; n++) recorder.add(exchangeOf({ keyId: undefined, asset: undefined, route: undefined, code: 'unauthenticated', outcome: 'refused', status: 401 })) // prettier-ignore
  recorder.add(exchangeOf())
  await recorder.seal()
  const { kept, counted } = recorder.state
  assert.deepEqual([kept, counted], [22, 980], 'the first twenty, a row for the others, and the call that was let in')
  assert.equal((await store.read.sightings.list({ limit: 5 })).items[0]?.count, 1000)
  const [row] = await listed()
  assert.equal((await store.read.calls.segment(row?.segment ?? ''))?.calls, kept)
})

test('strangers from everywhere are kept up to a bound as well', async (t) => {
  const { recorder } = await opened(t)
  for (let n = 0; n < 2000; n++) recorder.add(exchangeOf({ client: `10.0.${n >> 8}.${n & 255}`, keyId: undefined, asset: undefined, route: undefined, code: 'unauthenticated', outcome: 'refused', status: 401 })) // prettier-ignore
  await recorder.seal()
  const { kept, counted } = recorder.state
  // Two minutes may meet in the middle of the test; the crowd of all the others has one row more.
  assert.ok(kept <= 601 && counted >= 1399, `${kept} kept, ${counted} counted`)
})

test('calls of one key that are refused for one reason become one row with their number, and all of them are in the sums', async (t) => {
  const { store, recorder, listed } = await opened(t)
  const at = new Date()
  for (let n = 0; n < 50; n++) recorder.add(exchangeOf({ at, outcome: 'refused', code: 'rate_limited', status: 429 }))
  for (let n = 0; n < 3; n++) recorder.add(exchangeOf({ at, outcome: 'refused', code: 'not_found', status: 404, route: undefined, model: `m${n}` })) // prettier-ignore
  for (let n = 0; n < 50; n++) recorder.add(exchangeOf({ at, outcome: 'blocked', code: 'blocked', status: 403 }))
  await recorder.seal()
  const rows = (await listed()).map(({ leaf }) => fromLeaf(leaf))
  assert.deepEqual(
    Map.groupBy(rows, ({ code = '' }) => code).entries().map(([code, all]) => [code, all.length, all.find(({ times }) => times)?.times]).toArray().toSorted(), // prettier-ignore
    [
      ['blocked', 50, undefined],
      ['not_found', 3, undefined],
      ['rate_limited', 21, 30],
    ],
  )
  const day = at.toISOString().slice(0, 10)
  const { items } = await store.read.usage.sums({ from: day, to: day, by: [], limit: 1 })
  assert.partialDeepStrictEqual(items[0], { calls: 103, blocked: 50, failed: 53 })
  assert.equal((await store.read.sightings.list({ limit: 9 })).items.length, 3)
  await recorder.seal()
  assert.equal((await listed()).length, rows.length, 'a crowd is told of once')
})

test('whatever clients call things, the call is kept', async (t) => {
  const { recorder, listed } = await opened(t)
  const bad = ['a\u0000b', '\ud800', 'x'.repeat(5000), '', "'; drop table exchange; --", '\u202e']
  for (const name of bad) recorder.add(exchangeOf({ model: name, client: name, keyId: name, asset: name, route: undefined, code: 'not_found' })) // prettier-ignore
  await recorder.seal()
  assert.equal((await listed()).length, bad.length)
  assert.equal(recorder.state.lost, 0)
})

test('a leaf reads back as the exchange it was made of', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.nat(),
      fc.constantFrom('answered', 'blocked', 'open'),
      (text, n, outcome) => {
        const exchange = exchangeOf({ model: text, durationMs: n, outcome, usage: { input: n, output: 1 }, stages: [{ stage: text, ms: n }] }) // prettier-ignore
        assert.deepEqual(fromLeaf(toLeaf(exchange)), exchange)
      },
    ),
  )
})

const often = <T>(usual: T, ...others: T[]) => fc.constantFrom(usual, usual, usual, ...others)

test('what guards said is read as it was written, in its order: passes in a word, and in full as they were once', () => {
  const guard = fc.oneof(fc.constantFrom('rate-limit', 'oversight', 'monitor-use'), fc.string())
  const hit = {
    detector: 'd',
    kind: 'k',
    severity: 'low',
    confidence: 1,
    note: 'n',
    origin: 'user',
    place: '',
  } as const
  const said = {
    guard,
    stage: fc.constantFrom(...STAGES),
    outcome: often<Verdict['outcome']>('pass', 'failed'),
    remedy: often<Verdict['remedy']>('note', 'block'),
    changes: often(0, 1),
    hits: often<Verdict['hits']>([], [hit]),
    more: often(0, 2),
    why: fc.constant('late'),
  }
  const verdict = fc.record(said, { noNullPrototype: true, requiredKeys: ['guard', 'stage', 'outcome', 'remedy', 'changes', 'hits', 'more'] }) // prettier-ignore
  fc.assert(
    fc.property(fc.array(verdict, { maxLength: 12 }), (verdicts) => {
      const exchange = exchangeOf({ verdicts })
      assert.deepEqual(fromLeaf(toLeaf(exchange)), exchange)
      assert.deepEqual(fromLeaf(JSON.stringify({ v: 1, ...exchange })), exchange)
    }),
    { numRuns: 500 },
  )
})

test('who hears of a batch hears which calls were only counted, and which lost words that were to be kept', async (t) => {
  const words = { kept: 'full', request: 'x', answer: '', isCut: false } as const
  const { recorder } = await opened(t, () => ({ seal: () => Promise.reject(new Error('no key')) }))
  const heard: KeptBatch[] = []
  recorder.onKept((batch) => heard.push(batch))
  const call = exchangeOf()
  const crowd = Array.from({ length: 30 }, () => exchangeOf({ outcome: 'refused', code: 'rate_limited', status: 429 }))
  recorder.add(call, words)
  for (const one of crowd) recorder.add(one)
  await recorder.settled()
  const ids = (of: (batch: KeptBatch) => readonly { id: string }[]) => heard.flatMap(of).map(({ id }) => id)
  assert.deepEqual(ids(({ exchanges }) => exchanges), [call, ...crowd.slice(0, 20)].map(({ id }) => id)) // prettier-ignore
  assert.deepEqual(ids(({ counted }) => counted), crowd.slice(20).map(({ id }) => id)) // prettier-ignore
  const wordless = new Set(heard.flatMap((batch) => Array.from(batch.wordless)))
  assert.deepEqual(wordless, new Set([call.id]))
})
