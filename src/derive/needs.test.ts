import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import type { FactValue } from '../model/fact.ts'
import { analyse } from './analyse.ts'
import { anyValues } from './arbitrary.ts'
import { asset, catalog, inputOf } from './testing.ts'

const MODELS = catalog.deploymentModels.map(({ id }) => id)
const needOf = (values: Record<string, FactValue>, control: string, deploymentModel?: string) => {
  const system = asset('shop', deploymentModel === undefined ? {} : { deploymentModel })
  const need = analyse(inputOf(values, { system })).controls.find((one) => one.control === control)
  return need?.need === 'needed' ? need : undefined
}
const CHAT = { 'model-kind': 'llm', 'attacker-can-supply-input': true, 'harmful-output-possible': true }

describe('the controls that a system needs', () => {
  test('are told for every control of the catalogue, with the threats for it or the threats left out', () => {
    const { controls } = analyse(inputOf({ 'model-kind': 'heuristic', training: 'none' }))
    assert.deepEqual(
      controls.map(({ control }) => control),
      catalog.controls.map(({ id }) => id),
    )
    for (const one of controls) {
      if (one.need === 'needed') assert(one.for.length > 0)
      else assert(one.reason.length > 0)
    }
  })

  test('hold every control that an open threat or a group above it names', () => {
    fc.assert(
      fc.property(anyValues, (values) => {
        const { controls, threats } = analyse(inputOf(values))
        const needed = new Set(controls.filter(({ need }) => need === 'needed').map(({ control }) => control))
        for (const { threat: id, verdict } of threats) {
          const threat = catalog.threatsById.get(id)
          if (!threat || threat.kind === 'group' || verdict === 'does-not-apply') continue
          const parent = catalog.threatsById.get(threat.parent ?? '')
          for (const control of [...threat.controls, ...(parent?.controls ?? [])])
            assert(needed.has(control), `${id}: ${control}`)
        }
      }),
    )
  })

  test('are told for measures too, each left out only with its control or by a decision', () => {
    const selections = new Map([['rate-limit.nothing', { decision: 'not-needed' as const, reason: 'x' }]])
    const first = catalog.measures.find(({ control }) => control === 'rate-limit')
    assert(first)
    selections.set(first.id, { decision: 'not-needed', reason: 'one user only' })
    const { measures } = analyse(inputOf({}, { selections }))
    assert.deepEqual(
      measures.map(({ measure }) => measure),
      catalog.measures.map(({ id }) => id),
    )
    const out = measures.filter(({ need }) => need === 'not-needed')
    assert.deepEqual(
      out.map(({ measure, reason }) => [measure, reason]),
      [[first.id, 'declared not needed: one user only']],
    )
  })
})

describe('who must carry out a control', () => {
  for (const [model, control, party] of [
    ['self-trained-self-hosted', 'prompt-injection-io-handling', 'you'],
    ['provider-hosted-api', 'prompt-injection-io-handling', 'shared'],
    ['provider-hosted-api', 'runtime-model-integrity', 'supplier'],
    ['ready-made-self-hosted', 'runtime-model-integrity', 'you'],
    ['provider-hosted-api', 'supply-chain-manage', 'you'],
    ['saas-ai-application', 'rate-limit', 'shared'],
    ['provider-hosted-api', 'encode-model-output', 'you'],
    ['saas-ai-application', 'ai-program', 'you'],
  ] as const) {
    test(`${control} under ${model}: ${party}`, () => assert.equal(needOf(CHAT, control, model)?.party, party))
  }

  test('a part that is not yours is verified by managing the supply chain, which is', () => {
    for (const model of MODELS) {
      const { controls } = analyse(inputOf({}, { system: asset('shop', { deploymentModel: model }) }))
      const chain = controls.find(({ control }) => control === 'supply-chain-manage')
      for (const one of controls) {
        if (one.need !== 'needed' || one.party === 'you') continue
        assert.equal(one.verifiedBy, 'supply-chain-manage')
        assert.equal(chain?.need === 'needed' && chain.party, 'you')
      }
    }
  })

  test('it is yours where the deployment model is not known, unless every possible one says the same', () => {
    const unknown = needOf({}, 'runtime-model-integrity')
    assert(unknown && unknown.for.every(({ because }) => because === 'the deployment model is not known'))
    assert.equal(needOf({ 'model-host': 'supplier' }, 'runtime-model-integrity')?.party, 'supplier')
  })
})
