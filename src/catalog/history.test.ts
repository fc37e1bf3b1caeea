import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadBuiltIn } from './built-in.ts'
import { formerNames, type HistoryNoun, isCurrent, lifeOf } from './history.ts'

const catalog = loadBuiltIn()

test('a current id has a first edition and no end', () => {
  const cases: [HistoryNoun, string, string][] = [
    ['threat', 'evasion', '2024-01'],
    ['threat', 'agent-escape', '2026-11'],
    ['control', 'rate-limit', '2024-01'],
    ['control', 'agent-sandboxing', '2026-11'],
    ['measure', 'ai-program.inventory', '2026-11'],
    ['fact', 'model-kind', '2026-11'],
    ['framework', 'atlas', '2026-11'],
    ['item', 'iso-27001/A.5.1', '2026-11'],
  ]
  for (const [noun, id, since] of cases) {
    assert.ok(isCurrent(catalog, noun, id), id)
    assert.deepEqual(lifeOf(catalog, noun, id), { since }, id)
  }
})

test('a retired name tells when it went and what took its place', () => {
  assert.deepEqual(lifeOf(catalog, 'control', 'devdataprotect'), {
    since: '2024-01',
    until: '2026-11',
    renamedTo: ['dev-security'],
  })
  assert.deepEqual(lifeOf(catalog, 'control', 'DETECTADVERSARIALINPUT')?.renamedTo, [
    'evasion-input-handling',
    'unwanted-input-series-handling',
  ])
  assert.deepEqual(lifeOf(catalog, 'threat', 'denial-of-model-service')?.renamedTo, ['ai-resource-exhaustion'])
})

test('a current thing knows its former names', () => {
  assert.deepEqual(formerNames(catalog, 'control', 'prompt-injection-io-handling'), ['PROMPTINPUTVALIDATION'])
  assert.deepEqual(formerNames(catalog, 'threat', 'evasion'), [])
})

test('a name that never was has no life', () => {
  assert.equal(lifeOf(catalog, 'threat', 'no-such-threat'), undefined)
  assert.equal(lifeOf(catalog, 'item', 'atlas/none'), undefined)
  assert.equal(lifeOf(catalog, 'control', 'constructor'), undefined)
})

test('every id of the catalogue has a life', () => {
  for (const { id } of catalog.threats) assert.ok(lifeOf(catalog, 'threat', id)?.since)
  for (const { id } of catalog.controls) assert.ok(lifeOf(catalog, 'control', id)?.since)
})
