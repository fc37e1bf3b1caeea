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
