import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { builtInFolder } from '../catalog/built-in.ts'
import { createCatalog } from '../catalog/catalog.ts'
import { ThreatsFile } from '../catalog/schema/threats.ts'
import { analyse, type SystemInput } from './analyse.ts'
import { anyKey, anyMeasure, anySelections, anyStatuses, anyValue, anyValues, reportOf } from './arbitrary.ts'
import { differenceOf } from './difference.ts'
import { asset, catalog, claimsOf, inputOf } from './testing.ts'
import { type Change, changed, whatIf } from './what-if.ts'

const RAG = { 'model-kind': 'llm', 'augments-input': true, 'untrusted-data-in-prompt': false } as const

const anyChange: fc.Arbitrary<Change> = fc.oneof(
  anyKey.chain((key) =>
    fc.record({
      change: fc.constant('fact' as const),
      key: fc.constant(key),
      value: fc.option(anyValue(key)),
      by: fc.constantFrom('ann', 'bob'),
    }),
  ),
  fc.record({
    change: fc.constant('selection' as const),
    measure: anyMeasure,
    selection: fc.option(
      fc.record({ decision: fc.constantFrom('chosen' as const, 'not-needed' as const), reason: fc.string() }),
    ),
  }),
  fc.record({
    change: fc.constant('status' as const),
    measure: anyMeasure,
    report: fc.option(fc.constantFrom(reportOf('proven'), reportOf('failing'), reportOf('stale'))),
  }),
  fc.record({
    change: fc.constant('deployment-model' as const),
    model: fc.option(fc.constantFrom(...catalog.deploymentModels.map(({ id }) => id))),
  }),
)

/** What the store would hold afterwards, written without looking at how the preview does it. */
function commit(input: SystemInput, changes: readonly Change[]): SystemInput {
  const [claims, selections, statuses] = [[...input.claims], new Map(input.selections), new Map(input.statuses)]
  let { deploymentModel, ...system } = input.system
  for (const [i, one] of changes.entries()) {
    if (one.change === 'fact') {
      const recordedAt = `2026-11-02T00:00:${String(i).padStart(2, '0')}.000Z`
      claims.push(
        ...claimsOf(system.id, { [one.key]: one.value }, { source: 'answered', by: one.by, id: `f-${i}`, recordedAt }),
      )
    }
    if (one.change === 'selection' && one.selection) selections.set(one.measure, one.selection)
    if (one.change === 'selection' && !one.selection) selections.delete(one.measure)
    if (one.change === 'status' && one.report) statuses.set(one.measure, one.report)
    if (one.change === 'status' && !one.report) statuses.delete(one.measure)
    if (one.change === 'deployment-model') deploymentModel = one.model ?? undefined
  }
  return { ...input, claims, selections, statuses, system: { ...system, ...(deploymentModel && { deploymentModel }) } }
}

describe('what if', () => {
  test('nothing changes: there is no difference', () => {
    const difference = whatIf(inputOf(RAG), [])
    assert.equal(difference.same, true)
  })

  test('one fact changes: the threats that it brings in and drives out are told, each with the fact', () => {
    const input = inputOf({ ...RAG, training: 'none' })
    const value = { change: 'fact', key: 'multimodal-input', value: false, by: 'ann' } as const
    const difference = whatIf(input, [value])
    assert.deepEqual(difference.threats, [
      {
        threat: 'multimodal-prompt-injection',
        before: 'unknown',
        after: 'does-not-apply',
        because: ['multimodal-input'],
      },
    ])
    assert.deepEqual(
      difference.risks.map(({ threat, proven }) => [threat, proven.after]),
      [['multimodal-prompt-injection', undefined]],
    )
  })

  test('an answer that contradicts a file makes a conflict, and the preview says so', () => {
    const { facts } = whatIf(inputOf(RAG), [{ change: 'fact', key: 'model-kind', value: 'heuristic', by: 'ann' }])
    assert.deepEqual(
      facts.find(({ key }) => key === 'model-kind'),
      {
        key: 'model-kind',
        before: 'llm',
        origins: { before: 'declared by parapet.yaml', after: 'conflict' },
      },
    )
  })

  test('the deployment model changes: the parties change with it', () => {
    const system = asset('shop', { deploymentModel: 'ready-made-self-hosted' })
    const changes = [{ change: 'deployment-model', model: 'provider-hosted-api' }] as const
    const { controls } = whatIf(inputOf({ 'model-kind': 'llm' }, { system }), changes)
    const moved = controls.find(({ id }) => id === 'runtime-model-integrity')
    assert.deepEqual([moved?.before, moved?.after], ['you', 'supplier'])
  })

  for (const change of [
    { change: 'fact', key: 'gone', value: true, by: 'ann' },
    { change: 'selection', measure: 'gone.all', selection: null },
    { change: 'status', measure: 'gone.all', report: null },
    { change: 'deployment-model', model: 'gone' },
  ] as const) {
    test(`a ${change.change} that the catalogue does not know is refused`, () => {
      assert.throws(() => whatIf(inputOf({}), [change]), { code: 'not_found', message: /gone/ })
    })
  }

  test('the preview is what comes true when it is committed', () => {
    const cases = fc.record({
      values: anyValues,
      statuses: anyStatuses,
      selections: anySelections,
      changes: fc.array(anyChange, { maxLength: 6 }),
    })
    fc.assert(
      fc.property(cases, ({ values, statuses, selections, changes }) => {
        const input = inputOf(values, { statuses, selections })
        const committed = analyse(commit(input, changes))
        assert.deepEqual(whatIf(input, changes), differenceOf(analyse(input), committed))
        assert.equal(differenceOf(analyse(changed(input, changes)), committed).same, true)
      }),
      { numRuns: 60 },
    )
  })
})

function alterThreats(read: unknown): unknown {
  const { threats, ...file } = ThreatsFile.parse(read)
  for (const threat of threats) {
    if (threat.id === 'denial-of-wallet') threat.appliesWhen = { always: true }
    if (threat.id === 'sponge-attack') threat.appliesWhen = { fact: 'paid-per-use', is: true }
  }
  return { ...file, threats }
}

describe('a newer catalogue', () => {
  test('lists the threats that a system gains and loses, though no fact of it changed', () => {
    const newer = createCatalog('ai-exchange/altered', (file) => {
      const read: unknown = JSON.parse(readFileSync(join(builtInFolder(catalog.name), file), 'utf8'))
      return file === 'threats.json' ? alterThreats(read) : read
    })
    const input = inputOf({ 'paid-per-use': false })
    const difference = differenceOf(analyse(input), analyse({ ...input, catalog: newer }))
    assert.deepEqual(difference.threats, [
      { threat: 'denial-of-wallet', before: 'does-not-apply', after: 'applies', because: [] },
      { threat: 'sponge-attack', before: 'applies', after: 'does-not-apply', because: [] },
    ])
    assert.deepEqual(difference.facts, [])
  })
})
