import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadBuiltIn } from '../../catalog/built-in.ts'
import { GUARDS } from './index.ts'

const catalog = loadBuiltIn()

for (const guard of GUARDS) {
  test(`${guard.id} proves measures of its own control that decisions can prove`, () => {
    const own = catalog.controls.find(({ id }) => id === guard.id)
    assert(own, `${guard.id} is no control of the catalogue`)
    for (const id of guard.proves(guard.settings.parse({}))) {
      const measure = catalog.measuresById.get(id)
      assert.equal(measure?.evidenceKind, 'automatic', `${id} is no measure that a decision proves`)
      assert.equal(measure.control, guard.id)
    }
  })
}

test('a guard that passes over untrusted texts proves nothing', () => {
  const guard = GUARDS.find(({ id }) => id === 'prompt-injection-io-handling')
  assert(guard)
  assert.notDeepEqual(guard.proves(guard.settings.parse({})), [])
  assert.deepEqual(guard.proves(guard.settings.parse({ origins: ['user', 'tool'] })), [])
})

const cases: [guard: string, settings: object, measures: string[]][] = [
  ['sensitive-output-handling', {}, ['enforce']],
  ['sensitive-output-handling', { what: 'secrets-and-personal' }, ['scan', 'enforce']],
  ['encode-model-output', {}, ['encode']],
  ['encode-model-output', { hosts: ['docs.example'] }, ['encode', 'links']],
  ['encode-model-output', { onHit: 'note' }, []],
  ['encode-model-output', { sink: 'none' }, []],
  ['input-segregation', {}, ['mark']],
  ['input-segregation', { origins: ['tool'] }, []],
  ['input-distortion', { strength: 0 }, []],
  ['oversight', { rules: [{ tools: ['pay'] }] }, ['approval-gate']],
  ['oversight', { rules: [{ tools: ['pay'], who: ['owner', 'risk-owner'] }] }, ['approval-gate', 'segregation']],
  ['oversight', { rules: [{ tools: ['pay'], who: ['owner', 'owner'] }] }, ['approval-gate']],
  ['oversight', { rules: [{ share: 1 }] }, []],
]

for (const [id, settings, measures] of cases)
  test(`${id} with ${JSON.stringify(settings)} proves ${measures.join(' and ') || 'nothing'}`, () => {
    const guard = GUARDS.find((one) => one.id === id)
    assert.deepEqual(
      guard?.proves(guard.settings.parse(settings)),
      measures.map((measure) => `${id}.${measure}`),
    )
  })
