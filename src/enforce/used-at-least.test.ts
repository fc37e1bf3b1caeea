// What a client pays who leaves early: the prompt, and what came of the answer, seen or not.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { estimateTokens } from '../detect/tokens.ts'
import { over, startGateway, startUpstream } from './testing.ts'

const PROMPT = 'Say at length how the ferry crosses the bay, and who waits for it on the other side.'
const SAID = 'It leaves at dawn and comes back by noon.'
const EVENTS = {
  openai: ['', SAID].map((content) => ({ id: 'c', choices: [{ index: 0, delta: { role: 'assistant', content }, finish_reason: null }] })),
  anthropic: [
    { type: 'message_start', message: { id: 'm', type: 'message', role: 'assistant', content: [], model: 'm', usage: { input_tokens: 321, output_tokens: 1 } } },
    { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
    { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: SAID } },
  ],
} as const // prettier-ignore
const PATHS = { openai: '/v1/chat/completions', anthropic: '/v1/messages' }

for (const provider of ['openai', 'anthropic'] as const)
  test(`a stream of ${provider} that is left early is on record with what it used at least, and its cost`, async (t) => {
    const upstream = await startUpstream(t)
    const gateway = await startGateway(t, {
      upstreams: { u: { provider, url: upstream.url } },
      routes: { r: { models: ['m'], upstreams: ['u'] } },
      prices: { m: { input: 10, output: 20 } },
    })
    upstream.next.push((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      for (const event of EVENTS[provider])
        response.write(`event: ${'type' in event ? event.type : 'message'}\ndata: ${JSON.stringify(event)}\n\n`)
    })
    const client = new AbortController()
    const response = await fetch(gateway.url + PATHS[provider], {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer gw_test' },
      body: JSON.stringify({ model: 'm', stream: true, max_tokens: 99, messages: [{ role: 'user', content: PROMPT }] }),
      signal: client.signal,
    })
    await response.body?.getReader().read()
    client.abort()
    const { outcome, usage, usageIsEstimate, costMicros } = await over(gateway)
    const input = provider === 'anthropic' ? 321 : estimateTokens(PROMPT)
    const output = Math.ceil(SAID.length / 4)
    assert.deepEqual([outcome, usage?.input, usage?.output, usageIsEstimate], ['client-gone', input, output, true])
    assert.equal(costMicros, input * 10 + output * 20)
  })

test('a call that was answered whole has the usage that the upstream told', async (t) => {
  const upstream = await startUpstream(t)
  const gateway = await startGateway(t, {
    upstreams: { u: { provider: 'openai', url: upstream.url } },
    routes: { r: { models: ['m'], upstreams: ['u'] } },
  })
  await gateway.send(PATHS.openai, { model: 'm', messages: [{ role: 'user', content: PROMPT }] })
  assert.equal((await over(gateway)).usageIsEstimate, undefined)
})
