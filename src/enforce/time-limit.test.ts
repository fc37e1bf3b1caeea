// How long a whole call may take, on real sockets: an upstream that never answers, one that stops in the middle, one that
// goes on for ever; in every format, with the upstream let go of, the client told, and what was used settled.
import assert from 'node:assert/strict'
import type { ServerResponse } from 'node:http'
import { describe, test, type TestContext } from 'node:test'
import { testBudget } from './spend/testing.ts'
import { askThrough, WAYS } from './testing-formats.ts'
import { over, startGateway, startUpstream } from './testing.ts'

const GUARD = 'limit-resources'
/** Long enough for a busy machine to have begun by then. */
const SECONDS = 1.5
const RULE = { [GUARD]: { seconds: SECONDS } }
const TEXT = 'one two three four five six seven eight nine ten'
const QUESTION = { user: 'Count' }

/** An upstream that does so, and when it was let go of. */
function slow(send: (response: ServerResponse, text: string) => void) {
  const gone = Promise.withResolvers<void>()
  return {
    gone: gone.promise,
    send(response: ServerResponse, text: string) {
      response.once('close', gone.resolve)
      send(response, text)
    },
  }
}

const silent = () => slow(() => undefined)
const half = () => slow((response, text) => void response.write(text.slice(0, text.length / 2)))

// The first call makes the engines of detection, which may take as long as these calls have.
test('a call without a limit', async (t) => {
  const [way] = WAYS
  assert(way)
  assert.equal((await askThrough(t, way, {}, QUESTION, { text: TEXT })).status, 200)
})

describe('in every format', { concurrency: 16 }, () => {
  for (const way of WAYS)
    for (const [title, upstream] of [
      ['never answers', silent],
      ['stops in the middle', half],
    ] as const)
      test(`${way.title}: an upstream that ${title} is let go of when the time is over`, async (t) => {
        const { send, gone } = upstream()
        const said = await askThrough(t, way, RULE, QUESTION, { text: TEXT }, { send })
        await gone
        const exchange = await over(said.gateway)
        assert.equal(exchange.outcome, 'blocked')
        assert.ok(exchange.durationMs >= SECONDS * 1000 - 5, String(exchange.durationMs))
        const { guard, outcome, hits } = exchange.verdicts.at(-1) ?? {}
        assert.deepEqual([guard, outcome, hits?.[0]?.kind], [GUARD, 'hit', 'seconds'])
        assert.partialDeepStrictEqual(exchange.decisions.at(-1), { action: 'block', because: [GUARD] })
        if (way.stream && title === 'stops in the middle') {
          assert.equal(said.status, 200)
          assert.deepEqual(said.stops, ['length'])
          assert.ok(TEXT.startsWith(said.texts.join('')) && said.texts.join('').length > 3, said.raw)
        } else {
          assert.equal(said.status, 504)
          assert.match(said.raw, /longer than the 1\.5 s that limit-resources allows/)
          assert.equal(said.headers.get('x-should-retry'), 'false')
        }
      })
})

const chat = WAYS.filter(({ client, upstream }) => client.id === 'openai-chat' && upstream === client)

for (const way of chat) {
  const kind = way.stream ? 'streamed' : 'whole'

  test(`an answer in time is not touched, ${kind}`, async (t) => {
    const said = await askThrough(t, way, { [GUARD]: { seconds: 30 } }, QUESTION, { text: TEXT })
    assert.deepEqual([said.status, said.texts], [200, [TEXT]])
    assert.equal((await over(said.gateway)).outcome, 'answered')
  })

  test(`where it is observed the call goes on and the excess is on record, ${kind}`, async (t) => {
    const { send } = slow((response, text) => void setTimeout(() => response.end(text), SECONDS * 1000 + 50))
    const said = await askThrough(t, way, { [GUARD]: { seconds: SECONDS, mode: 'observe' } }, QUESTION, { text: TEXT }, { send }) // prettier-ignore
    const exchange = await over(said.gateway)
    assert.deepEqual([said.texts, exchange.outcome], [[TEXT], 'answered'])
    assert.equal(exchange.verdicts.at(-1)?.hits[0]?.kind, 'seconds')
    assert.equal(exchange.decisions.at(-1)?.action, 'forward')
  })

  test(`what may have been used is settled, ${kind}`, async (t) => {
    const budget = testBudget({ unit: 'tokens', limit: 10_000 })
    const { send } = half()
    const said = await askThrough(t, way, RULE, QUESTION, { text: TEXT }, { send, budgets: [budget] })
    await over(said.gateway)
    const spent = await said.gateway.spent(budget)
    // Of the whole nothing is known: it counts as the most it can have been. Of a stream the words that came do.
    const input = 140
    if (way.stream) assert.ok(spent > input && spent < input + 99, String(spent))
    else assert.equal(spent, input + 99)
  })
}

test('an upstream that goes on for ever is ended in the middle of its words', async (t) => {
  const { send, gone } = slow((response, text) => {
    const [first = '', ...events] = text.split(/(?<=\n\n)/)
    response.write(first)
    const timer = setInterval(() => response.write(events[3]), 5)
    response.once('close', () => clearInterval(timer))
  })
  const way = chat.find(({ stream }) => stream)
  assert(way)
  const said = await askThrough(t, way, RULE, QUESTION, { text: TEXT }, { send })
  await gone
  assert.deepEqual(said.stops, ['length'])
  assert.ok(said.texts.join('').length > 5)
})

test('a route may allow less than the others', async (t) => {
  const { url, gateway } = await hanging(t)
  const started = performance.now()
  const [slow, fast] = await Promise.all(
    ['slow', 'fast'].map(async (model) => {
      const answer = await gateway.send('/v1/chat/completions', { model, messages: [{ role: 'user', content: url }] })
      return { status: answer.status, ms: performance.now() - started }
    }),
  )
  assert.deepEqual([slow?.status, fast?.status], [504, 504])
  assert.ok((fast?.ms ?? 0) < (slow?.ms ?? 0))
})

async function hanging(t: TestContext) {
  const upstream = await startUpstream(t)
  upstream.next.push(
    () => undefined,
    () => undefined,
  )
  const gateway = await startGateway(t, {
    upstreams: { u: { provider: 'openai', url: upstream.url } },
    routes: {
      slow: { models: ['slow'], upstreams: ['u'] },
      fast: { models: ['fast'], upstreams: ['u'], guards: { [GUARD]: { seconds: 0.1 } } },
    },
    guards: { [GUARD]: { seconds: 3 } },
  })
  return { url: upstream.url, gateway }
}
