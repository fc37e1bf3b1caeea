// Budgets over real sockets, with the official libraries: what is reserved, what is settled, and who is refused with which
// words.
import assert from 'node:assert/strict'
import type { ServerResponse } from 'node:http'
import { describe, test, type TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import Anthropic from '@anthropic-ai/sdk'
import { ApiError, GoogleGenAI } from '@google/genai'
import OpenAI from 'openai'
import type { Budget } from '../model/budget.ts'
import { testBudget } from './spend/testing.ts'
import { allUpstreams, type MockUpstream, startGateway, startUpstream, TEST_KEY } from './testing.ts'

const USD = 1_000_000_000
/** A token of input costs 10 millionths of a dollar, one of output 20. */
const PRICES = { '*-model': { input: 10, output: 20, cacheRead: 1 } }
const CHAT = '/v1/chat/completions'
const ask = (more: object = {}) => ({
  model: 'openai-model',
  messages: [{ role: 'user', content: 'Hello' }],
  max_tokens: 100,
  ...more,
})

const chunk = (content: string) =>
  `data: {"id":"c","model":"m","choices":[{"index":0,"delta":{"content":"${content}"}}]}\n\n`

const hangsUp = (response: ServerResponse) => response.destroy()

async function open(t: TestContext, budgets: readonly Budget[], more: object = {}) {
  const upstream = await startUpstream(t)
  const gateway = await startGateway(t, { ...allUpstreams(upstream), prices: PRICES, budgets, ...more })
  return { upstream, ...gateway }
}

/** The next answer says that so much was used. */
function uses({ next }: MockUpstream, usage: object): void {
  next.push((response) => {
    const message = { role: 'assistant', content: 'Hi' }
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(
      JSON.stringify({ id: 'c', model: 'm', choices: [{ index: 0, message, finish_reason: 'stop' }], usage }),
    )
  })
}

/** What one request to `ask` holds. */
async function mostOf(t: TestContext): Promise<number> {
  const budget = testBudget({ unit: 'tokens' })
  const { upstream, send, spent } = await open(t, [budget], { limits: { attempts: 1 } })
  upstream.next.push(hangsUp)
  assert.equal((await send(CHAT, ask())).status, 502)
  return spent(budget)
}

describe('a budget', () => {
  test('is charged what the provider says was used, cached input at its own price', async (t) => {
    const budget = testBudget()
    const { upstream, send, spent, exchanges } = await open(t, [budget])
    uses(upstream, {
      prompt_tokens: 100,
      completion_tokens: 10,
      prompt_tokens_details: { cached_tokens: 60 },
    })
    assert.equal((await send(CHAT, ask())).status, 200)
    assert.equal(await spent(budget), (40 * 10 + 60 * 1 + 10 * 20) * 1000)
    assert.equal(exchanges[0]?.costMicros, 40 * 10 + 60 * 1 + 10 * 20)
  })

  test('that is used up is named to each of those who asked at once', async (t) => {
    const { send } = await open(t, [testBudget({ limit: USD / 1000 })])
    const replies = await Promise.all([1, 2, 3].map(() => send(CHAT, ask())))
    const bodies = (await Promise.all(replies.map((reply) => reply.json()))) as { error: { message: string } }[]
    for (const { error } of bodies) assert.match(error.message, /the budget test /)
  })

  test('that is used up refuses before anything is sent, and says when it begins anew', async (t) => {
    const { upstream, send } = await open(t, [testBudget({ limit: USD / 1000 })])
    const reply = await send(CHAT, ask())
    const { error } = (await reply.json()) as { error: { code: string; message: string } }
    assert.equal(reply.status, 429)
    assert.equal(error.code, 'budget_exceeded')
    assert.match(error.message, /begins anew at \d{4}-\d{2}-01T00:00/)
    assert.equal(reply.headers.get('x-should-retry'), 'false')
    assert.ok(Number(reply.headers.get('retry-after')) > 0)
    assert.equal(upstream.recorded.length, 0)
  })

  test('is not touched by calls that other keys, systems or models make', async (t) => {
    const small = { limit: 1 }
    const others = [
      testBudget({ id: 'budget_1', key: 'key_other', ...small }),
      testBudget({ id: 'budget_2', asset: 'asset_other', ...small }),
      testBudget({ id: 'budget_3', model: 'claude-*', ...small }),
      testBudget({ id: 'budget_4', key: 'key_test', model: 'claude-*', ...small }),
    ]
    const { send } = await open(t, others)
    assert.equal((await send(CHAT, ask())).status, 200)
    const mine = await open(t, [
      ...others,
      testBudget({ id: 'budget_5', key: 'key_test', model: 'openai-*', ...small }),
    ])
    assert.equal((await mine.send(CHAT, ask())).status, 429)
  })

  test('of several the one with least room decides, and the others are given back what they held', async (t) => {
    const wide = testBudget({ id: 'budget_wide' })
    const { send, spent } = await open(t, [wide, testBudget({ id: 'budget_z', unit: 'tokens', limit: 50 })])
    assert.equal((await send(CHAT, ask())).status, 429)
    assert.equal(await spent(wide), 0)
  })

  test('counts every answer of one request, and prompts that are many', async (t) => {
    const budget = testBudget({ unit: 'tokens', limit: 2000 })
    const { send } = await open(t, [budget])
    assert.equal((await send(CHAT, ask({ n: 1, max_tokens: 1000 }))).status, 200)
    assert.equal((await send(CHAT, ask({ n: 2, max_tokens: 1000 }))).status, 429)
    const many = { model: 'openai-model', max_tokens: 150, prompt: Array.from({ length: 20 }, () => 'Say') }
    assert.equal((await send('/v1/completions', many)).status, 429)
    assert.equal((await send('/v1/completions', { ...many, prompt: 'Say', best_of: 20 })).status, 429)
  })

  for (const [title, body] of [
    ['no price', ask({ model: 'gemini-model' })],
    ['tools of the provider', { model: 'responses-model', input: 'Hi', tools: [{ type: 'web_search' }] }],
    ['a conversation that the provider keeps', { model: 'responses-model', input: 'Hi', previous_response_id: 'r' }],
  ] as const)
    test(`refuses what has no bound: ${title}`, async (t) => {
      const { send, upstream } = await open(t, [testBudget()], {
        prices: { 'openai-model': { input: 1, output: 1 }, 'responses-model': { input: 1, output: 1 } },
      })
      const reply = await send('input' in body ? '/v1/responses' : CHAT, body)
      assert.equal(reply.status, 403)
      assert.match(await reply.text(), /nobody can say what this would cost/)
      assert.equal(upstream.recorded.length, 0)
    })

  for (const [model, path, body, at] of [
    ['openai-model', CHAT, ask({ max_tokens: undefined }), 'max_completion_tokens'],
    ['openai-model', CHAT, ask({ max_tokens: 50_000 }), 'max_tokens'],
    ['anthropic-model', CHAT, ask({ model: 'anthropic-model', max_tokens: 50_000 }), 'max_tokens'],
    ['responses-model', '/v1/responses', { model: 'responses-model', input: 'Hi' }, 'max_output_tokens'],
    [
      'gemini-model',
      '/v1beta/models/gemini-model:generateContent',
      { contents: [{ role: 'user', parts: [{ text: 'Hi' }] }], generation_config: { max_output_tokens: 9_999 } },
      'max_output_tokens',
    ],
  ] as const)
    test(`lowers what ${model} may answer on ${path} at ${at}`, async (t) => {
      const { send, upstream } = await open(t, [testBudget()], { guards: { 'limit-resources': { outputTokens: 700 } } })
      assert.equal((await send(path, body)).status, 200)
      assert.match(upstream.recorded[0]?.body ?? '', new RegExp(`"${at}":700\\b`))
      assert.doesNotMatch(upstream.recorded[0]?.body ?? '', /50000|9999/)
    })

  test('asks a stream for its usage and keeps that from a client that did not', async (t) => {
    const budget = testBudget()
    const { url, spent, upstream, exchanges } = await open(t, [budget])
    const openai = new OpenAI({ baseURL: `${url}/v1`, apiKey: TEST_KEY })
    const messages: OpenAI.ChatCompletionMessageParam[] = [{ role: 'user', content: 'Hello' }]
    const body = { model: 'openai-model', messages, stream: true as const }
    const events = []
    for await (const event of await openai.chat.completions.create(body)) events.push(event)
    assert.ok(events.length > 2 && events.every(({ usage, choices }) => !usage && choices.length > 0))
    assert.match(upstream.recorded[0]?.body ?? '', /"stream_options":\{"include_usage":true\}/)
    const { usage } = exchanges[0] ?? {}
    assert.equal(await spent(budget), ((usage?.input ?? 0) * 10 + (usage?.output ?? 0) * 20) * 1000)
    const seen = []
    const open_ = { ...body, stream_options: { include_usage: true } }
    for await (const event of await openai.chat.completions.create(open_)) seen.push(event)
    assert.ok(seen.some((event) => event.usage))
  })

  test('is charged nothing for what the provider refused or never got', async (t) => {
    const budget = testBudget()
    const upstreams = { gone: { provider: 'openai', url: 'http://127.0.0.1:9/v1' } }
    const { upstream, send, spent } = await open(t, [budget])
    upstream.next.push((response) => response.writeHead(400, {}).end('{"error":{"message":"no"}}'))
    assert.equal((await send(CHAT, ask())).status, 400)
    for (let i = 0; i < 3; i++) upstream.next.push((response) => response.writeHead(503).end('{}'))
    assert.equal((await send(CHAT, ask())).status, 503)
    assert.equal(await spent(budget), 0)
    const routes = { all: { models: ['openai-model'], upstreams: ['gone'] } }
    const nowhere = await open(t, [budget], { upstreams, routes })
    assert.equal((await nowhere.send(CHAT, ask())).status, 502)
    assert.equal(await nowhere.spent(budget), 0)
  })

  test('is charged the most for what an upstream took without a word, each time it was sent', async (t) => {
    const most = await mostOf(t)
    assert.ok(most > 100)
    const budget = testBudget({ unit: 'tokens' })
    const { upstream, send, spent } = await open(t, [budget])
    upstream.next.push(hangsUp, hangsUp)
    uses(upstream, { prompt_tokens: 7, completion_tokens: 3 })
    assert.equal((await send(CHAT, ask())).status, 200)
    assert.equal(upstream.recorded.length, 3)
    assert.equal(await spent(budget), 2 * most + 10)
  })

  test('without room for it sends no second time what may have been answered', async (t) => {
    const most = await mostOf(t)
    const budget = testBudget({ unit: 'tokens', limit: 2 * most - 1 })
    const { upstream, send, spent } = await open(t, [budget])
    upstream.next.push(hangsUp)
    assert.equal((await send(CHAT, ask())).status, 502)
    assert.equal(upstream.recorded.length, 1)
    assert.equal(await spent(budget), most)
  })

  test('that only observes keeps nobody from trying again', async (t) => {
    const guards = { 'limit-resources': { mode: 'observe' } }
    const { upstream, send } = await open(t, [testBudget({ unit: 'tokens', limit: 1 })], { guards })
    upstream.next.push(hangsUp)
    assert.equal((await send(CHAT, ask())).status, 200)
  })

  test('is charged for what came when the client leaves in the middle of a stream', async (t) => {
    const budget = testBudget()
    const { upstream, url, spent, exchanges } = await open(t, [budget])
    upstream.next.push((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      for (let i = 0; i < 40; i++) response.write(chunk('one two three '))
    })
    const leaving = new AbortController()
    const reply = await fetch(url + CHAT, {
      method: 'POST',
      signal: leaving.signal,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${TEST_KEY}` },
      body: JSON.stringify(ask({ stream: true, max_tokens: 2000 })),
    })
    await reply.body?.getReader().read()
    leaving.abort()
    while (exchanges.length === 0) await sleep(10)
    const output = 'one two three '.length * 40
    const charged = await spent(budget)
    assert.equal(exchanges[0]?.outcome, 'client-gone')
    assert.ok(charged >= output * 20 * 1000 && charged < 2000 * 20 * 1000, `${charged}`)
  })

  test('is charged the most where a whole answer says nothing of its usage', async (t) => {
    const budget = testBudget({ unit: 'tokens', limit: 1_000_000 })
    const { upstream, send, spent } = await open(t, [budget])
    uses(upstream, { prompt_tokens: -5, completion_tokens: 'many' })
    await send(CHAT, ask())
    assert.ok((await spent(budget)) >= 100)
  })

  test('counts nothing for tokens that are only counted', async (t) => {
    const { send } = await open(t, [testBudget({ limit: 1 })])
    const body = { model: 'anthropic-model', messages: [{ role: 'user', content: 'Hi' }] }
    assert.equal((await send('/v1/messages/count_tokens', body)).status, 200)
  })

  test('of 60 calls at once on the same dollar no more are let through than it holds', async (t) => {
    const budget = testBudget({ limit: USD / 10 })
    const { send, spent, upstream } = await open(t, [budget])
    const replies = await Promise.all(Array.from({ length: 60 }, () => send(CHAT, ask({ max_tokens: 500 }))))
    const passed = replies.filter(({ status }) => status === 200).length
    assert.equal(upstream.recorded.length, passed)
    assert.ok((await spent(budget)) <= USD / 10)
    assert.ok(passed > 5, `${passed}`)
    assert.ok(replies.every(({ status }) => status === 200 || status === 429))
  })

  test('in a policy that only observes refuses nobody', async (t) => {
    const { send, exchanges } = await open(t, [testBudget({ limit: 1 })], {
      guards: { 'limit-resources': { mode: 'observe' } },
    })
    assert.equal((await send(CHAT, ask())).status, 200)
    assert.equal(exchanges[0]?.verdicts.find(({ guard }) => guard === 'limit-resources')?.outcome, 'hit')
  })
})

describe('the official libraries see their own error', () => {
  const options = { limit: 1 }

  test('openai', async (t) => {
    const { url } = await open(t, [testBudget(options)])
    const openai = new OpenAI({ baseURL: `${url}/v1`, apiKey: TEST_KEY })
    const { messages } = ask() as { messages: { role: 'user'; content: string }[] }
    const asked = openai.chat.completions.create({ model: 'openai-model', messages, max_tokens: 9 })
    await assert.rejects(asked, (error) => error instanceof OpenAI.RateLimitError && error.code === 'budget_exceeded')
  })

  test('anthropic', async (t) => {
    const { url } = await open(t, [testBudget(options)])
    const anthropic = new Anthropic({ baseURL: url, apiKey: TEST_KEY })
    const messages = [{ role: 'user' as const, content: 'Hi' }]
    const asked = anthropic.messages.create({ model: 'anthropic-model', max_tokens: 9, messages })
    await assert.rejects(asked, (error) => error instanceof Anthropic.RateLimitError)
  })

  test('gemini', async (t) => {
    const { url } = await open(t, [testBudget(options)])
    const gemini = new GoogleGenAI({ apiKey: TEST_KEY, httpOptions: { baseUrl: url } })
    const asked = gemini.models.generateContent({ model: 'gemini-model', contents: 'Hi' })
    await assert.rejects(asked, (error) => error instanceof ApiError && error.status === 429)
  })
})
