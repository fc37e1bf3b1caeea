import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { evaluate } from '../catalog/expression.ts'
import type { Applicability } from '../model/applicability.ts'
import type { FactValue } from '../model/fact.ts'
import { analyse } from './analyse.ts'
import { anyValue, anyValues } from './arbitrary.ts'
import { catalog, inputOf } from './testing.ts'

const threatsOf = (values: Record<string, FactValue>) =>
  new Map(analyse(inputOf(values)).threats.map((one) => [one.threat, one]))
const readsOf = (threat: Applicability | undefined) =>
  new Set(threat?.trace.flatMap(({ facts }) => facts.map(({ key }) => key)))

describe('the threats of a system', () => {
  test('are all of the catalogue, in its order, each with a trace that opens with what decided', () => {
    const { threats } = analyse(inputOf({}))
    assert.deepEqual(
      threats.map(({ threat }) => threat),
      catalog.threats.map(({ id }) => id),
    )
    for (const { verdict, trace, catalogVersion } of threats) {
      assert.equal(trace[0]?.verdict, verdict)
      assert.equal(catalogVersion, catalog.version)
    }
  })

  test('of which nothing is known are none of them out', () => {
    const out = analyse(inputOf({})).threats.filter(({ verdict }) => verdict === 'does-not-apply')
    assert.deepEqual(out, [])
  })

  for (const [values, threat, verdict] of [
    [{ 'model-kind': 'llm', 'untrusted-data-in-prompt': true }, 'indirect-prompt-injection', 'applies'],
    [{ 'model-kind': 'predictive-ml' }, 'indirect-prompt-injection', 'does-not-apply'],
    [{ 'model-kind': 'llm' }, 'indirect-prompt-injection', 'unknown'],
    [{ 'untrusted-writers-to-corpus': true, 'model-kind': 'llm' }, 'indirect-prompt-injection', 'applies'],
    [{}, 'ai-resource-exhaustion', 'applies'],
    [{ 'classification-task': true, 'attacker-can-supply-input': true }, 'input-threats', 'applies'],
    [{ training: 'none' }, 'sensitive-data-leak-development-time', 'does-not-apply'],
  ] as const) {
    test(`${JSON.stringify(values)}: ${threat} ${verdict}`, () => {
      assert.equal(threatsOf(values).get(threat)?.verdict, verdict)
    })
  }

  test('say which questions of the tree and which earlier rules name them, and which of the two counts', () => {
    const evasion = threatsOf({ 'model-kind': 'llm', 'classification-task': true, 'attacker-can-supply-input': true })
    const steps = evasion.get('evasion')?.trace.map(({ rule, verdict }) => `${rule} ${verdict}`)
    assert.deepEqual(steps, [
      'evasion.appliesWhen applies',
      'q-classification applies',
      'l-genai does-not-apply',
      'x-evasion-genai applies',
    ])
  })

  test('that change with a fact have it in their trace', () => {
    const changes = fc
      .constantFrom(...catalog.facts.map(({ id }) => id))
      .chain((key) => fc.record({ key: fc.constant(key), value: anyValue(key) }))
    fc.assert(
      fc.property(anyValues, changes, (values, { key, value }) => {
        const [before, after] = [threatsOf(values), threatsOf({ ...values, [key]: value })]
        for (const [threat, { verdict }] of before) {
          if (after.get(threat)?.verdict === verdict) continue
          assert(readsOf(before.get(threat)).has(key) || readsOf(after.get(threat)).has(key), `${threat} by ${key}`)
        }
      }),
      { numRuns: 300 },
    )
  })

  test('are never hidden by what is not known: no later answer brings in one that was out', () => {
    fc.assert(
      fc.property(anyValues, anyValues, (some, more) => {
        const known = { ...more, ...some }
        if (analyse(inputOf(known)).conflicts.length > 0) return
        const later = threatsOf(known)
        for (const [threat, { verdict }] of threatsOf(some)) {
          if (verdict === 'does-not-apply') assert.equal(later.get(threat)?.verdict, 'does-not-apply', threat)
        }
      }),
    )
  })

  test('follow their own condition and nothing else', () => {
    fc.assert(
      fc.property(anyValues, (values) => {
        const { facts, threats } = analyse(inputOf(values))
        const profile = Object.fromEntries(facts.map(({ key, value }) => [key, value]))
        for (const { threat, verdict } of threats) {
          const when = catalog.threatsById.get(threat)?.appliesWhen
          const expected = { true: 'applies', false: 'does-not-apply', unknown: 'unknown' } as const
          if (when) assert.equal(verdict, expected[`${evaluate(when, profile).value}`], threat)
        }
      }),
    )
  })
})
