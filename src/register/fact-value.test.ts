import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadBuiltIn } from '../catalog/built-in.ts'
import type { Catalog } from '../catalog/catalog.ts'
import { checkFact } from './fact-value.ts'

const catalog = loadBuiltIn()

test('every question of the catalogue takes each of its answers, and no other', () => {
  for (const { id, type, values } of catalog.facts) {
    const good = type === 'bool' ? [true, false] : type === 'enum' ? (values ?? []) : [[], values ?? []]
    for (const value of good) assert.ok('value' in checkFact(catalog, id, value), `${id}: ${String(value)}`)
    const bad = [null, 0, '', 'nonsense', ['nonsense'], [true], {}, type === 'bool' ? 'true' : true]
    for (const value of bad) assert.ok('issue' in checkFact(catalog, id, value), `${id}: ${String(value)}`)
  }
})

test('a set is kept in order and without repetition', () => {
  assert.deepEqual(checkFact(catalog, 'augmentation-kinds', ['rag', 'memory', 'rag']), { value: ['memory', 'rag'] })
})

test('a key that went is told by what it is called now', () => {
  const retired = [
    { noun: 'fact', id: 'uses-rag', since: '2024-01', until: '2026-11', renamedTo: ['augments-input'], note: '' },
    { noun: 'fact', id: 'is-big', since: '2024-01', until: '2026-11', renamedTo: [], note: '' },
  ]
  const older = Object.create(catalog, { history: { value: { ...catalog.history, retired } } }) as Catalog
  assert.deepEqual(checkFact(older, 'uses-rag', true), {
    issue: {
      path: 'uses-rag',
      message: 'this fact is no longer asked since 2026-11; it is now "augments-input"',
      suggestion: 'augments-input',
    },
  })
  assert.deepEqual(checkFact(older, 'is-big', true), {
    issue: { path: 'is-big', message: 'this fact is no longer asked since 2026-11' },
  })
})
