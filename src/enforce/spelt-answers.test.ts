// What a client could put together of an answer although no text of it shows it: tokens of log-probabilities, ids of calls that
// another format says again, signatures that come in pieces.
import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import { sample, seeded } from '../detect/detectors/secrets/sample.ts'
import type { Json } from '../lib/canonical-json.ts'
import { startGateway, startUpstream } from './testing.ts'

const KEY = sample('ghp_[0-9A-Za-z]{36}', seeded(3))
const TOKENS = ` ${KEY} ok`.match(/.{1,4}/gs) ?? []
const bytesOf = (text: string): number[] => [...Buffer.from(text)]

type Wire = 'openai-chat' | 'openai-responses' | 'openai-completions' | 'anthropic-messages' | 'gemini-generate'

/** What a client of one format gets of an answer that an upstream of another gives in these bytes. */
async function answerOf(
  t: TestContext,
  client: Wire,
  upstreamWire: Wire,
  body: Json | readonly Json[],
): Promise<string> {
  const upstream = await startUpstream(t)
  const provider = upstreamWire.split('-')[0] ?? ''
  const gateway = await startGateway(t, {
    upstreams: { u: { provider, url: upstream.url, formats: [upstreamWire] } },
    routes: { r: { models: ['m'], upstreams: ['u'] } },
  })
  const stream = Array.isArray(body)
  upstream.next.push((response) => {
    response.setHeader('content-type', stream ? 'text/event-stream' : 'application/json')
    response.end(stream ? body.map((event) => `data: ${typeof event === 'string' ? event : JSON.stringify(event)}\n\n`).join('') : JSON.stringify(body)) // prettier-ignore
  })
  const [path, asked] = ASKED[client](stream)
  return (await gateway.send(path, { ...asked, ...(stream && client !== 'gemini-generate' ? { stream } : {}) })).text()
}

const messages = [{ role: 'user', content: 'Hi' }]
const ASKED: Readonly<Record<Wire, (stream: boolean) => readonly [string, object]>> = {
  'openai-chat': () => ['/v1/chat/completions', { model: 'm', messages }],
  'openai-responses': () => ['/v1/responses', { model: 'm', input: 'Hi' }],
  'openai-completions': () => ['/v1/completions', { model: 'm', prompt: 'Hi' }],
  'anthropic-messages': () => ['/v1/messages', { model: 'm', max_tokens: 99, messages }],
  'gemini-generate': (stream) => [
    `/v1beta/models/m:${stream ? 'streamGenerateContent?alt=sse' : 'generateContent'}`,
    { contents: [{ role: 'user', parts: [{ text: 'Hi' }] }] },
  ],
}

/** Letters that stand in strings and numbers that stand for letters, one behind the other. */
function lettersIn(raw: string): string {
  const tokens = [...raw.matchAll(/"([^"]{1,4})"/g)].map(([, token]) => token)
  const bytes = [...raw.matchAll(/\[([\d,]+)\]/g)].flatMap(([, list = '']) => list.split(',').map(Number))
  return `${raw}\n${tokens.join('')}\n${Buffer.from(bytes.filter((byte) => byte < 256)).toString('latin1')}`
}

function assertHidden(raw: string): void {
  const letters = lettersIn(raw)
  const hex = Buffer.from(KEY).toString('hex')
  for (let i = 0; i + 18 <= hex.length; i++) assert.ok(!letters.includes(hex.slice(i, i + 18)), raw)
  for (let i = 0; i + 9 <= KEY.length; i++) assert.ok(!letters.includes(KEY.slice(i, i + 9)), raw)
}

const logprob = (token: string, more = {}) => ({ token, logprob: -1, ...more })
const chunk = (delta: Json, logprobs: Json, index = 0): Json => ({
  id: 'c',
  choices: [{ index, delta, logprobs, finish_reason: null }],
})
const stop = (index = 0): Json => ({ id: 'c', choices: [{ index, delta: {}, finish_reason: 'stop' }] })
const chat = (logprobs: Json): Json => ({
  id: 'c',
  model: 'm',
  choices: [{ index: 0, message: { role: 'assistant', content: 'Fine.' }, logprobs, finish_reason: 'stop' }],
})
const message = (logprobs: Json): Json => ({
  type: 'message',
  id: 'g',
  role: 'assistant',
  content: [{ type: 'output_text', text: 'Fine.', annotations: [], logprobs }],
})
const spelt = (logprobsResult: Json): Json => ({
  candidates: [{ content: { role: 'model', parts: [{ text: 'Fine.' }] }, finishReason: 'STOP', logprobsResult }],
})
const WAYS: readonly [what: string, wire: Wire, body: Json | readonly Json[]][] = [
  ['tokens', 'openai-chat', chat({ content: TOKENS.map((token) => logprob(token)) })],
  ['tokens of a refusal', 'openai-chat', chat({ content: null, refusal: TOKENS.map((token) => logprob(token)) })],
  ['bytes', 'openai-chat', chat({ content: TOKENS.map((token) => logprob('x', { bytes: bytesOf(token) })) })],
  ['tokens of events', 'openai-chat', [...TOKENS.map((token) => chunk({ content: 'x' }, { content: [logprob(token)] })), stop(), '[DONE]']], // prettier-ignore
  [
    'tokens of two choices in turns',
    'openai-chat',
    [...TOKENS.flatMap((token) => [chunk({}, { content: [logprob(token)] }), chunk({}, { content: [logprob('y')] }, 1)]), stop(), stop(1), '[DONE]'], // prettier-ignore
  ],
  ['tokens of events without words', 'openai-chat', [...TOKENS.map((token) => chunk({}, { content: [logprob(token)] })), stop(), '[DONE]']], // prettier-ignore
  ['encoded tokens of events without words', 'openai-chat', [...Buffer.from(KEY).toString('hex')].map((token) => chunk({}, { content: [logprob(token)] }))], // prettier-ignore
  ['tokens', 'openai-completions', { id: 'c', choices: [{ index: 0, text: 'Fine.', finish_reason: 'stop', logprobs: { tokens: TOKENS, token_logprobs: TOKENS.map(() => -1) } }] }], // prettier-ignore
  ['tokens', 'openai-responses', { id: 'r', status: 'completed', output: [message(TOKENS.map((token) => logprob(token)))] }], // prettier-ignore
  ['tokens', 'gemini-generate', spelt({ chosenCandidates: TOKENS.map((token) => ({ token, logProbability: -1 })) })],
  ['tokens of an event', 'gemini-generate', [spelt({ chosenCandidates: TOKENS.map((token) => ({ token })) })]],
]

describe('a key that log-probabilities spell does not go out', () => {
  for (const [what, wire, body] of WAYS)
    test(`${what} of ${wire}`, async (t) => {
      const raw = await answerOf(t, wire, wire, body)
      assertHidden(raw)
      assert.ok(/Fine|"x"|"y"|finish_reason|DONE/.test(raw), raw)
    })

  test('and what spells no key stays', async (t) => {
    const body = chat({ content: ['Fi', 'ne', '.'].map((token) => logprob(token, { bytes: bytesOf(token) })) })
    assert.deepEqual(JSON.parse(await answerOf(t, 'openai-chat', 'openai-chat', body)), body)
  })
})

const CALLS: readonly [wire: Wire, events: readonly Json[]][] = [
  ['gemini-generate', [{ candidates: [{ content: { role: 'model', parts: [{ functionCall: { id: KEY, name: 'f', args: {} } }] }, finishReason: 'STOP' }] }]], // prettier-ignore
  ['openai-chat', [chunk({ tool_calls: [{ index: 0, id: [...KEY].join('\u200b'), type: 'function', function: { name: 'f', arguments: '{}' } }] }, null), stop(), '[DONE]']], // prettier-ignore
]

describe('a key that is the id of a call is said in no other format either', () => {
  for (const [wire, events] of CALLS)
    for (const client of ['openai-chat', 'openai-responses', 'anthropic-messages', 'gemini-generate'] as const)
      test(`from ${wire} to ${client}`, async (t) => {
        const raw = await answerOf(t, client, wire, events)
        assertHidden(raw.replaceAll(/\u200b|\\u200b/g, ''))
      })
})

test('a signature that comes in pieces is read over them', async (t) => {
  const events: Json[] = [
    { type: 'message_start', message: { id: 'g', model: 'm', role: 'assistant', content: [] } },
    { type: 'content_block_start', index: 0, content_block: { type: 'thinking', thinking: '', signature: '' } },
    ...TOKENS.map((signature) => ({ type: 'content_block_delta', index: 0, delta: { type: 'signature_delta', signature } })), // prettier-ignore
    { type: 'content_block_stop', index: 0 },
    { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 1 } },
    { type: 'message_stop' },
  ]
  assertHidden(await answerOf(t, 'anthropic-messages', 'anthropic-messages', events))
})
