// Calls and results of Gemini, which need no ids there and can be any structure, as other formats need them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../../../lib/canonical-json.ts'
import { writeRequest as writeMessages } from '../anthropic-messages/write-request.ts'
import { writeRequest as writeChat } from '../openai-chat/write-request.ts'
import { readAnswer } from './answer.ts'
import { readRequest } from './read-request.ts'
import { readStream } from './stream.ts'

const call = (args: Json) => ({ functionCall: { name: 'look', args } })
const result = (response: Json) => ({ functionResponse: { name: 'look', response } })
const turn = readRequest(
  {
    contents: [
      { role: 'user', parts: [{ text: 'Hi' }] },
      { role: 'model', parts: [call({ at: 1 }), call({ at: 2 })] },
      { role: 'user', parts: [result({ degrees: 21, deep: { rain: false } }), result({ result: 'dry' })] },
      { role: 'model', parts: [call({ at: 3 })] },
      { role: 'user', parts: [result({ output: '' })] },
    ],
  },
  { model: 'm', stream: false },
)

test('each result goes with its call, and says all that the tool gave', () => {
  const messages = writeChat(turn)['messages'] as Record<string, Json>[]
  const calls = messages.flatMap((one) => (one['tool_calls'] ?? []) as { id: string }[]).map(({ id }) => id)
  assert.equal(new Set(calls).size, 3)
  assert.deepEqual(
    messages.flatMap((one) => (one['role'] === 'tool' ? [[one['tool_call_id'], one['content']]] : [])),
    [
      [calls[0], '{"degrees":21,"deep":{"rain":false}}'],
      [calls[1], 'dry'],
      [calls[2], ''],
    ],
  )
  assert.match(JSON.stringify(writeMessages(turn)), /\{\\"degrees\\":21,/)
})

test('calls of an answer and of a stream have different ids', () => {
  const candidates = [{ index: 0, content: { parts: [call({}), call({})] }, finishReason: 'STOP' }]
  const [choice] = readAnswer({ candidates }).choices
  const whole = choice?.parts.map((part) => (part.kind === 'tool-call' ? part.id : '')) ?? []
  const reader = readStream()
  const event = { candidates: [{ content: { parts: [call({})] } }] }
  const streamed = [event, event]
    .flatMap((one) => reader.read(one, undefined))
    .flatMap((delta) => (delta.kind === 'call' ? [delta.id] : []))
  for (const ids of [whole, streamed]) assert.deepEqual([new Set(ids).size, ids.includes('')], [2, false])
})
