// How sure a model was does not reach the client: in every shape in which providers say it, whole and streamed, and not
// when a text was changed that log-probabilities would spell again.
import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import { startGateway, startUpstream } from '../testing.ts'

const TOKEN = { token: 'Hi', logprob: -0.123456, bytes: [72, 105], top_logprobs: [{ token: 'Ho', logprob: -2.5678 }] }
const SECRET = `ghp_${'aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5'}`

interface Case {
  title: string
  path: string
  formats: string[]
  provider?: string
  request: object
  answer: object
  removed: object
  rounded: object
}

const chat = (logprobs: unknown) => ({
  choices: [{ index: 0, message: { role: 'assistant', content: 'Hi' }, logprobs, finish_reason: 'stop' }],
})
const response = (logprobs: unknown) => ({
  status: 'completed',
  top_logprobs: 5,
  output: [{ type: 'message', content: [{ type: 'output_text', text: 'Hi', annotations: [], logprobs }] }],
})
const gemini = (candidate: object) => ({
  candidates: [
    {
      content: { parts: [{ functionCall: { name: 'rate', args: { score: 0.123456 } } }] },
      finishReason: 'STOP',
      ...candidate,
    },
  ],
})
const cases: Case[] = [
  {
    title: 'a chat completion',
    path: '/v1/chat/completions',
    formats: ['openai-chat'],
    request: { messages: [], logprobs: true },
    answer: chat({ content: [TOKEN], refusal: null }),
    removed: chat(null),
    rounded: chat({
      content: [{ ...TOKEN, logprob: -0.12, top_logprobs: [{ token: 'Ho', logprob: -2.57 }] }],
      refusal: null,
    }),
  },
  {
    title: 'a response',
    path: '/v1/responses',
    formats: ['openai-responses'],
    request: { input: 'x' },
    answer: response([TOKEN]),
    removed: response([]),
    rounded: response([{ ...TOKEN, logprob: -0.12, top_logprobs: [{ token: 'Ho', logprob: -2.57 }] }]),
  },
  {
    title: 'an old completion',
    path: '/v1/completions',
    formats: ['openai-completions'],
    request: { prompt: 'x' },
    answer: { choices: [{ text: 'Hi', logprobs: { tokens: ['Hi'], token_logprobs: [-0.123456], text_offset: [0] } }] },
    removed: { choices: [{ text: 'Hi', logprobs: null }] },
    rounded: { choices: [{ text: 'Hi', logprobs: { tokens: ['Hi'], token_logprobs: [-0.12], text_offset: [0] } }] },
  },
  {
    title: 'a moderation',
    path: '/v1/moderations',
    formats: ['openai-moderations'],
    request: { input: 'x' },
    answer: { results: [{ flagged: true, categories: { hate: true }, category_scores: { hate: 0.987654 } }] },
    removed: { results: [{ flagged: true, categories: { hate: true }, category_scores: null }] },
    rounded: { results: [{ flagged: true, categories: { hate: true }, category_scores: { hate: 0.99 } }] },
  },
  {
    title: 'a Gemini answer, but for what a tool is given',
    path: '/v1beta/models/m:generateContent',
    formats: ['gemini-generate'],
    provider: 'gemini',
    request: { contents: [] },
    answer: gemini({
      avgLogprobs: -0.123456,
      logprobsResult: { chosenCandidates: [{ token: 'Hi', logProbability: -0.123456 }] },
      safetyRatings: [{ category: 'X', probability: 'LOW', probabilityScore: 0.123456 }],
    }),
    removed: gemini({
      avgLogprobs: null,
      logprobsResult: null,
      safetyRatings: [{ category: 'X', probability: 'LOW', probabilityScore: null }],
    }),
    rounded: gemini({
      avgLogprobs: -0.12,
      logprobsResult: { chosenCandidates: [{ token: 'Hi', logProbability: -0.12 }] },
      safetyRatings: [{ category: 'X', probability: 'LOW', probabilityScore: 0.12 }],
    }),
  },
]

async function open(
  t: TestContext,
  { formats, provider = 'openai' }: Pick<Case, 'formats' | 'provider'>,
  guards: object,
) {
  const upstream = await startUpstream(t)
  const gateway = await startGateway(t, {
    upstreams: { u: { provider, url: upstream.url, formats } },
    routes: { r: { models: ['m'], upstreams: ['u'] } },
    guards,
  })
  return { upstream, gateway }
}

for (const one of cases)
  describe(one.title, () => {
    const ways: [title: string, settings: object, wanted: object, action: string][] = [
      ['has its confidences removed', { mode: 'enforce' }, one.removed, 'rewrite'],
      ['has its confidences rounded', { mode: 'enforce', how: 'round' }, one.rounded, 'rewrite'],
      ['goes through where the guard observes', {}, one.answer, 'forward'],
    ]
    for (const [title, settings, wanted, action] of ways)
      test(title, async (t) => {
        const { upstream, gateway } = await open(t, one, { 'obscure-confidence': settings })
        upstream.next.push((reply) =>
          reply.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(one.answer)),
        )
        const answer = await gateway.send(one.path, { model: 'm', ...one.request })
        assert.deepEqual(await answer.json(), wanted)
        assert.equal(gateway.exchanges[0]?.decisions[1]?.action, action)
        const verdict = gateway.exchanges[0]?.verdicts.findLast(({ guard }) => guard === 'obscure-confidence')
        assert.equal(verdict?.outcome, 'hit')
      })
  })

const chunk = (content: string, logprobs: object | null, finish_reason: string | null = null) =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content }, logprobs, finish_reason }] })}\n\n`

const stream = (logprobs: object | null) => `${chunk('Hi', logprobs)}${chunk('', null, 'stop')}data: [DONE]\n\n`

test('a stream has its confidences removed event by event, and all else stays', async (t) => {
  const { upstream, gateway } = await open(
    t,
    { formats: ['openai-chat'] },
    { 'obscure-confidence': { mode: 'enforce' } },
  )
  upstream.next.push((reply) =>
    reply.writeHead(200, { 'content-type': 'text/event-stream' }).end(stream({ content: [TOKEN] })),
  )
  const answer = await gateway.send('/v1/chat/completions', { model: 'm', stream: true, messages: [] })
  assert.equal(await answer.text(), stream(null))
})

describe('log-probabilities that spell a secret go with it, also where the guard is off,', () => {
  const pieces = SECRET.match(/.{1,3}/g) ?? []
  const content = pieces.map((token) => ({ token, logprob: -0.1, bytes: [...Buffer.from(token)] }))
  const off = { 'obscure-confidence': { mode: 'off' } }
  const shows = (text: string) => pieces.filter((piece) => text.includes(JSON.stringify(piece)))

  test('whole', async (t) => {
    const { upstream, gateway } = await open(t, { formats: ['openai-chat'] }, off)
    const body = { choices: [{ index: 0, message: { content: `It is ${SECRET}` }, logprobs: { content } }] }
    upstream.next.push((reply) =>
      reply.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body)),
    )
    const answer = await gateway.send('/v1/chat/completions', { model: 'm', messages: [] })
    const text = await answer.text()
    assert.match(text, /It is \[github-pat\]/)
    assert.deepEqual(shows(text), [])
  })
  test('streamed', async (t) => {
    const { upstream, gateway } = await open(t, { formats: ['openai-chat'] }, off)
    const spelled = content.map((one) => chunk(one.token, { content: [one] })).join('')
    const bytes = `${chunk('It is ', { content: [TOKEN] })}${spelled}${chunk('.', null, 'stop')}data: [DONE]\n\n`
    upstream.next.push((reply) => reply.writeHead(200, { 'content-type': 'text/event-stream' }).end(bytes))
    const answer = await gateway.send('/v1/chat/completions', { model: 'm', stream: true, messages: [] })
    const text = await answer.text()
    assert.match(text, /\[github-pat\]/)
    assert.deepEqual(shows(text), [])
    assert.ok(text.includes('"logprob":-0.123456'), 'what lies beside the secret keeps its own')
  })
})
