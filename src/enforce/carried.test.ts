// What an answer may hold beside words, and what its client may ask of its shape, between any two formats: carried as the other
// format has it, or refused with a word that says so.
import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import { awsMessage } from './testing-aws.ts'
import { allUpstreams, startGateway, startUpstream } from './testing.ts'

const DATA = Buffer.from('packed '.repeat(40)).toString('base64')
const user = [{ role: 'user', content: 'Go' }]
const parts = [{ role: 'user', parts: [{ text: 'Go' }] }]

async function open(t: TestContext) {
  const upstream = await startUpstream(t)
  const { upstreams, routes } = allUpstreams(upstream)
  const openai = { provider: 'openai', url: upstream.url, key: 'sk-chat', formats: ['openai-chat'] }
  const bedrock = { provider: 'bedrock', url: upstream.url, key: 'bedrock-key' }
  const gateway = await startGateway(t, {
    upstreams: { ...upstreams, openai, bedrock },
    routes: { ...routes, bedrock: { models: ['bedrock-model'], upstreams: ['bedrock'] } },
  })
  return { upstream, gateway }
}

/** A question in each format, by the upstream that speaks it. */
const ASKED: Readonly<Record<string, (model: string, stream: boolean) => [path: string, body: object]>> = {
  'openai-model': (model, stream) => ['/v1/chat/completions', { model, stream, messages: user }],
  'responses-model': (model, stream) => ['/v1/responses', { model, stream, input: 'Go' }],
  'anthropic-model': (model, stream) => ['/v1/messages', { model, stream, max_tokens: 9, messages: user }],
  'gemini-model': (model, stream) => [`/v1beta/models/${model}:${stream ? 'streamGenerateContent?alt=sse' : 'generateContent'}`, { contents: parts }], // prettier-ignore
}

const inGemini = (mimeType: string) => {
  const content = { role: 'model', parts: [{ inlineData: { mimeType, data: DATA } }] }
  const whole = { candidates: [{ content, finishReason: 'STOP' }] }
  return { whole, stream: `data: ${JSON.stringify(whole)}\n\n` }
}
const inConverse = (block: Record<string, { format: string; source: object }>) => {
  const [[name = '', { format, source }] = ['', { format: '', source: {} }]] = Object.entries(block)
  const events: [string, object][] = [
    ['messageStart', { role: 'assistant' }],
    ['contentBlockStart', { contentBlockIndex: 0, start: { [name]: { format } } }],
    ['contentBlockDelta', { contentBlockIndex: 0, delta: { [name]: { source } } }],
    ['messageStop', { stopReason: 'end_turn' }],
  ]
  return {
    whole: { output: { message: { role: 'assistant', content: [block] } }, stopReason: 'end_turn' },
    stream: Buffer.concat(events.map(([name, body]) => awsMessage(name, body))),
  }
}
const inChat = () => {
  const audio = { id: 'a', data: DATA, transcript: 'Hi', expires_at: 1 }
  const said = { role: 'assistant', content: null, audio }
  const chunk = { id: 'c', model: 'm', choices: [{ index: 0, delta: said, finish_reason: 'stop' }] }
  return {
    whole: { id: 'c', model: 'm', choices: [{ index: 0, message: said, finish_reason: 'stop' }] },
    stream: `data: ${JSON.stringify(chunk)}\n\ndata: [DONE]\n\n`,
  }
}
const inResponses = () => {
  const item = { type: 'image_generation_call', id: 'ig', status: 'completed', result: DATA }
  const response = { id: 'r', model: 'm', status: 'completed', output: [item] }
  const done = { type: 'response.output_item.done', output_index: 0, item }
  const events = [done, { type: 'response.completed', response }]
  return { whole: response, stream: events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('') }
}
const source = { bytes: DATA }
const MEDIA: readonly [what: string, model: string, answer: { whole: object; stream: string | Buffer }][] = [
  ['sound', 'gemini-model', inGemini('audio/wav')],
  ['a file', 'gemini-model', inGemini('application/pdf')],
  ['sound', 'openai-model', inChat()],
  ['a picture', 'responses-model', inResponses()],
  ['a picture', 'bedrock-model', inConverse({ image: { format: 'png', source } })],
  ['sound', 'bedrock-model', inConverse({ audio: { format: 'mp3', source } })],
  ['a file', 'bedrock-model', inConverse({ video: { format: 'mp4', source } })],
  ['a file', 'bedrock-model', inConverse({ document: { format: 'pdf', source } })],
]

describe('what is no text of an answer', () => {
  for (const [what, model, answer] of MEDIA)
    for (const [client, asked] of Object.entries(ASKED))
      for (const stream of [false, true])
        test(`${what} of ${model} for a client of ${client}, ${stream ? 'streamed' : 'whole'}`, async (t) => {
          const { upstream, gateway } = await open(t)
          upstream.next.push((response) => {
            const type = model === 'bedrock-model' ? 'application/vnd.amazon.eventstream' : 'text/event-stream'
            response.writeHead(200, { 'content-type': stream ? type : 'application/json' })
            response.end(stream ? answer.stream : JSON.stringify(answer.whole))
          })
          const said = await gateway.send(...asked(model, stream))
          const text = await said.text()
          assert.equal(text.includes(DATA), client === model, text)
          if (client === model) return
          assert.match(text, new RegExp(`the answer holds ${what}, which cannot be turned into this format`))
          if (!stream) assert.equal(said.status, 502)
        })
})

const SCHEMA = { type: 'object', properties: { at: { type: 'object', properties: { x: { enum: ['properties'] } } } } }
const CLOSED = {
  ...SCHEMA,
  properties: { at: { ...SCHEMA.properties.at, additionalProperties: false } },
  additionalProperties: false,
}
const FORMATS: Readonly<Record<string, object>> = {
  'openai-model': { response_format: { type: 'json_schema', json_schema: { name: 'answer', schema: SCHEMA } } },
  'responses-model': { text: { format: { type: 'json_schema', name: 'answer', schema: SCHEMA } } },
  'anthropic-model': { output_config: { format: { type: 'json_schema', schema: SCHEMA } } },
  'gemini-model': { generationConfig: { responseMimeType: 'application/json', responseSchema: SCHEMA } },
}
const ARRIVES: Readonly<Record<string, object>> = {
  ...FORMATS,
  'responses-model': { text: { format: { type: 'json_schema', name: 'answer', schema: SCHEMA, strict: false } } },
  'anthropic-model': { output_config: { format: { type: 'json_schema', schema: CLOSED } } },
  'gemini-model': { generationConfig: { responseMimeType: 'application/json', responseJsonSchema: SCHEMA } },
}

describe('a schema that the answer must fit', () => {
  for (const [client, format] of Object.entries(FORMATS))
    for (const model of [...Object.keys(ASKED), 'bedrock-model'])
      test(`of a client of ${client} for ${model}`, async (t) => {
        const { upstream, gateway } = await open(t)
        const [path, body] = ASKED[client]?.(model, false) ?? ['', {}]
        const answer = await gateway.send(path, { ...body, ...format })
        const heard = JSON.parse(upstream.recorded[0]?.body ?? '') as Record<string, unknown>
        if (model === 'bedrock-model') assert.equal(answer.headers.get('x-parapet-left-out'), 'schema')
        for (const [key, value] of Object.entries((client === model ? FORMATS : ARRIVES)[model] ?? {})) {
          const config = heard[key] as { maxOutputTokens?: number }
          if (key === 'generationConfig' && client !== model) delete config.maxOutputTokens
          assert.deepEqual(config, value)
        }
      })
})

const inTwo = <T>(one: (index: number) => T) => [one(0), one(1)]

describe('several answers, each with a call', () => {
  const call = { name: 'look', args: { at: 'cat' } }
  const toolCall = { id: 'c', type: 'function', function: { name: 'look', arguments: '{"at":"cat"}' } }
  const candidates = inTwo((index) => ({ index, content: { role: 'model', parts: [{ functionCall: call }] }, finishReason: 'STOP' })) // prettier-ignore
  const choices = (key: string) => inTwo((index) => ({ index, [key]: { role: 'assistant', content: null, tool_calls: [{ index: 0, ...toolCall }] }, finish_reason: 'tool_calls' })) // prettier-ignore
  for (const stream of [false, true]) {
    const answered = async (t: TestContext, path: string, body: object, answer: object) => {
      const { upstream, gateway } = await open(t)
      upstream.next.push((response) => {
        response.writeHead(200, { 'content-type': stream ? 'text/event-stream' : 'application/json' })
        response.end(stream ? `data: ${JSON.stringify(answer)}\n\n` : JSON.stringify(answer))
      })
      const said = await gateway.send(path, body)
      return { said, text: await said.text(), heard: JSON.parse(upstream.recorded[0]?.body ?? '') }
    }
    const title = stream ? 'streamed' : 'whole'
    test(`reach a client of chat completions from Gemini, ${title}`, async (t) => {
      const [path, body] = ASKED['openai-model']?.('gemini-model', stream) ?? ['', {}]
      const { text, heard } = await answered(t, path, { ...body, n: 2 }, { candidates })
      assert.equal(heard.generationConfig.candidateCount, 2)
      for (const index of [0, 1]) assert.match(text, new RegExp(`"index":${index},"(message|delta)":\\{[^}]*"look"`))
      assert.equal(text.match(/"finish_reason":"tool_calls"/g)?.length, 2)
    })
    test(`reach a client of Gemini from chat completions, ${title}`, async (t) => {
      const [path, body] = ASKED['gemini-model']?.('openai-model', stream) ?? ['', {}]
      const asked = { ...body, generationConfig: { candidateCount: 2 } }
      const answer = { id: 'c', model: 'm', choices: choices(stream ? 'delta' : 'message') }
      const { text, heard } = await answered(t, path, asked, answer)
      assert.equal(heard.n, 2)
      assert.equal(text.match(/"args":\{"at":"cat"\}/g)?.length, 2)
      for (const index of [0, 1]) assert.ok(text.includes(`"index":${index}`))
    })
  }
})
