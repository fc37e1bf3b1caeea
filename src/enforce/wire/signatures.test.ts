// What a provider signs or encrypts for itself, it wants back; nobody else can read it, and some refuse what they did not make.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import type { Json, JsonObject } from '../../lib/canonical-json.ts'
import { eventStream, writeFrame } from '../frames.ts'
import { geminiGenerate } from './gemini-generate.ts'
import { CONVERSATIONS } from './index.ts'
import { openaiChat } from './openai-chat.ts'
import type { Delta } from './delta.ts'
import type { Conversation } from './wire.ts'

const CONTEXT = { id: 'x', model: 'm', createdAt: new Date(0) }
const ADDRESSED = { model: 'm', stream: false }
const NO_SIGNATURE = 'skip_thought_signature_validator'
const signature = fc.base64String({ minLength: 40, maxLength: 90 })
const called = (name: string, thoughtSignature: string): JsonObject => ({
  functionCall: { id: `id_${name}`, name, args: { to: name } },
  thoughtSignature,
})
const answerOf = (signatures: readonly string[]): JsonObject => ({
  candidates: [
    { content: { role: 'model', parts: signatures.map((one, i) => called(`n${i}`, one)) }, finishReason: 'STOP' },
  ],
})

const calling = (id: string, more: JsonObject = {}): JsonObject => ({ id, type: 'function', function: { name: id, arguments: '{}' }, ...more }) // prettier-ignore

/** What a client of `wire` heard, when it came as a stream. */
function streamed(wire: Conversation, body: JsonObject): readonly Delta[] {
  const writer = wire.client.writeStream(CONTEXT)
  const written = geminiGenerate.upstream
    .readStream()
    .read(body, undefined)
    .flatMap((delta) => writer.write(delta))
  const reader = wire.upstream.readStream()
  return eventStream()
    .push(Buffer.from(written.map(writeFrame).join('')))
    .flatMap(({ data, event }) => reader.read(data === '[DONE]' ? data : (JSON.parse(data) as Json), event))
}

/** The signatures of calls in a request to Gemini that follows from this history of a chat. */
function sentBack(toolCalls: readonly Json[]): (Json | undefined)[] {
  const messages: Json[] = [
    { role: 'user', content: 'Go' },
    { role: 'assistant', content: null, tool_calls: [...toolCalls] },
  ]
  const turn = openaiChat.client.readRequest({ model: 'm', messages }, ADDRESSED)
  const body = geminiGenerate.upstream.writeRequest(turn) as { contents: { parts: JsonObject[] }[] }
  return body.contents.flatMap(({ parts }) => parts.flatMap((part) => (part['functionCall'] ? [part['thoughtSignature']] : []))) // prettier-ignore
}

describe('signatures of calls that Gemini made', () => {
  test('come back to it through a client that speaks chat completions', () =>
    fc.assert(
      fc.property(fc.array(signature, { minLength: 1, maxLength: 4 }), (signatures) => {
        const answer = geminiGenerate.upstream.readAnswer(answerOf(signatures))
        const { choices } = openaiChat.client.writeAnswer(answer, CONTEXT) as { choices: { message: JsonObject }[] }
        assert.deepEqual(sentBack((choices[0]?.message['tool_calls'] ?? []) as Json[]), signatures)
      }),
    ))

  test('come with a stream too', () =>
    fc.assert(
      fc.property(fc.array(signature, { minLength: 1, maxLength: 4 }), (signatures) => {
        for (const wire of [openaiChat, geminiGenerate]) {
          const calls = streamed(wire, answerOf(signatures)).filter((delta) => delta.kind === 'call')
          assert.deepEqual(calls.map((call) => call.signature), signatures, wire.id) // prettier-ignore
        }
      }),
    ))

  test('are those of the first call alone where it made several, and a word of its own where there is none', () => {
    const signed = { extra_content: { google: { thought_signature: 'c2lnbmVk' } } }
    assert.deepEqual(sentBack([calling('a', signed), calling('b')]), ['c2lnbmVk', undefined])
    assert.deepEqual(sentBack([calling('a'), calling('b')]), [NO_SIGNATURE, undefined])
  })
})

/** A history in which the provider of each format signed what it thought and what it called. */
const HISTORIES: Readonly<Record<string, (secret: string) => object>> = {
  'openai-chat': (secret) => ({
    messages: [
      { role: 'user', content: 'Go' },
      {
        role: 'assistant',
        content: 'I look',
        tool_calls: [
          {
            id: 'c',
            type: 'function',
            function: { name: 'look', arguments: '{}' },
            extra_content: { google: { thought_signature: secret } },
          },
        ],
      },
      { role: 'tool', tool_call_id: 'c', content: 'seen' },
    ],
  }),
  'openai-responses': (secret) => ({
    input: [
      { role: 'user', content: 'Go' },
      { type: 'reasoning', id: 'rs_1', summary: [{ type: 'summary_text', text: 'Hm' }], encrypted_content: secret },
      { type: 'function_call', call_id: 'c', name: 'look', arguments: '{}' },
      { type: 'function_call_output', call_id: 'c', output: 'seen' },
    ],
  }),
  'anthropic-messages': (secret) => ({
    max_tokens: 9,
    messages: [
      { role: 'user', content: 'Go' },
      {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: 'Hm', signature: secret },
          { type: 'redacted_thinking', data: secret },
          { type: 'tool_use', id: 'c', name: 'look', input: {} },
        ],
      },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'c', content: 'seen' }] },
    ],
  }),
  'gemini-generate': (secret) => ({
    contents: [
      { role: 'user', parts: [{ text: 'Go' }] },
      {
        role: 'model',
        parts: [{ text: 'Hm', thought: true, thoughtSignature: secret }, { functionCall: { name: 'look', args: {} }, thoughtSignature: secret }], // prettier-ignore
      },
      { role: 'user', parts: [{ functionResponse: { name: 'look', response: { result: 'seen' } } }] },
    ],
  }),
}

describe('what a provider signed goes to nobody else', () => {
  for (const client of CONVERSATIONS)
    for (const upstream of CONVERSATIONS) {
      if (client === upstream) continue
      test(`from ${client.id} to ${upstream.id}`, () =>
        fc.assert(
          fc.property(signature, (secret) => {
            const body = JSON.parse(JSON.stringify({ model: 'm', ...HISTORIES[client.id]?.(secret) })) as JsonObject
            const turn = client.client.readRequest(body, ADDRESSED)
            const sent = JSON.stringify(upstream.upstream.writeRequest(turn))
            // Google's own, in the place that it has for it in this format.
            assert.equal(sent.includes(secret), client === openaiChat && upstream === geminiGenerate)
            assert.ok(sent.includes('seen') && sent.includes('look'))
          }),
        ))
    }
})
