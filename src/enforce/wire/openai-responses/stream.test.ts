// Calls in a streamed response that are told of in an unusual way are calls all the same: nobody may slip one past those who
// look at calls by telling of it late, or under another place.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { JsonObject } from '../../../lib/canonical-json.ts'
import { readStream } from './stream.ts'

const ITEM = {
  type: 'function_call',
  id: 'fc_1',
  call_id: 'c1',
  name: 'pay',
  arguments: '{"to":"eve"}',
  status: 'completed',
}
const ADDED = { type: 'response.output_item.added', output_index: 0, item: { ...ITEM, arguments: '' } }
const DONE = { type: 'response.output_item.done', output_index: 0, item: ITEM }
const COMPLETED = { type: 'response.completed', response: { id: 'r', model: 'm', status: 'completed', output: [ITEM] } }

const cases: [string, JsonObject[]][] = [
  ['as it begins', [ADDED, DONE, COMPLETED]],
  ['only when it is whole', [DONE, COMPLETED]],
  ['only when all is over', [COMPLETED]],
]
for (const [title, events] of cases)
  test(`a call that is told of ${title} is heard of once, with its name and its arguments`, () => {
    const reader = readStream()
    const deltas = events.flatMap((event) => reader.read(event, undefined))
    const calls = deltas.flatMap((delta) => (delta.kind === 'call' ? [[delta.id, delta.name]] : []))
    assert.deepEqual(calls, [['c1', 'pay']])
    const said = deltas.flatMap((delta) =>
      delta.kind === 'arguments' || (delta.kind === 'whole' && delta.isArguments) ? [delta.text] : [],
    )
    assert.ok(said.includes('{"to":"eve"}'))
    const [call, close] = ['call', 'close'].map((kind) => deltas.findIndex((delta) => delta.kind === kind))
    assert.ok(call !== undefined && close !== undefined && call < close)
  })
