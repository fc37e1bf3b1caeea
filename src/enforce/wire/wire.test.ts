// What every format promises: what it writes it reads again, whole or in a stream, so that a turn can pass through any of
// them and mean the same.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Json } from '../../lib/canonical-json.ts'
import type { Answer, Part, TextPart, Turn } from '../../model/turn.ts'
import { unreadMembers } from '../left-out.ts'
import { textsOfAnswer } from '../texts.ts'
import type { Delta } from './delta.ts'
import { CONVERSATIONS } from './index.ts'

const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
const at = [] as const
const text = (origin: TextPart['origin'], words: string): TextPart => ({
  kind: 'text',
  origin,
  at,
  text: words,
})

const TURN: Turn = {
  model: 'm-1',
  stream: true,
  messages: [
    { origin: 'system', parts: [text('system', 'Be brief.')] },
    {
      origin: 'user',
      parts: [
        text('user', 'What is in this picture?'),
        { kind: 'image', origin: 'user', at, mediaType: 'image/png', data: PIXEL },
      ],
    },
    {
      origin: 'assistant',
      parts: [
        text('assistant', 'I look.'),
        { kind: 'tool-call', origin: 'assistant', at, id: 'call_1', name: 'look', arguments: '{"at":"x"}' },
        { kind: 'tool-call', origin: 'assistant', at, id: 'call_2', name: 'weigh', arguments: '{}' },
      ],
    },
    {
      origin: 'tool',
      parts: [
        {
          kind: 'tool-result',
          origin: 'tool',
          at,
          id: 'call_1',
          name: 'look',
          parts: [text('tool', 'a cat')],
          isError: false,
        },
        {
          kind: 'tool-result',
          origin: 'tool',
          at,
          id: 'call_2',
          name: 'weigh',
          parts: [text('tool', '4 kg')],
          isError: false,
        },
      ],
    },
  ],
  tools: [{ name: 'look', description: 'Looks', schema: { type: 'object', properties: { at: { type: 'string' } } } }],
  toolChoice: { name: 'look' },
  sampling: { maxTokens: 100, temperature: 0.5, topP: 0.9, stop: ['END'] },
  rest: [],
  foreign: [],
}

const ANSWER: Answer = {
  id: 'a1',
  model: 'm-1',
  choices: [
    {
      index: 0,
      parts: [
        text('assistant', 'A cat.'),
        { kind: 'tool-call', origin: 'assistant', at, id: 'call_3', name: 'look', arguments: '{"at":"y"}' },
      ],
      stop: 'tools',
    },
  ],
  usage: { input: 7, output: 3 },
  rest: [],
}

const DELTAS: Delta[] = [
  { kind: 'start', id: 'a1', model: 'm-1' },
  { kind: 'text', choice: 0, block: 0, channel: 'text', text: 'A ', at },
  { kind: 'text', choice: 0, block: 0, channel: 'text', text: 'cat.', at },
  { kind: 'close', choice: 0, block: 0 },
  { kind: 'call', choice: 0, block: 1, id: 'call_3', name: 'look' },
  { kind: 'arguments', choice: 0, block: 1, text: '{"at":"y"}', at },
  { kind: 'close', choice: 0, block: 1 },
  { kind: 'usage', usage: { input: 7, output: 3 } },
  { kind: 'stop', choice: 0, reason: 'tools' },
  { kind: 'end' },
]

const context = { id: 'x1', model: 'm-1', createdAt: new Date(0) }
const asJson = (value: object) => JSON.parse(JSON.stringify(value))

for (const wire of CONVERSATIONS) {
  const { client, upstream } = wire
  if (client === undefined) continue
  describe(wire.id, () => {
    test('reads the request that it writes', () => {
      const body = asJson(upstream.writeRequest(TURN))
      const read = client.readRequest(body, { model: TURN.model, stream: true })
      const asked = wire.id === 'openai-responses' ? { ...TURN, sampling: { ...TURN.sampling, stop: undefined } } : TURN
      assert.deepEqual(meaningOf(read), meaningOf(asked))
      assert.deepEqual(read.foreign, [])
    })
    test('reads the answer that it writes', () => {
      const answer = upstream.readAnswer(asJson(client.writeAnswer(ANSWER, context)))
      assert.deepEqual(partsOf(answer.choices[0]?.parts ?? []), partsOf(ANSWER.choices[0]?.parts ?? []))
      assert.deepEqual([answer.choices[0]?.stop, answer.usage], ['tools', ANSWER.usage])
      assert.ok([...textsOfAnswer(answer)].some(({ text }) => text === 'A cat.'))
    })
    test('reads the stream that it writes', () => {
      const writer = client.writeStream(context)
      const frames = DELTAS.flatMap((delta) => writer.write(delta))
      const reader = upstream.readStream()
      const read = [...frames.flatMap(({ data, event }) => reader.read(data as Json, event)), ...reader.end()]
      assert.deepEqual(spoken(read), spoken(DELTAS))
    })
    test('says which settings it has, and knows all that it writes', () => {
      const sampling = {
        maxTokens: 9,
        temperature: 0.5,
        topP: 0.9,
        topK: 4,
        stop: ['END'],
        choices: 2,
        schema: {
          name: 'answer',
          schema: { type: 'object' },
        },
      }
      const body = asJson(upstream.writeRequest({ ...TURN, sampling }))
      const inJson = asJson(upstream.writeRequest({ ...TURN, sampling: { json: true } }))
      const said = [body, inJson].flatMap((one) => {
        const read = client.readRequest(one, { model: TURN.model, stream: true }).sampling
        return Object.entries(read).flatMap(([name, value]) => (value === undefined ? [] : [name]))
      })
      assert.deepEqual([...new Set(said)].toSorted(), [...(upstream.says ?? [])].toSorted())
      assert.deepEqual(
        unreadMembers(body, client).filter((name) => name !== 'store'),
        [],
      )
      assert.deepEqual(unreadMembers({ ...body, logit_bias: { 1: 2 }, seed: 0, nothing: null }, client).slice(-2), [
        'logit_bias',
        'seed',
      ])
    })
    test('says that a stream broke off', () => {
      const reader = upstream.readStream()
      assert.deepEqual(
        reader.end().map(({ kind }) => kind),
        ['error'],
      )
    })
  })
}

/** What must survive any format: who says what, calls and results, and what the client asks for. */
function meaningOf({
  messages,
  model,
  stream,
  tools,
  toolChoice,
  sampling: { maxTokens, temperature, topP, stop },
}: Turn) {
  const said = messages.flatMap(({ parts }) => parts.map((part) => [part.origin, ...partsOf([part])]))
  return { said, model, stream, tools, toolChoice, sampling: { maxTokens, temperature, topP, stop } }
}

function partsOf(parts: readonly Part[]): unknown[] {
  return parts.map((part) => {
    if (part.kind === 'tool-call') return [part.id, part.name, JSON.parse(part.arguments)]
    if (part.kind === 'tool-result') return [part.id, ...partsOf(part.parts)]
    return 'text' in part ? part.text : [part.kind, part.mediaType, part.data, part.url]
  })
}

function spoken(deltas: readonly Delta[]) {
  let [words, calls, input] = ['', [] as unknown[], '']
  const stops: unknown[] = []
  for (const delta of deltas) {
    if (delta.kind === 'text') words += delta.text
    if (delta.kind === 'call') calls.push([delta.id, delta.name])
    if (delta.kind === 'arguments') input += delta.text
    if (delta.kind === 'stop') stops.push(delta.reason)
    if (delta.kind === 'usage' || delta.kind === 'end') stops.push(delta)
  }
  return { words, calls, input: JSON.parse(input), stops: stops.map((one) => JSON.stringify(one)).toSorted() }
}
