import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { loadBuiltIn } from '../catalog/built-in.ts'
import { canonicalJson } from '../lib/canonical-json.ts'
import { Failure } from '../lib/failure.ts'
import { SYSTEM } from '../model/actor.ts'
import { openStore } from '../store/open.ts'
import type { Store } from '../store/store.ts'
import type { NewEvidence } from './new-evidence.ts'
import { type Document, lineOf, MOST_ROWS_AT_ONCE, recordEvidence } from './record-evidence.ts'

const NOW = new Date('2026-05-02T12:00:00.000Z')
const catalog = loadBuiltIn()

const row = (more: Partial<NewEvidence> = {}): NewEvidence => ({
  measure: 'ai-program.owners',
  asset: 'shop',
  kind: 'scan',
  supports: true,
  failing: [],
  observedFrom: '2026-05-02T10:00:00Z',
  observedTo: '2026-05-02T11:00:00Z',
  collectedAt: '2026-05-02T11:00:01Z',
  collector: 'trivy',
  ...more,
})

async function open(t: TestContext): Promise<Store> {
  const dataDir = await mkdtemp(join(tmpdir(), 'parapet-evidence-'))
  const store = await openStore({ dataDir, now: () => NOW })
  t.after(async () => {
    await store.close()
    await rm(dataDir, { recursive: true })
  })
  return store
}

const states = new Map([['shop', 'active'], ['desk', 'active'], ['old', 'retired']] as const) // prettier-ignore
const record = (store: Store, rows: NewEvidence[], document?: Document) =>
  store.change((tx) =>
    recordEvidence({ catalog, now: () => NOW }, { ...tx, assetStates: async () => states }, rows, SYSTEM, document),
  )

test('a proof becomes a row and a leaf, and the leaf holds all of the row', async (t) => {
  const store = await open(t)
  const [taken] = await record(store, [row({ population: { of: 'route', names: ['a', 'b'], covered: ['a'] } })])
  assert.ok(taken)
  assert.deepEqual(await store.read.evidence.byId(taken.id), taken)
  assert.deepEqual([taken.receivedAt, taken.observedTo], [NOW.toISOString(), '2026-05-02T11:00:00.000Z'])
  const [entry] = await store.read.log.rows(taken.entry, taken.entry + 1)
  assert.deepEqual([entry?.kind, entry?.subjectId, entry?.at], ['evidence.recorded', 'shop', taken.receivedAt])
  assert.deepEqual(JSON.parse(entry?.leaf ?? '').data, lineOf(taken))
})

test('a batch is one leaf; its sealed lines are the rows, one by one', async (t) => {
  const store = await open(t)
  const taken = await record(store, [row(), row({ asset: 'desk', supports: false, failing: ['desk-2'] }), row()])
  assert.equal(new Set(taken.map(({ entry }) => entry)).size, 1)
  assert.equal((await store.read.log.state()).size, 1)
  const [entry] = await store.read.log.rows(0, 1)
  const { attachments, data } = JSON.parse(entry?.leaf ?? '')
  assert.deepEqual([entry?.kind, data], ['evidence.batch-recorded', { rows: 3 }])
  const sealed = Buffer.from((await store.read.attachments.get(attachments[0].sha256)) ?? []).toString()
  assert.deepEqual(sealed.trimEnd().split('\n'), taken.map((one) => canonicalJson(lineOf(one)))) // prettier-ignore
})

test('a document is hashed when it arrives, and the hash stands in the row and the leaf', async (t) => {
  const store = await open(t)
  const document = { name: 'report.pdf', mediaType: 'application/pdf', bytes: Buffer.from('%PDF') }
  const [taken] = await record(store, [row({ kind: 'assurance', validUntil: '2027-01-01T00:00:00Z' })], document)
  assert.deepEqual(Buffer.from((await store.read.attachments.get(taken?.sha256 ?? '')) ?? []).toString(), '%PDF')
  const [entry] = await store.read.log.rows(0, 1)
  assert.equal(JSON.parse(entry?.leaf ?? '').attachments[0].sha256, taken?.sha256)
})

test('a row that is too long for a leaf is sealed beside it', async (t) => {
  const store = await open(t)
  const names = Array.from({ length: 2000 }, (_, i) => `route-number-${i}`)
  await record(store, [row({ population: { of: 'route', names, covered: names } })])
  const [entry] = await store.read.log.rows(0, 1)
  assert.equal(JSON.parse(entry?.leaf ?? '').attachments[0].name, 'evidence.ndjson')
})

const refused: [title: string, more: Partial<NewEvidence>, path: string, words: RegExp, hint?: RegExp][] = [
  ['a measure that no catalogue knows', { measure: 'ai-program.owner' }, 'measure', /no measure/, /"ai-program\.owners"/],
  ['a measure by an older name of its control', { measure: 'AIPROGRAM.owners' }, 'measure', /no measure/, /"ai-program\.owners"/],
  ['a measure without sense', { measure: '.' }, 'measure', /no measure/],
  ['an asset that nobody registered', { asset: 'ghost' }, 'asset', /no asset "ghost"/],
  ['an asset that is retired', { asset: 'old' }, 'asset', /is retired/],
  ['a time after its end', { observedFrom: '2026-05-02T11:30:00Z' }, 'observedFrom', /after observedTo/],
  ['what was still to come', { observedTo: '2026-05-02T11:30:00Z' }, 'observedTo', /after collectedAt/],
  ['the future', { collectedAt: '2026-05-02T12:05:01Z' }, 'collectedAt', /future/],
  ['an end for a scan', { validUntil: '2027-01-01T00:00:00Z' }, 'validUntil', /only assurance and attestations/],
  ['an end before the beginning', { kind: 'attestation', validUntil: '2026-05-02T11:00:00Z' }, 'validUntil', /not after/],
  ['a yes that failed', { failing: ['x'] }, 'failing', /yet supports is true/],
  ['an empty population', { population: { of: 'route', names: [], covered: [] } }, 'population.names', /covers nothing/],
  ['a yes that looked at nothing', { population: { of: 'route', names: ['a'], covered: [] } }, 'population.covered', /looked at nothing/],
  ['cover beyond what there is', { population: { of: 'route', names: ['a'], covered: ['b'] } }, 'population.covered', /"b" is not among/],
  ['the same name twice', { population: { of: 'route', names: ['a', 'a'], covered: ['a'] } }, 'population.names', /twice/],
] // prettier-ignore

for (const [title, more, path, words, hint] of refused)
  test(`refuses ${title}, and leaves nothing behind`, async (t) => {
    const store = await open(t)
    for (const rows of [[row(more)], [row(), row(more)]])
      await assert.rejects(record(store, rows), (error) => {
        assert.ok(error instanceof Failure && error.code === 'input_invalid')
        const [issue] = error.issues
        assert.equal(issue?.path, rows.length === 1 ? path : `rows[1].${path}`)
        assert.match(error.message, words)
        if (hint) assert.match(error.hint ?? '', hint)
        return true
      })
    assert.equal((await store.read.log.state()).size, 0)
    assert.equal((await store.read.evidence.list({ limit: 1 })).items.length, 0)
  })

test('takes a clock that is a little ahead', async (t) => {
  const store = await open(t)
  assert.equal((await record(store, [row({ collectedAt: '2026-05-02T12:04:59Z' })])).length, 1)
})

test('a batch is bounded and never empty', async (t) => {
  const store = await open(t)
  await assert.rejects(record(store, []), /no row/)
  await assert.rejects(
    record(
      store,
      Array.from({ length: MOST_ROWS_AT_ONCE + 1 }, () => row()),
    ),
    /more than the 5000/,
  )
})
