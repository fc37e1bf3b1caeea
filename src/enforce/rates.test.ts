// Rate limits over real sockets: who shares them, what is refused, and what the headers say in each format.
import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import Anthropic from '@anthropic-ai/sdk'
import OpenAI from 'openai'
import { allUpstreams, startGateway, startUpstream, TEST_KEY } from './testing.ts'

const CHAT = '/v1/chat/completions'
const ask = (more: object = {}) => ({
  model: 'openai-model',
  messages: [{ role: 'user', content: 'Hello' }],
  ...more,
})
const many = (count: number) => Array.from({ length: count }, () => ({ role: 'user', content: 'Hi' }))
const caller = { keyId: 'key_test', asset: 'asset_shop', models: ['*'], routes: ['*'] }

async function open(t: TestContext, rules: readonly object[], more: object = {}) {
  const upstream = await startUpstream(t)
  const guards = { 'rate-limit': { rules } }
  return { upstream, ...(await startGateway(t, { ...allUpstreams(upstream), guards, ...more })) }
}

describe('requests', () => {
  test('beyond the limit get 429 with what is left and when it comes back', async (t) => {
    const { send } = await open(t, [{ requests: 3 }])
    const replies = []
    for (let i = 0; i < 4; i++) replies.push(await send(CHAT, ask()))
    assert.deepEqual(
      replies.map(({ status, headers }) => [status, headers.get('x-ratelimit-remaining-requests')]),
      [
        [200, '2'],
        [200, '1'],
        [200, '0'],
        [429, '0'],
      ],
    )
    const last = replies[3]
    const wait = Number(last?.headers.get('retry-after'))
    assert.ok(wait > 15 && wait <= 20, `${wait}`)
    assert.equal(last?.headers.get('x-ratelimit-limit-requests'), '3')
    assert.match(last?.headers.get('x-ratelimit-reset-requests') ?? '', /^\d+(\.\d+)?s$/)
    const { error } = (await (last as Response).json()) as { error: { code: string; type: string; message: string } }
    assert.equal(error.code, 'rate_limited')
    assert.equal(error.type, 'rate_limit_error')
    assert.match(error.message, /3 requests a minute for this key/)
  })

  test('are counted over all routes and formats, and told in the words of each', async (t) => {
    const { url, send } = await open(t, [{ requests: 2 }])
    await send(CHAT, ask())
    const openai = new OpenAI({ baseURL: `${url}/v1`, apiKey: TEST_KEY, maxRetries: 0 })
    const anthropic = new Anthropic({ baseURL: url, apiKey: TEST_KEY, maxRetries: 0 })
    const messages = [{ role: 'user' as const, content: 'Hi' }]
    const asked = await anthropic.messages.create({ model: 'anthropic-model', max_tokens: 9, messages }).withResponse()
    assert.equal(asked.response.headers.get('anthropic-ratelimit-requests-remaining'), '0')
    assert.ok(Date.parse(asked.response.headers.get('anthropic-ratelimit-requests-reset') ?? '') > Date.now())
    await assert.rejects(
      async () => anthropic.messages.create({ model: 'anthropic-model', max_tokens: 9, messages }),
      (error) => error instanceof Anthropic.RateLimitError && error.headers?.get('retry-after') !== null,
    )
    await assert.rejects(
      async () => openai.chat.completions.create({ model: 'openai-model', messages }),
      OpenAI.RateLimitError,
    )
    const gemini = await send('/v1beta/models/gemini-model:generateContent', {
      contents: [{ parts: [{ text: 'Hi' }] }],
    })
    const { error } = (await gemini.json()) as { error: { status: string; details: { '@type': string }[] } }
    assert.equal(error.status, 'RESOURCE_EXHAUSTED')
    assert.ok(error.details.some((detail) => detail['@type'].endsWith('RetryInfo')))
  })

  for (const [per, first, second] of [
    ['user', { user: 'ann' }, { user: 'bob' }],
    ['user', { metadata: { user_id: 'ann' } }, { metadata: { user_id: 'bob' } }],
  ] as const)
    test(`of one ${per} do not count for another: ${Object.keys(first).join()}`, async (t) => {
      const { send } = await open(t, [{ per, requests: 1 }])
      const statuses = []
      for (const body of [first, first, second]) statuses.push((await send(CHAT, ask(body))).status)
      assert.deepEqual(statuses, [200, 429, 200])
    })

  test('of a user are told by the header that the policy names', async (t) => {
    const rules = [{ per: 'user', requests: 1 }]
    const { send } = await open(t, [], { guards: { 'rate-limit': { rules, userHeader: 'x-app-user' } } })
    const statuses = []
    for (const user of ['ann', 'ann', 'bob'])
      statuses.push((await send(CHAT, ask({ user: String(statuses.length) }), { 'x-app-user': user })).status)
    assert.deepEqual(statuses, [200, 429, 200])
  })

  for (const per of ['key', 'asset', 'address', 'route', 'all'])
    test(`of one ${per} share its limit`, async (t) => {
      const { send } = await open(t, [{ per, requests: 1 }], { caller })
      assert.equal((await send(CHAT, ask({ user: 'ann' }))).status, 200)
      assert.equal((await send(CHAT, ask({ user: 'bob' }))).status, 429)
    })

  test('come back with time', async (t) => {
    const { send } = await open(t, [], {
      guards: { 'rate-limit': { rules: [{ requests: 2, window: 'second' }], deadlineMs: 5000 } },
    })
    const statuses = []
    for (let i = 0; i < 3; i++) statuses.push((await send(CHAT, ask())).status)
    // A call that would be let in within the guard's patience waits for it.
    assert.deepEqual(statuses, [200, 200, 200])
  })

  test('that a key carries a limit of its own for are limited on every route', async (t) => {
    const { send } = await open(t, [], { caller: { ...caller, limits: { requestsPerMinute: 1 } } })
    assert.equal((await send(CHAT, ask())).status, 200)
    assert.equal((await send(CHAT, ask({ model: 'anthropic-model' }))).status, 429)
  })
})

test('tokens are counted as the provider told them, whatever was estimated', async (t) => {
  const { send, upstream } = await open(t, [{ tokens: 1000, window: 'day' }])
  upstream.next.push((response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    const usage = { prompt_tokens: 900, completion_tokens: 99 }
    response.end(JSON.stringify({ id: 'c', model: 'm', choices: [], usage }))
  })
  assert.equal((await send(CHAT, ask())).status, 200)
  const reply = await send(CHAT, ask({ messages: [{ role: 'user', content: 'a few more words than one' }] }))
  assert.equal(reply.status, 429)
  assert.match(await reply.text(), /1000 tokens a day/)
})

test('more calls at once than allowed are refused until one ends', async (t) => {
  const { send, upstream } = await open(t, [{ concurrent: 1 }])
  const { promise, resolve } = Promise.withResolvers<void>()
  const arrived = Promise.withResolvers<void>()
  upstream.next.push((response) => {
    arrived.resolve()
    void promise.then(() => response.writeHead(400).end('{}'))
  })
  const first = send(CHAT, ask())
  await arrived.promise
  const second = await send(CHAT, ask())
  assert.equal(second.status, 429)
  resolve()
  assert.equal((await first).status, 400)
  assert.equal((await send(CHAT, ask())).status, 200)
})

describe('limits on one request', () => {
  const tool = { type: 'function', function: { name: 'look', parameters: {} } }
  const picture = { type: 'image_url', image_url: { url: 'https://x.example/a.png' } }
  for (const [settings, body, words] of [
    [{ messages: 2 }, { messages: many(3) }, /messages: more than 2/],
    [{ tools: 1 }, { tools: [tool, { ...tool, function: { name: 'b', parameters: {} } }] }, /tools: more than 1/],
    [{ tools: 1 }, { tools: [tool], functions: [{ name: 'b', parameters: {} }] }, /tools: more than 1/],
    [{ tools: 1 }, { tools: [tool, { type: 'custom', custom: { name: 'b' } }] }, /tools: more than 1/],
    [{ images: 1 }, { messages: [{ role: 'user', content: [picture, picture] }] }, /more than 1 pictures/],
    [{ choices: 2 }, { n: 3 }, /more than 2 answers/],
    [{ inputTokens: 20 }, { messages: [{ role: 'user', content: 'many words '.repeat(30) }] }, /some 20 tokens/],
  ] as const)
    test(`refuse at ${Object.keys(settings).join()}: ${Object.keys(body).join()}`, async (t) => {
      const { send, upstream } = await open(t, [], { guards: { 'limit-resources': settings } })
      const reply = await send(CHAT, ask(body))
      assert.equal(reply.status, 400)
      assert.match(await reply.text(), words)
      assert.equal(upstream.recorded.length, 0)
    })

  for (const [title, content, guards] of [
    ['repeats itself', 'I will not stop until the last of the lines is written.\n'.repeat(1000), {}],
    ['nests without end', '['.repeat(500), {}],
    ['is longer than the route allows', 'Some words of no weight. '.repeat(40), { characters: 500 }],
  ] as const)
    test(`stop a text that ${title}`, async (t) => {
      const { send, upstream } = await open(t, [], { guards: { 'dos-input-validation': guards } })
      const reply = await send(CHAT, ask({ messages: [{ role: 'user', content }] }))
      assert.equal(reply.status, 403)
      assert.match(await reply.text(), /dos-input-validation/)
      assert.equal(upstream.recorded.length, 0)
    })
})
