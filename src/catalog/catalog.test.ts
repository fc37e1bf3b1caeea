import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { builtInPacks, loadBuiltIn } from './built-in.ts'
import { readPack } from './load-pack.ts'
import { processorMs } from '../lib/testing.ts'

const PACK = join(import.meta.dirname, 'packs/ai-exchange/2026-11')
const SHARED = join(import.meta.dirname, '../../../shared/catalog')
const catalog = loadBuiltIn()

test('the built-in pack is the newest version', () => {
  assert.deepEqual(builtInPacks(), ['ai-exchange/2026-11'])
  assert.equal(catalog.name, 'ai-exchange/2026-11')
  assert.equal(catalog.version, '2026-11')
  assert.equal(loadBuiltIn('2026-11').version, '2026-11')
  assert.throws(() => loadBuiltIn('2026-12'), { name: 'Failure', code: 'not_found', hint: 'did you mean "2026-11"?' })
})

test('the catalogue holds as much as its index says', () => {
  const { counts } = JSON.parse(readFileSync(join(PACK, 'index.json'), 'utf8'))
  assert.deepEqual(
    Object.fromEntries(
      Map.groupBy(catalog.threats, ({ kind }) => kind)
        .entries()
        .map(([kind, all]) => [kind, all.length]),
    ),
    counts.threats,
  )
  assert.equal(catalog.controls.length, counts.controls)
  assert.equal(catalog.measures.length, counts.controlMeasures)
  assert.equal(catalog.facts.length, counts.facts)
  assert.equal(catalog.decisionTree.length, counts.decisionQuestions)
  assert.equal(catalog.deploymentModels.length, counts.deploymentModels)
  assert.deepEqual(Object.fromEntries(catalog.frameworks.map(({ id, items }) => [id, items.length])), counts.frameworks)
  assert.equal(catalog.privacy.principles.flatMap(({ obligations }) => obligations).length, counts.privacyObligations)
})

test('maps by id hold what the lists hold', () => {
  const pairs = [
    [catalog.threats, catalog.threatsById],
    [catalog.controls, catalog.controlsById],
    [catalog.measures, catalog.measuresById],
    [catalog.facts, catalog.factsById],
    [catalog.frameworks, catalog.frameworksById],
    [catalog.assets, catalog.assetsById],
    [catalog.decisionTree, catalog.questionsById],
  ] as const
  for (const [list, byId] of pairs) {
    assert.equal(byId.size, list.length)
    for (const one of list) assert.equal(byId.get(one.id), one)
  }
  assert.equal(catalog.measuresById.get('ai-program.inventory')?.control, 'ai-program')
  assert.equal(catalog.itemsByFramework.get('owasp-llm-2026')?.get('LLM01:2026')?.name, 'Prompt Injection')
})

test('nobody can change the catalogue', () => {
  const loose: unknown[] = []
  const waiting: unknown[] = [catalog, ...Object.values(catalog)]
  while (waiting.length > 0) {
    const next = waiting.pop()
    if (typeof next !== 'object' || next === null) continue
    if (!Object.isFrozen(next)) loose.push(next)
    waiting.push(...(next instanceof Map ? next.values() : Object.values(next)))
  }
  assert.deepEqual(loose, [])
  const threats = catalog.threatsById as Map<string, unknown>
  for (const change of [() => threats.set('a', 1), () => threats.delete('evasion'), () => threats.clear()]) {
    assert.throws(change, TypeError)
  }
  assert.throws(() => Object.assign(catalog, { version: '1' }), TypeError)
})

test('what was read once is the same value ever after', () => {
  assert.equal(catalog.threats, catalog.threats)
  assert.equal(catalog.measuresById, catalog.measuresById)
  assert.equal(catalog.frameworks, catalog.frameworks)
})

test('loading and reading everything is quick', () => {
  const best = Math.min(...Array.from({ length: 5 }, () => processorMs(() => Object.values(loadBuiltIn()))))
  assert.ok(best < 40, `took ${best} ms`)
})

test(
  'the pack is the published catalogue, byte for byte',
  { skip: !existsSync(SHARED) && 'no ../shared/catalog here' },
  () => {
    const files = readdirSync(SHARED, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'))
    assert.equal(files.length, 35)
    for (const file of files) assert.deepEqual(readFileSync(join(PACK, file)), readFileSync(join(SHARED, file)), file)
    const extra = readdirSync(PACK, { recursive: true, encoding: 'utf8' }).filter(
      (file) => file.endsWith('.json') && !files.includes(file),
    )
    assert.deepEqual(extra, ['history.json'])
  },
)

test('a folder reads as the same catalogue as the built-in pack', () => {
  const read = readPack(PACK)
  for (const key of ['threats', 'controls', 'frameworks', 'riskAnalysis', 'overview', 'privacy', 'history'] as const) {
    assert.deepEqual(read[key], catalog[key], key)
  }
})
