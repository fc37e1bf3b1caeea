// What a route grants of a model's features, and whose identity a key is, over real sockets.
import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import { BEGUN, type Exchange } from '../model/exchange.ts'
import { modelAccessControl } from './guards/model-access-control.ts'
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

const openAs = async (t: TestContext, agent: string | undefined, settings: object) => {
  const upstream = await startUpstream(t)
  const caller = { keyId: 'key_test', asset: undefined, agent, models: ['*'], routes: ['*'] }
  const house = await startGateway(t, { ...allUpstreams(upstream), caller, guards: { [ID]: settings } })
  return { upstream, ...house }
}

describe('a model that is for agents only', () => {
  for (const [path, body] of [
    [CHAT, chat()],
    [MESSAGES, claude({})],
    [GEMINI, gemini({})],
    [RESPONSES, { model: 'responses-model', input: 'Hi' }],
  ] as const)
    test(`is refused in the client’s own words to a key that is bound to none: ${path}`, async (t) => {
      const { send, upstream, exchanges } = await openAs(t, undefined, { agentsOnly: ['*'] })
      const reply = await send(path, body, { 'x-agent': 'buyer', 'user-agent': 'buyer' })
      assert.equal(reply.status, 403)
      const { error } = (await reply.json()) as { error: { message: string } }
      assert.match(error.message, /bound to none/)
      assert.equal(upstream.recorded.length, 0)
      assert.deepEqual(exchanges[0]?.decisions[0]?.because, [ID])
    })

  test('answers the agent that the key is bound to, and the record names it', async (t) => {
    const { send, exchanges } = await openAs(t, 'buyer', { agentsOnly: ['*'] })
    assert.equal((await send(CHAT, chat())).status, 200)
    assert.equal(exchanges[0]?.agent, 'buyer')
  })

  test('is one that the policy names, and the others are for everybody', async (t) => {
    const { send } = await openAs(t, undefined, { agentsOnly: ['anthropic-*'] })
    assert.equal((await send(CHAT, chat())).status, 200)
    assert.equal((await send(MESSAGES, claude({}))).status, 403)
  })
})

describe('what a call says of the identity of agents', () => {
  const verdict = (kind: string) => ({
    guard: ID,
    stage: 'request' as const,
    outcome: 'hit' as const,
    remedy: 'block' as const,
    changes: 0,
    hits: [{ detector: ID, kind, severity: 'medium' as const, confidence: 1, note: '', origin: 'user' as const, place: '' }], // prettier-ignore
    more: 0,
  })
  const cases: [title: string, call: Partial<Exchange>, says: string | undefined][] = [
    ['of an agent', { agent: 'buyer' }, 'holds'],
    ['of nobody in particular', {}, 'lacks'],
    ['of nobody, where the policy asks for an agent and only observes', { verdicts: [verdict('no-agent')] }, 'breaks'],
    ['of nobody, that was refused for it', { verdicts: [verdict('no-agent')], decisions: [{ action: 'block', because: [ID], policy: '' }] }, undefined],
    ['of a second agent with the key of the first', { agent: 'buyer', verdicts: [verdict('shared-identity')] }, 'breaks'],
    ['that was refused for other reasons', { outcome: 'refused' }, undefined],
  ] // prettier-ignore
  for (const [title, call, says] of cases)
    test(title, () => {
      const [told] =
        modelAccessControl.tells?.({ ...BEGUN, id: 'call_1', at: new Date(), outcome: 'answered', ...call }) ?? []
      assert.equal(told?.says, says)
      if (told !== undefined) assert.equal(told.measure, `${ID}.agent-identity`)
    })
})
