// Every pattern on texts made to hurt it: its literal over and over, its own beginning over and over, and a long run of what
// it likes best behind its literal.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createEngine } from '../../engine.ts'
import { tooDear } from '../../pace.ts'
import { SECRET_KINDS } from './gates.ts'
import { sample, seeded } from './sample.ts'
import { secrets } from './secrets.ts'

test('no pattern takes long over a text made against it', () => {
  const random = seeded(13)
  const units = SECRET_KINDS.flatMap(({ source, gates: [gate = ''] }) => {
    const value = sample(source, random)
    return [gate, `${gate}=`, `${gate}${'a1'.repeat(40)}`, value.slice(0, -2), `${value.slice(0, 12)} `]
  })
  assert.deepEqual(tooDear(createEngine([secrets]), [...new Set(units)]), [])
})
