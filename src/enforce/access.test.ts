// What a route grants of a model's features, and whose identity a key is, over real sockets.
import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import { allUpstreams, startGateway, startUpstream } from './testing.ts'

const ID = 'model-access-control'
const CHAT = '/v1/chat/completions'
const MESSAGES = '/v1/messages'
const GEMINI = '/v1beta/models/gemini-model:generateContent'
const RESPONSES = '/v1/responses'
const chat = (more: object = {}) => ({ model: 'openai-model', messages: [{ role: 'user', content: 'Hi' }], ...more })
const claude = (more: object) => ({ ...chat(more), model: 'anthropic-model', max_tokens: 9 })
const gemini = (more: object) => ({ contents: [{ role: 'user', parts: [{ text: 'Hi' }] }], ...more })

async function open(t: TestContext, settings: object) {
  const upstream = await startUpstream(t)
  return { upstream, ...(await startGateway(t, { ...allUpstreams(upstream), guards: { [ID]: settings } })) }
}

const picture = 'data:image/png;base64,iVBORw0KGgo='
const own = { type: 'function', function: { name: 'look', parameters: {} } }

describe('a feature that the route does not grant is refused', () => {
  for (const [feature, path, body] of [
    ['streaming', CHAT, chat({ stream: true })],
    ['streaming', '/v1beta/models/gemini-model:streamGenerateContent', gemini({})],
    ['tools', CHAT, chat({ tools: [own] })],
    ['tools', MESSAGES, claude({ tools: [{ name: 'look', input_schema: { type: 'object' } }] })],
    ['tools', GEMINI, gemini({ tools: [{ functionDeclarations: [{ name: 'look' }] }] })],
    ['hosted-tools', CHAT, chat({ web_search_options: {} })],
    ['hosted-tools', RESPONSES, { model: 'responses-model', input: 'Hi', tools: [{ type: 'code_interpreter' }] }],
    ['hosted-tools', MESSAGES, claude({ tools: [{ type: 'web_search_20250305', name: 'web_search' }] })],
    ['hosted-tools', GEMINI, gemini({ tools: [{ google_search: {} }] })],
    ['hosted-tools', GEMINI, gemini({ tools: [{ functionDeclarations: [], codeExecution: {} }] })],
    [
      'images',
      CHAT,
      chat({ messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: picture } }] }] }),
    ],
    ['tools', CHAT, chat({ functions: [{ name: 'look', parameters: {} }] })],
    ['tools', CHAT, chat({ tools: [{ type: 'custom', custom: { name: 'look' } }] })],
    ['files', CHAT, chat({ messages: [{ role: 'user', content: [{ type: 'file', file: { file_id: 'f' } }] }] })],
    [
      'files',
      RESPONSES,
      { model: 'responses-model', input: [{ role: 'user', content: [{ type: 'input_file', file_id: 'f' }] }] },
    ],
    [
      'images',
      RESPONSES,
      { model: 'responses-model', input: [{ role: 'user', content: [{ type: 'input_image', file_id: 'f' }] }] },
    ],
    [
      'images',
      MESSAGES,
      claude({ messages: [{ role: 'user', content: [{ type: 'image', source: { type: 'file', file_id: 'f' } }] }] }),
    ],
    [
      'files',
      MESSAGES,
      claude({ messages: [{ role: 'user', content: [{ type: 'container_upload', file_id: 'f' }] }] }),
    ],
    ['audio', CHAT, chat({ modalities: ['text', 'audio'] })],
    ['audio', GEMINI, gemini({ generationConfig: { responseModalities: ['AUDIO'] } })],
    ['images', GEMINI, gemini({ generation_config: { response_modalities: ['TEXT', 'IMAGE'] } })],
    ['logprobs', CHAT, chat({ logprobs: true })],
    ['logprobs', GEMINI, gemini({ generationConfig: { responseLogprobs: 'true' } })],
    ['logprobs', GEMINI, gemini({ generationConfig: { responseLogprobs: true } })],
    ['embeddings', '/v1/embeddings', { model: 'openai-model', input: 'Hi' }],
    ['many-answers', CHAT, chat({ n: 2 })],
  ] as const)
    test(`${feature}: ${JSON.stringify(body).slice(0, 90)}`, async (t) => {
      const others = ['tools', 'hosted-tools', 'images', 'audio', 'files', 'logprobs', 'embeddings', 'many-answers']
      const all = ['streaming', ...others]
      const { send, upstream, exchanges } = await open(t, { features: all.filter((one) => one !== feature) })
      const reply = await send(path, body)
      assert.equal(reply.status, 403, await reply.clone().text())
      assert.match(await reply.text(), /not granted on this route/)
      assert.equal(upstream.recorded.length, 0)
      assert.deepEqual(exchanges[0]?.decisions[0]?.because, [ID])
    })

  test('and all are granted unless the policy says otherwise, on record', async (t) => {
    const { send, exchanges } = await open(t, {})
    assert.equal((await send(CHAT, chat({ tools: [own], n: 2, logprobs: true }))).status, 200)
    assert.equal(exchanges[0]?.verdicts.find(({ guard }) => guard === ID)?.outcome, 'pass')
  })

  test('and what asks for none of it goes through', async (t) => {
    const { send } = await open(t, { features: [] })
    assert.equal((await send(CHAT, chat({ n: 1, logprobs: false, tools: undefined }))).status, 200)
  })
})

const as = (agent: string) => ({ 'x-agent': agent })

describe('a key that two agents use at once', () => {
  test('stays the first one’s where that is enforced', async (t) => {
    const { send } = await open(t, { agentHeader: 'x-agent', sharedIdentity: 'block' })
    const statuses = []
    for (const agent of ['planner', 'planner', 'coder', 'coder', 'planner'])
      statuses.push((await send(CHAT, chat(), as(agent))).status)
    assert.deepEqual(statuses, [200, 200, 403, 403, 200])
  })

  test('is told of otherwise, and nothing follows', async (t) => {
    const { send, exchanges } = await open(t, { agentHeader: 'x-agent' })
    for (const agent of ['planner', 'coder']) assert.equal((await send(CHAT, chat(), as(agent))).status, 200)
    assert.deepEqual(exchanges[1]?.verdicts.find(({ guard }) => guard === ID)?.hits[0]?.kind, 'shared-identity')
    assert.equal(exchanges[1]?.decisions[0]?.action, 'forward')
  })
})
