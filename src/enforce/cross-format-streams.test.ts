// What an upstream answers in one format and the client hears in another, in streams whose order or shape the client's format
// does not have.
import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import { allUpstreams, startGateway, startUpstream } from './testing.ts'

const user = (content: unknown) => [{ role: 'user', content }]
const delta = (delta: object, index = 0, finish_reason: string | null = null) => ({
  id: 'chatcmpl-1',
  model: 'm',
  choices: [{ index, delta, finish_reason }],
})
const piece = (index: number, text: string) => ({ index, function: { arguments: text } })
const begin = (index: number, name: string) => ({
  index,
  id: `call_${name}`,
  type: 'function',
  function: { name, arguments: '' },
})
const calls = (...tool_calls: object[]) => delta({ tool_calls })
const interleaved = [
  delta({ role: 'assistant', content: 'I look' }),
  calls(begin(0, 'look')),
  calls(begin(1, 'weigh')),
  calls(piece(0, '{"x"')),
  calls(piece(1, '{"y"')),
  calls(piece(0, ':1}'), piece(1, ':2}')),
  delta({}, 0, 'tool_calls'),
]
const stream = (events: readonly object[]) =>
  [...events.map((event) => JSON.stringify(event)), '[DONE]'].map((data) => `data: ${data}\n\n`).join('')

async function answered(t: TestContext, path: string, body: object, events: readonly object[]) {
  const upstream = await startUpstream(t)
  upstream.next.push((response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.end(stream(events))
  })
  const chat = { provider: 'openai', url: upstream.url, formats: ['openai-chat'] }
  const { send } = await startGateway(t, {
    upstreams: { chat },
    routes: { chat: { models: ['m'], upstreams: ['chat'] } },
  })
  const text = await (await send(path, { ...body, model: 'm', stream: true })).text()
  return [...text.matchAll(/^data: (?<data>\{.*)$/gm)].map(({ groups }) => JSON.parse(groups?.['data'] ?? ''))
}

describe('an answer that other formats say in another order', () => {
  test('calls whose pieces come mixed follow each other in messages of Anthropic', async (t) => {
    const events = await answered(t, '/v1/messages', { max_tokens: 9, messages: user('Go') }, interleaved)
    const written = new Map<number, string>()
    for (const { type, index, content_block: block, delta } of events) {
      if (type === 'content_block_start') written.set(index, `${block.type} ${block.name ?? ''} `)
      if (type === 'content_block_delta') written.set(index, written.get(index) + (delta.partial_json ?? delta.text))
    }
    assert.deepEqual([...written.values()], ['text  I look', 'tool_use look {"x":1}', 'tool_use weigh {"y":2}'])
  })
  test('and in responses', async (t) => {
    const events = await answered(t, '/v1/responses', { input: 'Go' }, interleaved)
    const output = events.at(-1).response.output
    assert.deepEqual(
      output.slice(1).map(({ name, arguments: input }: Record<string, string>) => [name, input]),
      [
        ['look', '{"x":1}'],
        ['weigh', '{"y":2}'],
      ],
    )
    assert.deepEqual(
      events.filter(({ type }) => type === 'response.output_item.done').map(({ output_index: index }) => index),
      [0, 1, 2],
    )
  })
  test('calls that were never ended are still told', async (t) => {
    const events = await answered(t, '/v1/messages', { max_tokens: 9, messages: user('Go') }, interleaved.slice(0, -1))
    assert.match(JSON.stringify(events), /"partial_json":":2\}"/)
  })
})

test('each of several streamed answers says who speaks', async (t) => {
  const upstream = await startUpstream(t)
  const candidates = [0, 1].map((index) => ({
    index,
    content: { role: 'model', parts: [{ text: 'Hi' }] },
    finishReason: 'STOP',
  }))
  upstream.next.push((response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.end(`data: ${JSON.stringify({ candidates })}\n\n`)
  })
  const { send } = await startGateway(t, allUpstreams(upstream))
  const answer = await send('/v1/chat/completions', { model: 'gemini-model', stream: true, n: 2, messages: user('Go') })
  assert.match(await answer.text(), /"index":1,"delta":\{"role":"assistant","content":"Hi"\}/)
})

const PIXEL = 'iVBORw0KGgo='
const PICTURES = {
  'gemini-model': {
    candidates: [
      {
        content: { role: 'model', parts: [{ text: 'See' }, { inlineData: { mimeType: 'image/png', data: PIXEL } }] },
        finishReason: 'STOP',
      },
    ],
  },
  'openai-model': {
    id: 'chatcmpl-1',
    model: 'm',
    choices: [
      {
        index: 0,
        finish_reason: 'stop',
        message: {
          role: 'assistant',
          content: 'See',
          images: [{ type: 'image_url', image_url: { url: `data:image/png;base64,${PIXEL}` } }],
        },
      },
    ],
  },
}
const ASKS = {
  '/v1/messages': { max_tokens: 9, messages: user('Draw') },
  '/v1/responses': { input: 'Draw' },
  '/v1/chat/completions': { messages: user('Draw') },
}

describe('a picture in an answer', () => {
  for (const [model, picture] of Object.entries(PICTURES))
    for (const [path, body] of Object.entries(ASKS))
      for (const isStreamed of [false, true]) {
        const isOwn = model === 'openai-model' && path !== '/v1/messages'
        test(`of ${model} is ${isStreamed ? 'streamed' : 'said'} in its own format, and not left out of ${path}`, async (t) => {
          const upstream = await startUpstream(t)
          const { upstreams, routes } = allUpstreams(upstream)
          const { send } = await startGateway(t, { upstreams, routes })
          upstream.next.push((response) => {
            response.writeHead(200, { 'content-type': isStreamed ? 'text/event-stream' : 'application/json' })
            const [choice] = 'choices' in picture ? picture.choices : []
            const event = choice
              ? { ...picture, choices: [{ ...choice, delta: choice.message, message: undefined }] }
              : picture
            response.end(isStreamed ? `data: ${JSON.stringify(event)}\n\n` : JSON.stringify(picture))
          })
          const answer = await send(path, { ...body, model, stream: isStreamed })
          const text = await answer.text()
          if (isOwn) return assert.ok(text.includes(PIXEL))
          assert.match(text, /the answer holds a picture, which cannot be turned into this format/)
          if (!isStreamed) assert.equal(answer.status, 502)
        })
      }
})
