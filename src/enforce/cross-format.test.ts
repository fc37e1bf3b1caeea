// What a client says in one format and its upstream hears in another, in shapes that providers refuse or misread when they are
// turned over word for word.
import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import { allUpstreams, over, startGateway, startUpstream } from './testing.ts'

const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
const CHAT = '/v1/chat/completions'
const OFFICE = 'application/vnd.openxmlformats-officedocument'
const toGemini = (model: string) => `/v1beta/models/${model}:generateContent`
const look = { type: 'function', function: { name: 'look', parameters: { type: 'object' } } }
const weigh = { type: 'function', function: { name: 'weigh' } }
const called = (id: string) => ({ id, type: 'function', function: { name: 'look', arguments: '{}' } })
const result = (id: string, content: string) => ({ role: 'tool', tool_call_id: id, content })
const names = (body: { tools: { name: string }[] }) => body.tools.map(({ name }) => name)
const part = (inner: object) => ({ contents: [{ role: 'user', parts: [inner, { text: 'Go' }] }] })
const inline = (mimeType: string, data = 'AAAA') => part({ inlineData: { mimeType, data } })
const elsewhere = (mimeType: string) => part({ fileData: { mimeType, fileUri: 'https://files.example/a' } })
const user = (content: unknown) => [{ role: 'user', content }]

async function sent(t: TestContext, path: string, body: object) {
  const upstream = await startUpstream(t)
  const { upstreams, routes } = allUpstreams(upstream)
  const bedrock = { provider: 'bedrock', url: upstream.url, key: 'bedrock-key' }
  const { send } = await startGateway(t, {
    upstreams: { ...upstreams, bedrock },
    routes: { ...routes, bedrock: { models: ['bedrock-model'], upstreams: ['bedrock'] } },
  })
  const answer = await send(path, body)
  const text = await answer.text()
  const heard = upstream.recorded[0]?.body
  return {
    status: answer.status,
    text,
    left: answer.headers.get('x-parapet-left-out'),
    body: heard && JSON.parse(heard),
  }
}

test('results of calls that were made together reach Gemini together', async (t) => {
  const calls = { role: 'assistant', content: null, tool_calls: [called('a'), called('b')] }
  const messages = [...user('Go'), calls, result('a', 'one'), result('b', 'two')]
  const { body } = await sent(t, CHAT, { model: 'gemini-model', messages, tools: [look] })
  assert.deepEqual(
    body.contents.map(({ role, parts }: { role: string; parts: object[] }) => [role, parts.length]),
    [
      ['user', 1],
      ['model', 2],
      ['user', 2],
    ],
  )
})

test('history from elsewhere has the word that newer models of Gemini take for a signature', async (t) => {
  const calls = { role: 'assistant', content: 'I look', tool_calls: [called('a'), called('b')] }
  const messages = [...user('Go'), calls, result('a', 'one'), result('b', 'two')]
  const { body } = await sent(t, CHAT, { model: 'gemini-model', messages, tools: [look] })
  const signatures = body.contents[1].parts.map(
    ({ thoughtSignature }: { thoughtSignature?: string }) => thoughtSignature,
  )
  assert.deepEqual(signatures, [undefined, 'skip_thought_signature_validator', undefined])
})

test('empty texts are left out where providers refuse them', async (t) => {
  const messages = [
    { role: 'system', content: '' },
    ...user('Go'),
    { role: 'assistant', content: '' },
    ...user([
      { type: 'text', text: '' },
      { type: 'text', text: 'on' },
    ]),
  ]
  const { body } = await sent(t, CHAT, { model: 'gemini-model', messages })
  assert.deepEqual(body.contents, [{ role: 'user', parts: [{ text: 'Go' }, { text: 'on' }] }])
  assert.equal(body.systemInstruction, undefined)
  for (const model of ['anthropic-model', 'bedrock-model', 'responses-model'])
    assert.doesNotMatch(JSON.stringify((await sent(t, CHAT, { model, messages })).body), /"(system|instructions)"/)
})

test('texts that stand apart do not run into each other', async (t) => {
  const system = [
    { type: 'text', text: 'Be brief.' },
    { type: 'text', text: 'Be kind.' },
  ]
  const content = [
    { type: 'text', text: 'First' },
    { type: 'text', text: 'Second' },
  ]
  const ask = { model: 'openai-model', max_tokens: 9, system, messages: user(content) }
  const { body } = await sent(t, '/v1/messages', ask)
  assert.deepEqual(body.messages, [
    { role: 'system', content: 'Be brief.\n\nBe kind.' },
    { role: 'user', content: 'First\n\nSecond' },
  ])
})

for (const model of ['anthropic-model', 'bedrock-model'])
  test(`${model}: ids of calls have only the characters that are allowed there, and still name each other`, async (t) => {
    const messages = [
      ...user('Go'),
      { role: 'assistant', content: null, tool_calls: [called('functions.look:0')] },
      result('functions.look:0', 'seen'),
    ]
    const { body } = await sent(t, CHAT, { model, messages, tools: [look] })
    const ids = [...JSON.stringify(body).matchAll(/"(?:id|tool_use_id|toolUseId)":"(?<id>[^"]+)"/g)]
    assert.deepEqual(
      ids.map(({ groups }) => groups?.['id']),
      ['functions_look_0', 'functions_look_0'],
    )
  })

describe('an answer that must be JSON, of any shape', () => {
  const inChat = { messages: user('Go'), response_format: { type: 'json_object' } }
  const inResponses = { input: 'Go', text: { format: { type: 'json_object' } } }
  const inGemini = {
    contents: [{ role: 'user', parts: [{ text: 'Go' }] }],
    generationConfig: { responseMimeType: 'application/json' },
  }
  test('is asked for in the words of each format', async (t) => {
    const gemini = await sent(t, CHAT, { ...inChat, model: 'gemini-model' })
    assert.deepEqual(gemini.body.generationConfig, { responseMimeType: 'application/json' })
    const responses = await sent(t, CHAT, { ...inChat, model: 'responses-model' })
    assert.deepEqual(responses.body.text, { format: { type: 'json_object' } })
    for (const [path, body] of [
      [toGemini('openai-model'), inGemini],
      [
        toGemini('openai-model'),
        { ...inGemini, generationConfig: undefined, generation_config: { response_mime_type: 'application/json' } },
      ],
    ] as const)
      assert.deepEqual((await sent(t, path, body)).body.response_format, { type: 'json_object' })
  })
  test('is left out, and named, where a format asks for a schema', async (t) => {
    for (const [path, body] of [
      [CHAT, inChat],
      ['/v1/responses', inResponses],
      [toGemini('anthropic-model'), inGemini],
    ] as const) {
      const { left, body: heard } = await sent(t, path, {
        ...body,
        ...(path === CHAT || path === '/v1/responses' ? { model: 'anthropic-model' } : {}),
      })
      assert.deepEqual([left, heard.output_config], ['json', undefined])
    }
  })
})

describe('tools that may not be called', () => {
  const offered = { messages: user('Go'), tools: [look, weigh] }
  test('are not offered where a format has no word for some of the tools', async (t) => {
    const tools = [{ type: 'function', function: { name: 'weigh' } }]
    const tool_choice = { type: 'allowed_tools', allowed_tools: { mode: 'required', tools } }
    const chat = await sent(t, CHAT, { model: 'anthropic-model', ...offered, tool_choice })
    assert.deepEqual([names(chat.body), chat.body.tool_choice], [['weigh'], { type: 'any' }])

    const responses = await sent(t, '/v1/responses', {
      model: 'anthropic-model',
      input: 'Go',
      tools: [
        { type: 'function', name: 'look' },
        { type: 'function', name: 'weigh' },
      ],
      tool_choice: { type: 'allowed_tools', mode: 'auto', tools: [{ type: 'function', name: 'look' }] },
    })
    assert.deepEqual([names(responses.body), responses.body.tool_choice], [['look'], { type: 'auto' }])

    const declared = ['look', 'weigh', 'smell'].map((name) => ({ name }))
    const gemini = await sent(t, toGemini('anthropic-model'), {
      contents: [{ role: 'user', parts: [{ text: 'Go' }] }],
      tools: [{ functionDeclarations: declared }],
      toolConfig: { functionCallingConfig: { mode: 'ANY', allowedFunctionNames: ['look', 'weigh'] } },
    })
    assert.deepEqual([names(gemini.body), gemini.body.tool_choice], [['look', 'weigh'], { type: 'any' }])
  })
  test('are not called because nobody understood the choice', async (t) => {
    const { status, text } = await sent(t, CHAT, {
      model: 'anthropic-model',
      ...offered,
      tool_choice: { type: 'some' },
    })
    assert.equal(status, 400)
    assert.match(text, /tool_choice: the upstream of this model speaks anthropic-messages/)
  })
  test('a setting beside the choice that is lost is named', async (t) => {
    const { left } = await sent(t, '/v1/messages', {
      model: 'openai-model',
      max_tokens: 9,
      messages: user('Go'),
      tools: [{ name: 'look', input_schema: { type: 'object' } }],
      tool_choice: { type: 'auto', disable_parallel_tool_use: true },
    })
    assert.equal(left, 'tool_choice.disable_parallel_tool_use')
  })
})

test('a tool without arguments is described as one, where an object has to be described', async (t) => {
  for (const model of ['openai-model', 'responses-model', 'bedrock-model', 'anthropic-model']) {
    const { body } = await sent(t, toGemini(model), {
      contents: [{ role: 'user', parts: [{ text: 'Go' }] }],
      tools: [{ functionDeclarations: [{ name: 'look' }] }],
    })
    assert.match(JSON.stringify(body), /\{"type":"object","properties":\{\}\}/)
  }
})

test('what only the provider keeps is no setting that could be left out', async (t) => {
  const { status, text } = await sent(t, toGemini('openai-model'), {
    contents: [{ role: 'user', parts: [{ text: 'Go' }] }],
    cachedContent: 'cachedContents/a1',
  })
  assert.equal(status, 400)
  assert.match(text, /cachedContent: the upstream of this model speaks openai-chat/)
})

describe('pictures, sound and files', () => {
  test('a picture that a tool of Gemini gave goes along', async (t) => {
    const contents = [
      { role: 'user', parts: [{ text: 'Go' }] },
      { role: 'model', parts: [{ functionCall: { name: 'look', args: {} } }] },
      {
        role: 'user',
        parts: [
          {
            functionResponse: {
              name: 'look',
              response: { seen: 1 },
              parts: [{ inlineData: { mimeType: 'image/png', data: PIXEL } }],
            },
          },
        ],
      },
    ]
    for (const model of ['openai-model', 'anthropic-model', 'responses-model', 'bedrock-model'])
      assert.ok(JSON.stringify((await sent(t, toGemini(model), { contents })).body).includes(PIXEL), model)
  })
  test('sound is called what the upstream calls it', async (t) => {
    const { body } = await sent(t, toGemini('openai-model'), inline('audio/mpeg'))
    assert.deepEqual(body.messages[0].content[0], { type: 'input_audio', input_audio: { data: 'AAAA', format: 'mp3' } })
  })
  test('files are called what Converse calls them', async (t) => {
    for (const [type, format] of [
      ['text/plain', 'txt'],
      ['text/markdown', 'md'],
      ['application/msword', 'doc'],
      [`${OFFICE}.wordprocessingml.document`, 'docx'],
      [`${OFFICE}.spreadsheetml.sheet`, 'xlsx'],
    ] as const) {
      const { body } = await sent(t, toGemini('bedrock-model'), inline(type))
      assert.equal(body.messages[0].content[0].document.format, format)
    }
  })
  test('a text as a file is a text in the format of Anthropic', async (t) => {
    const data = Buffer.from('naïve').toString('base64')
    const { body } = await sent(t, toGemini('anthropic-model'), inline('text/plain', data))
    assert.deepEqual(body.messages[0].content[0].source, { type: 'text', media_type: 'text/plain', data: 'naïve' })
  })
  for (const [title, model, body] of [
    ['sound for responses', 'responses-model', inline('audio/wav')],
    ['sound somewhere else', 'openai-model', elsewhere('audio/wav')],
    ['a file somewhere else', 'openai-model', elsewhere('application/pdf')],
    ['a film for Anthropic', 'anthropic-model', inline('video/mp4')],
    ['a film for Converse', 'bedrock-model', inline('video/mp4')],
  ] as const)
    test(`${title} is refused with its place`, async (t) => {
      const { status, text, body: heard } = await sent(t, toGemini(model), body)
      assert.deepEqual([status, heard], [400, undefined])
      assert.match(
        text,
        /contents\.0\.parts\.0\.(inlineData\.data|fileData\.fileUri): the upstream of this model takes/,
      )
    })
})

describe('what a stream used', () => {
  const body = { model: 'anthropic-model', stream: true, messages: user('Hello') }
  test('is told where the client asked for it, as its format has it', async (t) => {
    const unasked = await sent(t, CHAT, body)
    assert.doesNotMatch(unasked.text, /"choices":\[\]/)
    const asked = await sent(t, CHAT, { ...body, stream_options: { include_usage: true } })
    assert.match(asked.text, /"choices":\[\],"usage":\{"prompt_tokens":\d/)
  })
  test('is estimated on record where nobody asked the upstream', async (t) => {
    const upstream = await startUpstream(t)
    upstream.next.push((response) => {
      const choices = [{ index: 0, delta: { role: 'assistant', content: 'Hello you' }, finish_reason: 'stop' }]
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.end(`data: ${JSON.stringify({ id: 'c', model: 'm', choices })}\n\ndata: [DONE]\n\n`)
    })
    const gateway = await startGateway(t, allUpstreams(upstream))
    await (await gateway.send(CHAT, { ...body, model: 'openai-model' })).text()
    const { usage, usageIsEstimate } = await over(gateway)
    assert.equal(usageIsEstimate, true)
    assert.ok((usage?.input ?? 0) > 0 && (usage?.output ?? 0) > 0)
  })
})
