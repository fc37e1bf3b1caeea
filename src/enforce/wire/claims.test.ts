// No text of a body goes past the guards: neither in a field of the format nor in one that nobody knows, in a value or in
// a key, in a request, an answer or an event of a stream.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import type { Json, JsonObject } from '../../lib/canonical-json.ts'
import { Failure } from '../../lib/failure.ts'
import { editJson, type JsonPath } from '../../lib/json-edit.ts'
import { textsOfAnswer, textsOfTurn } from '../texts.ts'
import { Claims, objectOf } from './claims.ts'
import { BACKENDS, CONVERSATIONS, PASSING } from './index.ts'
import type { WireId } from './wire.ts'

const MARK = 'Ignore «all» of\tthis'
const PIXEL = 'iVBORw0KGgo='

const BODIES: Partial<Record<WireId, JsonObject>> = {
  'openai-chat': {
    model: 'm',
    messages: [
      { role: 'system', content: 'a' },
      { role: 'developer', content: [{ type: 'text', text: 'b' }] },
      {
        role: 'user',
        name: 'n',
        content: [
          { type: 'text', text: 'c' },
          { type: 'image_url', image_url: { url: 'https://x' } },
        ],
      },
      {
        role: 'assistant',
        content: null,
        refusal: 'd',
        tool_calls: [{ id: 't', type: 'function', function: { name: 'f', arguments: '{"a":"b"}' } }],
      },
      { role: 'tool', tool_call_id: 't', content: [{ type: 'text', text: 'e' }] },
    ],
    tools: [
      {
        type: 'function',
        function: { name: 'f', description: 'g', parameters: { properties: { a: { description: 'h' } } } },
      },
    ],
    prediction: { type: 'content', content: 'i' },
    user: 'j',
    metadata: { k: 'l' },
    stop: ['o'],
  },
  'openai-responses': {
    model: 'm',
    instructions: 'a',
    input: [
      {
        role: 'user',
        content: [
          { type: 'input_text', text: 'b' },
          { type: 'input_image', image_url: 'https://x' },
        ],
      },
      { type: 'function_call', call_id: 't', name: 'f', arguments: '{"a":"b"}' },
      { type: 'function_call_output', call_id: 't', output: 'c' },
      { type: 'function_call_output', call_id: 't', output: [{ type: 'input_text', text: 'd' }] },
      { type: 'reasoning', summary: [{ type: 'summary_text', text: 'e' }] },
      { type: 'mcp_call', output: 'g', arguments: 'h' },
    ],
    tools: [{ type: 'mcp', server_description: 'i' }],
    prompt: { variables: { a: 'j' } },
  },
  'anthropic-messages': {
    model: 'm',
    system: [{ type: 'text', text: 'a' }],
    messages: [
      { role: 'user', content: [{ type: 'document', title: 'b', context: 'c', source: { type: 'text', data: 'd' } }] },
      {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: 'e', signature: 's' },
          { type: 'tool_use', id: 't', name: 'f', input: { a: ['g'] } },
        ],
      },
      {
        role: 'user',
        content: [
          {
            type: 'tool_result',
            tool_use_id: 't',
            content: [
              { type: 'text', text: 'h' },
              { type: 'search_result', content: [{ text: 'i' }] },
            ],
          },
        ],
      },
      { role: 'user', content: 'j' },
    ],
    tools: [{ name: 'f', description: 'k', input_schema: { properties: { a: { description: 'l' } } } }],
  },
  'gemini-generate': {
    system_instruction: { parts: [{ text: 'a' }] },
    contents: [
      { role: 'user', parts: [{ text: 'b' }, { inline_data: { mime_type: 'image/png', data: PIXEL } }] },
      { role: 'model', parts: [{ functionCall: { name: 'f', args: { a: 'c' } } }, { executableCode: { code: 'd' } }] },
      { role: 'user', parts: [{ functionResponse: { name: 'f', response: { a: ['e'] } } }] },
    ],
    tools: [{ functionDeclarations: [{ name: 'f', description: 'g' }] }],
    generationConfig: { stopSequences: ['h'] },
  },
  'openai-embeddings': { model: 'm', input: ['a', 'b'] },
  'openai-completions': { model: 'm', prompt: ['a'], suffix: 'b' },
  'openai-moderations': { model: 'm', input: [{ type: 'text', text: 'a' }] },
  'gemini-embed': { content: { parts: [{ text: 'a' }] } },
}
const ANSWERS: Partial<Record<WireId, JsonObject>> = {
  'openai-chat': {
    choices: [
      {
        index: 0,
        message: {
          content: 'a',
          refusal: 'b',
          tool_calls: [{ id: 't', function: { name: 'f', arguments: '{"a":"b"}' } }],
          annotations: [{ url_citation: { title: 'c' } }],
        },
      },
    ],
  },
  'openai-responses': {
    output: [
      { type: 'message', content: [{ type: 'output_text', text: 'a', annotations: [{ title: 'b' }] }] },
      { type: 'function_call', call_id: 't', name: 'f', arguments: '{"a":"b"}' },
      { type: 'image_generation_call', result: 'c' },
    ],
  },
  'anthropic-messages': {
    content: [
      { type: 'text', text: 'a', citations: [{ cited_text: 'b' }] },
      { type: 'tool_use', id: 't', name: 'f', input: { a: 'b' } },
      { type: 'web_search_tool_result', content: [{ title: 'c' }] },
    ],
  },
  'gemini-generate': {
    candidates: [
      {
        content: { parts: [{ text: 'a' }, { functionCall: { name: 'f', args: { a: 'b' } } }] },
        groundingMetadata: { chunks: [{ title: 'c' }] },
      },
    ],
  },
}
/** What is no text, and names, whose place is that of the whole call. */
const NOT_WORDS = new Set(['model', 'type', 'role', 'signature', 'data', 'name'])

const BODY_CASES = [...CONVERSATIONS, ...PASSING].flatMap((wire) => {
  const body = BODIES[wire.id]
  const read = (value: Json) => [
    ...textsOfTurn(wire.client.readRequest(objectOf(value) ?? {}, { model: 'm', stream: false })),
  ]
  return body ? [{ title: `${wire.id}, requests`, body, read }] : []
})
const ANSWER_CASES = CONVERSATIONS.flatMap((wire) => {
  const body = ANSWERS[wire.id]
  const read = (value: Json) => [...textsOfAnswer(wire.upstream.readAnswer(objectOf(value) ?? {}))]
  return body ? [{ title: `${wire.id}, answers`, body, read }] : []
})

for (const { title, body, read } of [...BODY_CASES, ...ANSWER_CASES]) {
  describe(title, () => {
    const text = JSON.stringify(body)
    const places = pathsOf(body, [])

    for (const { at, value } of places)
      if (typeof value === 'string' && !isNoWord(at))
        test(`reads ${at.join('.')}, and changes it where it stands`, () => {
          const changed: Json = JSON.parse(editJson(text, [{ at, to: MARK }]))
          const found = read(changed).filter((one) => one.text === MARK)
          assert.equal(found.length, 1)
          const put = editJson(JSON.stringify(changed), [{ at: found[0]?.at ?? [], to: value }])
          assert.deepEqual(JSON.parse(put), body)
        })

    test('reads the names of tools', () => {
      const named = places.filter(({ at, value }) => at.at(-1) === 'name' && value === 'f')
      for (const { at } of named)
        assert.ok(
          read(JSON.parse(editJson(text, [{ at, to: MARK }]))).some((one) => one.text === MARK),
          at.join('.'),
        )
    })
    test('reads what nobody knows, wherever it is put', () => {
      const objects = places.filter(({ value }) => objectOf(value) !== undefined)
      fc.assert(
        fc.property(fc.nat(), fc.boolean(), (pick, isKey) => {
          const { at } = objects[pick % objects.length] ?? { at: [] }
          const edit = isKey ? { at: [...at, MARK], to: 1 } : { at: [...at, 'surprise'], to: [{ deep: MARK }] }
          const texts = read(JSON.parse(editJson(text, [edit])))
          // What a part of another format holds under a name that it does not have is lost on the way there, not here.
          assert.ok(
            texts.some((one) => one.text === MARK),
            at.join('.'),
          )
        }),
      )
    })
  })
}

/** A body with values of any kind in places of its own. */
const mutated = (body: JsonObject) =>
  fc.array(fc.tuple(fc.nat(), fc.jsonValue()), { minLength: 1, maxLength: 3 }).map((changes) =>
    changes.reduce<Json>((now, [pick, value]) => {
      const places = pathsOf(now, [])
      const { at } = places[pick % places.length] ?? { at: [] }
      return JSON.parse(editJson(JSON.stringify(now), [{ at, to: JSON.parse(JSON.stringify(value)) }]))
    }, body),
  )

describe('whatever stands where something else belongs', () => {
  for (const wire of CONVERSATIONS) {
    test(`${wire.id}: a request is read and said in every other format, or refused with a reason`, () => {
      fc.assert(
        fc.property(mutated(BODIES[wire.id] ?? {}), (body) => {
          orFailure(() => {
            const turn = wire.client.readRequest(objectOf(body) ?? {}, { model: 'm', stream: false })
            for (const { upstream } of [...CONVERSATIONS, ...BACKENDS]) orFailure(() => upstream.writeRequest(turn))
            return [...textsOfTurn(turn)]
          })
        }),
      )
    })
    test(`${wire.id}: an answer is read and said in every other format, whole and as an event`, () => {
      const context = { id: 'x', model: 'm', createdAt: new Date(0) }
      fc.assert(
        fc.property(mutated(ANSWERS[wire.id] ?? {}), (body) => {
          orFailure(() => {
            const answer = wire.upstream.readAnswer(objectOf(body) ?? {})
            for (const { client } of CONVERSATIONS) client.writeAnswer(answer, context)
            const writers = CONVERSATIONS.map(({ client }) => client.writeStream(context))
            const reader = wire.upstream.readStream()
            const events = EVENT_TYPES.map((type) => Object.assign({ ...objectOf(body) }, { type }))
            for (const delta of events.flatMap((event) => reader.read(event, event.type)))
              for (const writer of writers) writer.write(delta)
            return [...textsOfAnswer(answer)]
          })
        }),
      )
    })
  }
})

const EVENT_TYPES = [
  'message_start',
  'content_block_start',
  'content_block_delta',
  'message_delta',
  'response.created',
  'response.output_item.added',
  'response.output_text.delta',
  'response.function_call_arguments.done',
  'response.completed',
  'error',
]

/** Trouble that was foreseen has a code; anything else is a bug. */
function orFailure(work: () => unknown): void {
  try {
    work()
  } catch (error) {
    if (!(error instanceof Failure)) throw error
  }
}

function isNoWord(at: JsonPath): boolean {
  const last = at.at(-1)
  return typeof last === 'string' && NOT_WORDS.has(last) && !(last === 'data' && at.includes('source'))
}

function pathsOf(value: Json, at: JsonPath): { at: JsonPath; value: Json }[] {
  if (typeof value !== 'object' || value === null) return [{ at, value }]
  const inner = Object.entries(value).flatMap(([key, one]) =>
    pathsOf(one, [...at, Array.isArray(value) ? Number(key) : key]),
  )
  return [{ at, value }, ...inner]
}

test('a member that is named like one that every object has is read like any other, in this body and the next', () => {
  const body = { toString: { valueOf: 'read' }, valueOf: { toString: 'left' } }
  const claims = new Claims(body)
  claims.take(['toString', 'valueOf'])
  assert.deepEqual(claims.rest(() => 'user').map(({ text }) => text), ['left']) // prettier-ignore
  assert.deepEqual(new Claims(body).rest(() => 'user').map(({ text }) => text), ['read', 'left']) // prettier-ignore
})
