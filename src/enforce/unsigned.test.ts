// Two turns of a conversation with a tool, by the libraries of the providers: the first with a model that thinks and signs
// its thoughts, the second with this one or another. What a provider signed comes back to it as it was, and nobody is given
// thoughts that it would refuse.
import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import Anthropic from '@anthropic-ai/sdk'
import { type Content, GoogleGenAI, type Part } from '@google/genai'
import OpenAI from 'openai'
import { writeEvent } from './frames.ts'
import { allUpstreams, startGateway, startUpstream, TEST_KEY } from './testing.ts'

const KEY = `ghp_${'aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5'}`
const SIGNED = Buffer.from('signed by its provider '.repeat(9)).toString('base64')
const PACKED = Buffer.from('packed by its provider '.repeat(9)).toString('base64')
const SIGNATURE_OF_CALL = Buffer.from('called by its provider '.repeat(9)).toString('base64')
const SCHEMA = { type: 'object' as const, properties: { at: { type: 'string' } } }
const USAGE = { input_tokens: 3, output_tokens: 4 }

/** What each upstream thinks, says and calls: `words` are those that it says. */
type Thinking = (
  thought: string,
  words: string,
) => { whole: object; events: readonly [name: string | undefined, data: object][] }

const anthropic: Thinking = (thought, words) => {
  const content = [
    { type: 'thinking', thinking: thought, signature: SIGNED },
    { type: 'redacted_thinking', data: PACKED },
    { type: 'text', text: words },
    { type: 'tool_use', id: 'toolu_1', name: 'look', input: { at: 'cat' } },
  ]
  const message = { id: 'msg_1', type: 'message', role: 'assistant', model: 'm', stop_sequence: null, usage: USAGE }
  const begun = [
    { type: 'thinking', thinking: '', signature: '' },
    content[1],
    { type: 'text', text: '' },
    { type: 'tool_use', id: 'toolu_1', name: 'look', input: {} },
  ]
  const deltas = [
    [
      { type: 'thinking_delta', thinking: thought },
      { type: 'signature_delta', signature: SIGNED },
    ],
    [],
    [{ type: 'text_delta', text: words }],
    [{ type: 'input_json_delta', partial_json: '{"at":"cat"}' }],
  ]
  const events = [
    { type: 'message_start', message: { ...message, content: [], stop_reason: null } },
    ...begun.flatMap((content_block, index): { type: string }[] => {
      const inside = (deltas[index] ?? []).map((delta) => ({ type: 'content_block_delta', index, delta }))
      const start = { type: 'content_block_start', index, content_block }
      return [start].concat(inside as never, [{ type: 'content_block_stop', index }] as never)
    }),
    { type: 'message_delta', delta: { stop_reason: 'tool_use', stop_sequence: null }, usage: USAGE },
    { type: 'message_stop' },
  ]
  return { whole: { ...message, content, stop_reason: 'tool_use' }, events: events.map((one) => [one.type, one]) }
}

function event(name: string, more: object): { type: string } {
  return { type: `response.${name}`, ...more }
}

const responses: Thinking = (thought, words) => {
  const output = [
    { type: 'reasoning', id: 'rs_1', summary: [{ type: 'summary_text', text: thought }], encrypted_content: SIGNED },
    { type: 'message', id: 'msg_1', role: 'assistant', status: 'completed', content: [{ type: 'output_text', text: words, annotations: [] }] }, // prettier-ignore
    { type: 'function_call', id: 'fc_1', call_id: 'call_1', name: 'look', arguments: '{"at":"cat"}', status: 'completed' }, // prettier-ignore
  ]
  const response = { id: 'resp_1', object: 'response', model: 'm', status: 'completed', output, usage: USAGE }
  const events = [
    { type: 'response.created', response: { ...response, status: 'in_progress', output: [] } },
    ...output.flatMap((item, output_index): { type: string }[] => {
      const inside = pieces(item).map((one) => Object.assign(one, { output_index, item_id: item.id }))
      const added = { type: 'response.output_item.added', output_index, item: emptied(item) }
      return [added].concat(inside as never, [{ type: 'response.output_item.done', output_index, item }] as never)
    }),
    { type: 'response.completed', response },
  ]
  return {
    whole: response,
    events: events.map((one, sequence_number) => [one.type, { sequence_number, ...one }]),
  }
  function emptied(item: (typeof output)[number]): object {
    if (item.type === 'function_call') return { ...item, arguments: '' }
    return item.type === 'reasoning' ? { ...item, summary: [] } : { ...item, content: [] }
  }
  function pieces({ type }: (typeof output)[number]): { type: string }[] {
    if (type === 'function_call') return [event('function_call_arguments.delta', { delta: '{"at":"cat"}' })]
    if (type === 'reasoning') {
      const part = { type: 'summary_text', text: '' }
      return [
        event('reasoning_summary_part.added', { summary_index: 0, part }),
        event('reasoning_summary_text.delta', { summary_index: 0, delta: thought }),
        event('reasoning_summary_text.done', { summary_index: 0, text: thought }),
      ]
    }
    const part = { type: 'output_text', text: '', annotations: [] }
    return [
      event('content_part.added', { content_index: 0, part }),
      event('output_text.delta', { content_index: 0, delta: words }),
      event('output_text.done', { content_index: 0, text: words }),
    ]
  }
}

const chat: Thinking = (thought, words) => {
  const call = { id: 'call_1', type: 'function', function: { name: 'look', arguments: '{"at":"cat"}' } }
  const head = { id: 'chatcmpl-1', model: 'm', created: 0 }
  const message = { role: 'assistant', reasoning_content: thought, content: words, tool_calls: [call] }
  const chunk = (delta: object, finish_reason: string | null = null): [undefined, object] => [
    undefined,
    { ...head, object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason }] },
  ]
  return {
    whole: { ...head, object: 'chat.completion', choices: [{ index: 0, message, finish_reason: 'tool_calls' }] },
    events: [
      chunk({ role: 'assistant', reasoning_content: thought }),
      chunk({ content: words }),
      chunk({ tool_calls: [{ index: 0, ...call }] }),
      chunk({}, 'tool_calls'),
    ],
  }
}

const said = (parts: object[], more: object = {}) => ({
  candidates: [{ content: { role: 'model', parts }, ...more }],
})

const gemini: Thinking = (thought, words) => {
  const parts = [
    { text: thought, thought: true },
    { text: words },
    { functionCall: { name: 'look', args: { at: 'cat' } }, thoughtSignature: SIGNATURE_OF_CALL },
  ]
  return {
    whole: said(parts, { finishReason: 'STOP' }),
    events: [...parts.map((part): [undefined, object] => [undefined, said([part])]), [undefined, said([], { finishReason: 'STOP' })]], // prettier-ignore
  }
}

const THINKING = { 'openai-model': chat, 'responses-model': responses, 'anthropic-model': anthropic, 'gemini-model': gemini } // prettier-ignore
type Model = keyof typeof THINKING
const MODELS = Object.keys(THINKING) as Model[]

type Talk = (url: string, models: readonly [Model, Model], isStreamed: boolean) => Promise<void>

/** Who speaks the format of each upstream. The tool sees a key, which no model is to read. */
const CLIENTS: Readonly<Record<Model, Talk>> = {
  async 'openai-model'(url, [first, second], isStreamed) {
    const { completions } = new OpenAI({ baseURL: `${url}/v1`, apiKey: TEST_KEY, maxRetries: 0 }).chat
    const messages: OpenAI.ChatCompletionMessageParam[] = [{ role: 'user', content: 'Go' }]
    const body = { messages, tools: [{ type: 'function' as const, function: { name: 'look', parameters: SCHEMA } }] }
    const asked = { ...body, model: first }
    const answer = isStreamed ? await completions.stream(asked).finalChatCompletion() : await completions.create(asked)
    const message = answer.choices[0]?.message
    const [call] = message?.tool_calls ?? []
    assert(message && call)
    messages.push(message, { role: 'tool', tool_call_id: call.id, content: `seen ${KEY}` })
    await completions.create({ ...body, model: second })
  },
  async 'responses-model'(url, [first, second], isStreamed) {
    const openai = new OpenAI({ baseURL: `${url}/v1`, apiKey: TEST_KEY, maxRetries: 0 })
    const input: OpenAI.Responses.ResponseInputItem[] = [{ role: 'user', content: 'Go' }]
    const tools = [{ type: 'function' as const, name: 'look', parameters: SCHEMA, strict: false }]
    const asked = { model: first, input, tools, store: false }
    const answer = isStreamed
      ? await openai.responses.stream(asked).finalResponse()
      : await openai.responses.create(asked)
    const output = answer.output as OpenAI.Responses.ResponseInputItem[]
    const call = output.find((item) => 'type' in item && item.type === 'function_call')
    assert(call && 'call_id' in call && call.call_id)
    input.push(...output, { type: 'function_call_output', call_id: call.call_id, output: `seen ${KEY}` })
    await openai.responses.create({ model: second, input, tools, store: false })
  },
  async 'anthropic-model'(url, [first, second], isStreamed) {
    const library = new Anthropic({ baseURL: url, apiKey: TEST_KEY, maxRetries: 0 })
    const messages: Anthropic.MessageParam[] = [{ role: 'user', content: 'Go' }]
    const body = { max_tokens: 99, messages, tools: [{ name: 'look', input_schema: SCHEMA }] }
    const { content } = isStreamed
      ? await library.messages.stream({ ...body, model: first }).finalMessage()
      : await library.messages.create({ ...body, model: first })
    const call = content.find((block) => block.type === 'tool_use')
    assert(call)
    messages.push({ role: 'assistant', content })
    messages.push({ role: 'user', content: [{ type: 'tool_result', tool_use_id: call.id, content: `seen ${KEY}` }] })
    await library.messages.create({ ...body, model: second })
  },
  async 'gemini-model'(url, [first, second], isStreamed) {
    const { models } = new GoogleGenAI({ apiKey: TEST_KEY, httpOptions: { baseUrl: url } })
    const contents: Content[] = [{ role: 'user', parts: [{ text: 'Go' }] }]
    const config = { tools: [{ functionDeclarations: [{ name: 'look', parametersJsonSchema: SCHEMA }] }] }
    const parts: Part[] = []
    if (isStreamed) {
      for await (const piece of await models.generateContentStream({ model: first, contents, config }))
        parts.push(...(piece.candidates?.[0]?.content?.parts ?? []))
    } else {
      const answer = await models.generateContent({ model: first, contents, config })
      parts.push(...(answer.candidates?.[0]?.content?.parts ?? []))
    }
    const call = parts.find((part) => part.functionCall)?.functionCall
    assert(call)
    contents.push({ role: 'model', parts })
    const functionResponse = { ...(call.id ? { id: call.id } : {}), name: 'look', response: { result: `seen ${KEY}` } }
    contents.push({ role: 'user', parts: [{ functionResponse }] })
    await models.generateContent({ model: second, contents, config })
  },
}

type Opaque = Record<string, unknown>

/** What each provider looks at before it takes a history: thoughts, calls, and what it signed of them. */
const SHOWN: Readonly<Record<Model, (body: never) => Opaque[]>> = {
  'openai-model': ({ messages }: { messages: Opaque[] }) =>
    messages.flatMap(({ role, tool_calls }) => (role === 'assistant' ? (tool_calls as Opaque[]).map(() => ({ type: 'call' })) : [])), // prettier-ignore
  'responses-model': ({ input }: { input: Opaque[] }) =>
    input.filter(({ type }) => type === 'reasoning' || type === 'function_call').map(({ type, id, encrypted_content }) => (type === 'reasoning' ? { type, id, encrypted_content } : { type: 'call' })), // prettier-ignore
  'anthropic-model': ({ messages }: { messages: { role: string; content: Opaque[] }[] }) =>
    messages.flatMap(({ role, content }) =>
      role === 'assistant'
        ? content.flatMap((block) => (block['type'] === 'tool_use' ? [{ type: 'call' }] : block['type'] === 'text' ? [] : [block])) // prettier-ignore
        : [],
    ),
  'gemini-model': ({ contents }: { contents: { parts: Opaque[] }[] }) =>
    contents.flatMap(({ parts }) => parts.flatMap(({ functionCall, thoughtSignature }) => (functionCall ? [{ type: 'call', thoughtSignature }] : []))), // prettier-ignore
}
const WITHOUT: Readonly<Record<Model, Opaque>> = {
  'openai-model': { type: 'call' },
  'responses-model': { type: 'call' },
  'anthropic-model': { type: 'call' },
  'gemini-model': { type: 'call', thoughtSignature: 'skip_thought_signature_validator' },
}
const thought = (text: string) => ({ type: 'thinking', thinking: text, signature: SIGNED })
const redacted = { type: 'redacted_thinking', data: PACKED }
const OWN: Readonly<Record<Model, Opaque[]>> = {
  'openai-model': [{ type: 'call' }],
  'responses-model': [{ type: 'reasoning', id: 'rs_1', encrypted_content: SIGNED }, { type: 'call' }],
  'anthropic-model': [thought('Hm, a cat'), redacted, { type: 'call' }],
  'gemini-model': [{ type: 'call', thoughtSignature: SIGNATURE_OF_CALL }],
}

async function talk(
  t: TestContext,
  client: Model,
  models: readonly [Model, Model],
  isStreamed: boolean,
  words: readonly [string, string],
) {
  // prettier-ignore
  const upstream = await startUpstream(t)
  const { upstreams, routes } = allUpstreams(upstream)
  const openai = { provider: 'openai', url: upstream.url, key: 'sk-chat-upstream', formats: ['openai-chat'] }
  const { url } = await startGateway(t, {
    upstreams: { ...upstreams, openai },
    routes,
    guards: {
      'sensitive-output-handling': { mode: 'enforce' },
      'model-input-confidentiality': { mode: 'enforce', secrets: 'mask' },
    },
  })
  const { whole, events } = THINKING[models[0]](...words)
  upstream.next.push((response) => {
    response.writeHead(200, { 'content-type': isStreamed ? 'text/event-stream' : 'application/json' })
    const done = models[0] === 'openai-model' ? 'data: [DONE]\n\n' : ''
    const streamed = events.map(([name, data]) => writeEvent(name, JSON.stringify(data))).join('') + done
    response.end(isStreamed ? streamed : JSON.stringify(whole))
  })
  await CLIENTS[client](url, models, isStreamed)
  const sent = upstream.recorded[1]?.body ?? ''
  assert.ok(sent.includes('seen [') && !sent.includes(KEY), sent)
  return { sent, shown: SHOWN[models[1]](JSON.parse(sent) as never) }
}

for (const client of MODELS)
  describe(`a client of ${client}`, () => {
    for (const first of MODELS)
      for (const second of MODELS)
        // Whatever came as a stream or whole, the next question is the same.
        for (const isStreamed of second === client ? [false, true] : [false])
          test(`goes on with ${second} after ${first}${isStreamed ? ', streamed' : ''}`, async (t) => {
            const { sent, shown } = await talk(t, client, [first, second], isStreamed, ['Hm, a cat', `I look ${KEY}`])
            // Chat completions have a place for what Google signs.
            const keeps = client === first || (client === 'openai-model' && first === 'gemini-model')
            assert.deepEqual(shown, keeps && first === second ? OWN[first] : [WITHOUT[second]])
            const isOwn = shown.some((one) => Object.values(one).includes(SIGNED) || 'thoughtSignature' in one)
            if (!isOwn && client !== 'openai-model') assert.ok(!sent.includes(SIGNED) && !sent.includes(PACKED), sent)
          })
  })

describe('a thought that a guard changed', () => {
  for (const isStreamed of [false, true])
    test(`does not go back to who signed it${isStreamed ? ', streamed' : ''}`, async (t) => {
      const own = ['anthropic-model', 'anthropic-model'] as const
      const { shown } = await talk(t, 'anthropic-model', own, isStreamed, [`Hm, ${KEY} a cat`, 'I look'])
      assert.deepEqual(shown, [redacted, { type: 'call' }])
    })
  const later = { role: 'user', content: `go on with ${KEY}` }
  for (const [title, content, wanted] of [
    ['goes alone where more was said', [thought(`Hm, ${KEY}`), { type: 'text', text: 'Yes' }], [{ type: 'text', text: 'Yes' }]], // prettier-ignore
    ['takes its message with it where nothing was', [thought(`Hm, ${KEY}`)], undefined],
    ['stays where nobody signed it', [{ type: 'thinking', thinking: `Hm, ${KEY}`, signature: '' }], [{ type: 'thinking', thinking: 'Hm, [github-pat]', signature: '' }]], // prettier-ignore
    ['stays where it was not it', [thought('Hm')], [thought('Hm')]],
  ] as const)
    for (const path of ['/v1/messages', '/v1/messages/count_tokens'])
      test(`in a request to ${path} ${title}`, async (t) => {
        const upstream = await startUpstream(t)
        const guards = { 'model-input-confidentiality': { mode: 'enforce', secrets: 'mask' } }
        const { send } = await startGateway(t, { ...allUpstreams(upstream), guards })
        const messages = [{ role: 'user', content: 'Go' }, { role: 'assistant', content }, later]
        await send(path, { model: 'anthropic-model', ...(path === '/v1/messages' ? { max_tokens: 9 } : {}), messages })
        const sent = JSON.parse(upstream.recorded[0]?.body ?? '') as { messages: { role: string; content: unknown }[] }
        assert.deepEqual(
          sent.messages.flatMap(({ role, content }) => (role === 'assistant' ? [content] : [])),
          wanted === undefined ? [] : [wanted],
        )
      })
})

test('a stream that was cut off within a thought ends it without a signature', async (t) => {
  const upstream = await startUpstream(t)
  const { url } = await startGateway(t, {
    ...allUpstreams(upstream),
    guards: { 'sensitive-output-handling': { mode: 'enforce', onHit: 'block' } },
  })
  const { events } = anthropic(`Hm, ${KEY} yes`, 'I look')
  const written = events.map(([name, data]) => writeEvent(name, JSON.stringify(data)))
  let goOn: (() => void) | undefined
  upstream.next.push((response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(written.slice(0, 2).join(''))
    goOn = () => void response.end(written.slice(2).join(''))
  })
  const library = new Anthropic({ baseURL: url, apiKey: TEST_KEY, maxRetries: 0 })
  const stream = library.messages.stream({ model: 'anthropic-model', max_tokens: 9, messages: [{ role: 'user', content: 'Go' }] }) // prettier-ignore
  stream.on('streamEvent', ({ type }) => type === 'content_block_start' && goOn?.())
  const { content, stop_reason } = await stream.finalMessage()
  assert.equal(stop_reason, 'refusal')
  assert.deepEqual(content.map((block) => block.type === 'thinking' && block.signature), ['unsigned']) // prettier-ignore
})
