import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { type JsonObject, canonicalJson } from '../lib/canonical-json.ts'
import { Failure } from '../lib/failure.ts'
import type { NewEntry } from '../model/entry.ts'
import { EMPTY_LOG, appendEntries } from './append.ts'
import { MOST_LEAF_BYTES, commitmentTo } from './leaf.ts'
import type { LogBatch } from './log-store.ts'
import { grow, leafHash, rootOf } from './merkle.ts'

const now = new Date('2026-03-01T10:00:00.000Z')
const salt = () => new Uint8Array(16).fill(7)
const entry = (change: Partial<NewEntry> = {}): NewEntry => ({
  kind: 'account.created',
  actor: { kind: 'account', id: 'acc_1' },
  subject: { kind: 'account', id: 'acc_2' },
  data: { role: 'auditor' },
  ...change,
})

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

/** Straight from the definition in RFC 6962, slow and obvious. */
function definedRoot(hashes: readonly Uint8Array[]): Uint8Array {
  const [first] = hashes
  if (!first) return createHash('sha256').digest()
  if (hashes.length === 1) return first
  let split = 1
  while (split * 2 < hashes.length) split *= 2
  const [left, right] = [definedRoot(hashes.slice(0, split)), definedRoot(hashes.slice(split))]
  return createHash('sha256')
    .update(Buffer.from([1]))
    .update(left)
    .update(right)
    .digest()
}

describe('merkle', () => {
  const inputs = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
  const roots = [
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
    '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
    'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
    '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
  ]
  test('gives the roots of the Certificate Transparency reference trees, the empty one among them', () => {
    const frontier: Uint8Array[] = []
    assert.equal(hex(rootOf(frontier)), roots[0])
    for (const [size, input] of inputs.entries()) {
      const leaf = createHash('sha256')
        .update(Buffer.from([0]))
        .update(Buffer.from(input, 'hex'))
        .digest()
      grow(frontier, size, leaf, () => undefined)
      assert.equal(hex(rootOf(frontier)), roots[size + 1])
    }
  })
})

describe('appendEntries', () => {
  test('grows the tree that the definition asks for, however the entries are cut into commits', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 12 }), (cuts) => {
        let state = EMPTY_LOG
        const hashes: Uint8Array[] = []
        for (const count of cuts) {
          const batch = appendEntries(
            state,
            Array.from({ length: count }, () => entry()),
            { now, salt },
          )
          for (const row of batch.rows) {
            assert.equal(row.index, hashes.length)
            hashes.push(leafHash(row.leaf))
          }
          state = batch.state
        }
        assert.equal(state.size, hashes.length)
        assert.equal(hex(rootOf(state.frontier)), hex(definedRoot(hashes)))
      }),
      { numRuns: 60 },
    )
  })

  test('finishes a node at each full subtree of 256^n leaves and nowhere else', () => {
    const entries = Array.from({ length: 70_000 }, () => entry({ data: {} }))
    const { nodes, rows } = appendEntries(EMPTY_LOG, entries, { now, salt })
    assert.equal(nodes.filter((node) => node.level === 1).length, 273)
    assert.deepEqual(
      nodes.filter((node) => node.level !== 1).map(({ level, index }) => ({ level, index })),
      [{ level: 2, index: 0 }],
    )
    const second = nodes.find((node) => node.level === 1 && node.index === 1)
    assert.equal(hex(second?.hash ?? EMPTY), hex(definedRoot(rows.slice(256, 512).map((row) => row.leafHash))))
  })
  const EMPTY = new Uint8Array()

  test('writes each leaf as canonical JSON, whatever the data', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), fc.string({ unit: 'grapheme', maxLength: 20 }), (value, key) => {
        const data = { [key]: value } as JsonObject
        const [row] = appendEntries(EMPTY_LOG, [entry({ data, personal: { note: key } })], { now, salt }).rows
        assert.equal(row?.leaf, canonicalJson(JSON.parse(row?.leaf ?? '') as JsonObject))
      }),
    )
  })

  test('puts into the leaf what a reader sees here', () => {
    const attachment = { name: 'scan.json', mediaType: 'application/json', bytes: 2, sha256: 'a'.repeat(64) }
    const full = entry({ personal: { email: 'a@example.org' }, attachments: [attachment] })
    const batch = appendEntries(EMPTY_LOG, [full], { now, salt })
    assert.equal(
      batch.rows[0]?.leaf,
      `{"actor":{"id":"acc_1","kind":"account"},"at":"2026-03-01T10:00:00.000Z","attachments":[{"bytes":2,"mediaType":"application/json","name":"scan.json","sha256":"${'a'.repeat(64)}"}],"data":{"role":"auditor"},"index":0,"kind":"account.created","personal":{"email":"${commitmentTo(salt(), 'a@example.org')}"},"subject":{"id":"acc_2","kind":"account"},"v":1}`,
    )
    assert.deepEqual(batch.personal, [{ index: 0, field: 'email', value: 'a@example.org', salt: salt() }])
    assert.ok(!batch.rows[0]?.leaf.includes('a@example.org'))
  })

  test('does not believe a clock that went back, and says so once a minute of log time', () => {
    const first = appendEntries(EMPTY_LOG, [entry()], { now, salt })
    const back = appendEntries(first.state, [entry()], { now: at('08:00:00'), salt })
    assert.deepEqual(kinds(back), ['10:00:00 log.clock-moved-back', '10:00:00 account.created'])
    assert.deepEqual((JSON.parse(back.rows[0]?.leaf ?? '{}') as { data: unknown }).data, {
      behindMs: 7_200_000,
      clock: '2026-03-01T08:00:00.000Z',
    })
    const still = appendEntries(back.state, [entry()], { now: at('08:00:05'), salt })
    assert.deepEqual(kinds(still), ['10:00:00 account.created'])
    const caughtUp = appendEntries(still.state, [entry()], { now: at('10:02:00'), salt })
    assert.deepEqual(kinds(caughtUp), ['10:02:00 account.created'])
    const again = appendEntries(caughtUp.state, [entry()], { now: at('10:01:00'), salt })
    assert.deepEqual(kinds(again), ['10:02:00 log.clock-moved-back', '10:02:00 account.created'])
  })

  test('takes replicas a moment apart for no jump', () => {
    const first = appendEntries(EMPTY_LOG, [entry()], { now, salt })
    const late = appendEntries(first.state, [entry()], { now: new Date(now.getTime() - 900), salt })
    assert.deepEqual(
      late.rows.map((row) => [row.kind, row.at]),
      [['account.created', now.toISOString()]],
    )
  })

  test('leaves the state alone when there is nothing to append', () => {
    const { state } = appendEntries(EMPTY_LOG, [entry()], { now, salt })
    assert.deepEqual(appendEntries(state, [], { now: new Date(0), salt }), { rows: [], personal: [], nodes: [], state })
  })

  const refusals: [string, Partial<NewEntry>, string][] = [
    ['a kind that is no noun.verbed', { kind: 'Account created' }, 'input_invalid'],
    ['an empty actor', { actor: { kind: 'account', id: '' } }, 'input_invalid'],
    ['a control character in a subject', { subject: { kind: 'account', id: 'a\nb' } }, 'input_invalid'],
    ['a lone surrogate in the data', { data: { a: '\ud800' } }, 'input_invalid'],
    ['a number JSON cannot say', { data: { a: Number.NaN } }, 'input_invalid'],
    ['data nested too deeply', { data: nested(40) }, 'input_invalid'],
    ['a leaf over the limit', { data: { a: 'x'.repeat(MOST_LEAF_BYTES) } }, 'too_large'],
    [
      'an attachment without a hash',
      { attachments: [{ name: 'a', mediaType: 'b', bytes: 1, sha256: 'zz' }] },
      'input_invalid',
    ],
    [
      'an attachment of negative size',
      { attachments: [{ name: 'a', mediaType: 'b', bytes: -1, sha256: 'a'.repeat(64) }] },
      'input_invalid',
    ],
    [
      'too many personal fields',
      { personal: Object.fromEntries(Array.from({ length: 17 }, (_, i) => [`f${i}`, ''])) },
      'input_invalid',
    ],
    ['a personal value over the limit', { personal: { note: 'x'.repeat(16_385) } }, 'too_large'],
  ]
  for (const [title, change, code] of refusals) {
    test(`refuses ${title}`, () => {
      assert.throws(
        () => appendEntries(EMPTY_LOG, [entry(change)], { now, salt }),
        (error: unknown) => error instanceof Failure && error.code === code,
      )
    })
  }

  test('accepts the largest leaf and no leaf passes what an entry bundle can hold', () => {
    const data = { a: 'x'.repeat(MOST_LEAF_BYTES - 400) }
    const [row] = appendEntries(
      { ...EMPTY_LOG, size: Number.MAX_SAFE_INTEGER - 1, frontier: Array.from({ length: 52 }, salt) },
      [entry({ data })],
      { now, salt },
    ).rows
    assert.ok(Buffer.byteLength(row?.leaf ?? '') <= MOST_LEAF_BYTES)
  })
})

function kinds(batch: LogBatch): string[] {
  return batch.rows.map((row) => `${row.at.slice(11, 19)} ${row.kind}`)
}

function at(time: string): Date {
  return new Date(`2026-03-01T${time}.000Z`)
}

function nested(depth: number): JsonObject {
  return depth === 0 ? {} : { a: nested(depth - 1) }
}
