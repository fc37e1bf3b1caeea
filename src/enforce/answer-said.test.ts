// What the upstream says of its answer is on record, in every format, whole and streamed.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { saidOf } from './answer-said.ts'
import { askThrough, WAYS } from './testing-formats.ts'
import { over } from './testing.ts'

for (const way of WAYS)
  test(`why it ended is known, ${way.title}`, async (t) => {
    const { gateway } = await askThrough(t, way, {}, { user: 'Hello' }, { text: 'Good day.', call: { to: 'you' } })
    const [{ answer }] = [await over(gateway)]
    assert.deepEqual(answer?.stops, ['tools'])
  })

test('what is no name stays out of the record', () => {
  const id = `id ${'x'.repeat(20)}`
  assert.deepEqual(saidOf({ id, model: 'm'.repeat(200), choices: [] }), { id: undefined, model: undefined, stops: [] })
  assert.equal(saidOf({ id: 'chatcmpl-a.b:c/d', model: '', choices: [] }).id, 'chatcmpl-a.b:c/d')
})
