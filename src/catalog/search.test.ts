import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { loadBuiltIn } from './built-in.ts'
import { documentsOf } from './documents.ts'
import { KINDS } from './noun.ts'
import { indexOf, searchCatalog } from './search.ts'
import { processorMs } from '../lib/testing.ts'

const catalog = loadBuiltIn()

const keys = (query: string, limit = 5) =>
  searchCatalog(catalog, query, { limit }).items.map(({ kind, id }) => `${kind} ${id}`)

test('everything can be found by its own id', () => {
  const documents = documentsOf(catalog)
  assert.deepEqual(new Set(documents.map(({ kind }) => kind)), new Set(KINDS))
  for (const { kind, id, of } of documents) {
    const { items } = searchCatalog(catalog, id, { kind, limit: 100 })
    assert.ok(
      items.some((hit) => hit.id === id && hit.of === of),
      `${kind} ${of ?? ''} ${id}`,
    )
  }
})

test('the best answer comes first', () => {
  const cases: [query: string, first: string][] = [
    ['evasion', 'threat evasion'],
    ['prompt injection', 'threat prompt-injection'],
    ['PROMPTINJECTION', 'threat prompt-injection'],
    ['rate limit', 'control rate-limit'],
    ['rate-lim', 'control rate-limit'],
    ['#RATE LIMIT', 'control rate-limit'],
    ['DEVDATAPROTECT', 'control dev-security'],
    ['poisionrobustmodel', 'control poison-robust-model'],
    ['hallucination', 'threat overreliance'],
    ['jailbreak', 'threat direct-prompt-injection'],
    ['LLM01:2026', 'item LLM01:2026'],
    ['llm01', 'item LLM01:2026'],
    ['AML.T0051', 'item AML.T0051'],
    ['Art. 14', 'item Art. 14'],
    ['1.2', 'item 1.2'],
    ['atlas', 'framework atlas'],
    ['ai-program.inventory', 'measure ai-program.inventory'],
    ['model-kind', 'fact model-kind'],
  ]
  for (const [query, first] of cases) assert.equal(keys(query)[0], first, `${query}: ${keys(query)}`)
})

test('small typos are forgiven', () => {
  const cases: [query: string, found: string][] = [
    ['promt injecton', 'threat prompt-injection'],
    ['evsaion', 'threat evasion'],
    ['watermaking', 'control model-watermarking'],
    ['federeted lerning', 'control federated-learning'],
    ['overrelience', 'threat overreliance'],
    ['poisning', 'threat data-poisoning'],
  ]
  for (const [query, found] of cases) assert.ok(keys(query, 10).includes(found), `${query}: ${keys(query, 10)}`)
})

test('each further word narrows the answer', () => {
  const one = searchCatalog(catalog, 'model', { limit: 2000 })
  const two = searchCatalog(catalog, 'model theft', { limit: 2000 })
  assert.ok(two.total > 0 && two.total < one.total)
  const broad = new Set(one.items.map(({ kind, of, id }) => `${kind} ${of} ${id}`))
  for (const { kind, of, id } of two.items) assert.ok(broad.has(`${kind} ${of} ${id}`), id)
})

test('an answer can be narrowed to a kind, and still counts the others', () => {
  const all = searchCatalog(catalog, 'model')
  const some = searchCatalog(catalog, 'model', { kind: 'control', limit: 3 })
  assert.ok(some.items.every(({ kind }) => kind === 'control'))
  assert.equal(some.total, all.counts.control)
  assert.deepEqual(some.counts, all.counts)
  assert.equal(some.items.length, 3)
  assert.equal(
    Object.values(all.counts).reduce((sum, count) => sum + count, 0),
    all.total,
  )
})

test('scores fall, and equal ones keep the order of the catalogue', () => {
  const { items } = searchCatalog(catalog, 'data', { limit: 300 })
  const scores = items.map(({ score }) => score)
  assert.deepEqual(
    scores,
    scores.toSorted((a, b) => b - a),
  )
  assert.deepEqual(searchCatalog(catalog, 'data', { limit: 300 }).items, items)
})

test('odd queries find nothing and break nothing', () => {
  for (const query of ['', '   ', '...', '__', 'hasOwnProperty', '\u0000', '🏴', 'zzqqzz', 'x'.repeat(10_000)]) {
    assert.equal(searchCatalog(catalog, query).total, 0, query.slice(0, 20))
  }
  assert.ok(searchCatalog(catalog, Array(1000).fill('prompt').join(' ')).total > 0)
})

test('any text is answered, within the limit', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.integer({ min: 1, max: 50 }), (text, limit) => {
      const { items, total } = searchCatalog(catalog, text, { limit })
      assert.equal(items.length, Math.min(limit, total))
    }),
  )
})

test('the index is built at once and answers at once', () => {
  const fresh = loadBuiltIn()
  Object.values(fresh)
  const built = processorMs(() => indexOf(fresh))
  assert.ok(built < 250, `the index took ${built} ms`)
  const queries = ['a', 'data', 'prompt injection', 'promt injecton', 'federeted lerning', 'LLM01:2026', 'model theft']
  for (const query of queries) {
    const best = Math.min(...Array.from({ length: 20 }, () => processorMs(() => searchCatalog(fresh, query))))
    assert.ok(best < 5, `"${query}" took ${best} ms`)
  }
})
