import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import type { FactValue } from '../model/fact.ts'
import { analyse } from './analyse.ts'
import { anyValues } from './arbitrary.ts'
import { openQuestions } from './questions.ts'
import { asset, catalog, claimsOf, inputOf } from './testing.ts'

const keysOf = (values: Record<string, FactValue>) => openQuestions(inputOf(values)).map(({ key }) => key)
const system = asset('shop', { exposure: 'team', dataClass: 'internal' })

describe('the questions about a system', () => {
  test('begin with the one that settles most', () => {
    const [first, ...others] = openQuestions(inputOf({}))
    assert(first && others.length > 10)
    assert(['model-kind', 'training', 'augments-input', 'autonomy', 'triggers-actions'].includes(first.key), first.key)
    assert(first.settles > 0 && first.threats.length > 0)
  })

  test('leave out what is answered, and what a fact implies', () => {
    const keys = keysOf({ autonomy: 'acts', 'model-kind': 'llm' })
    for (const key of ['autonomy', 'model-kind', 'triggers-actions', 'output-is-text']) assert(!keys.includes(key), key)
  })

  test('leave out what no longer matters', () => {
    const keys = keysOf({ training: 'none', 'model-source': 'own' })
    for (const key of ['training-data-source', 'training-membership-sensitive']) assert(!keys.includes(key), key)
    assert(!keysOf({ 'eu-market': false }).includes('eu-ai-act-tier'))
  })

  test('ask again where sources disagree', () => {
    const claims = [
      ...claimsOf('shop', { 'multi-agent': false }),
      ...claimsOf('shop', { 'multi-agent': true }, { id: 'scan', source: 'discovered', by: 'code-scan' }),
    ]
    const asked = openQuestions(inputOf({}, { claims })).find(({ key }) => key === 'multi-agent')
    assert.equal(asked?.why, 'conflict')
    assert(asked.threats.includes('multi-agent-propagation'))
  })

  test('end: each answer is asked for once, and then nothing is left to ask', () => {
    fc.assert(
      fc.property(anyValues, (values) => {
        const known: Record<string, FactValue> = { 'eu-market': false }
        for (let asked = openQuestions(inputOf(known)); asked[0]; asked = openQuestions(inputOf(known))) {
          const [{ key, type, values: allowed }] = asked
          assert(!Object.hasOwn(known, key), key)
          known[key] = values[key] ?? (type === 'bool' ? false : type === 'set' ? [] : (allowed?.[0] ?? ''))
          if (analyse(inputOf(known)).conflicts.length > 0) return
        }
      }),
      { numRuns: 6 },
    )
  })

  test('leave nothing out that would change a verdict, a risk or a duty', () => {
    fc.assert(
      fc.property(anyValues, anyValues, (values, more) => {
        const asked = new Set(openQuestions(inputOf(values, { system })).map(({ key }) => key))
        const rest = Object.fromEntries(Object.entries(more).filter(([key]) => !asked.has(key)))
        const before = analyse(inputOf(values, { system }))
        const after = analyse(inputOf({ ...rest, ...values }, { system }))
        if (before.conflicts.length + after.conflicts.length > 0) return
        assert.deepEqual(
          after.threats.map(({ verdict }) => verdict),
          before.threats.map(({ verdict }) => verdict),
        )
        assert.deepEqual(
          after.risks.map(({ inherent }) => inherent),
          before.risks.map(({ inherent }) => inherent),
        )
        assert.deepEqual(after.aiAct.duties, before.aiAct.duties)
      }),
      { numRuns: 200, examples: [[{ 'model-kind': 'predictive-ml', autonomy: 'none' }, { 'fails-closed': true }]] },
    )
  })

  test('name only questions of the catalogue, each once', () => {
    const keys = keysOf({})
    assert.equal(new Set(keys).size, keys.length)
    assert(keys.every((key) => catalog.factsById.has(key)))
  })
})
