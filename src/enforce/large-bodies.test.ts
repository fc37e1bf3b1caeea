// Bodies as large as they may be: what is packed in them arrives, what they are made of takes no more than its share of the
// time, and nothing in Parapet breaks over how many parts they have.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { Inspection } from './inspection.ts'
import type { PlacedText } from './placed-text.ts'
import { createEnforcement } from './policy.ts'
import { inSlices } from './slices.ts'
import { Turns } from './turns.ts'
import { allUpstreams, startGateway, startUpstream } from './testing.ts'

const PACKED = randomBytes(18 * 1024 * 1024).toString('base64')
const ASKS = {
  '/v1/chat/completions': (data: string) => ({
    model: 'openai-model',
    messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: `data:image/png;base64,${data}` } }] }],
  }),
  '/v1/responses': (data: string) => ({
    model: 'responses-model',
    input: [{ role: 'user', content: [{ type: 'input_file', filename: 'a.pdf', file_data: data }] }],
  }),
  '/v1/messages': (data: string) => {
    const source = { type: 'base64', media_type: 'application/pdf', data }
    return {
      model: 'anthropic-model',
      max_tokens: 9,
      messages: [{ role: 'user', content: [{ type: 'document', source }] }],
    }
  },
  '/v1beta/models/gemini-model:generateContent': (data: string) => ({
    contents: [{ role: 'user', parts: [{ inlineData: { mimeType: 'image/png', data } }] }],
  }),
}

for (const [path, bodyOf] of Object.entries(ASKS))
  test(`a picture or file of 24 MB arrives at ${path}`, async (t) => {
    const upstream = await startUpstream(t)
    const gateway = await startGateway(t, allUpstreams(upstream))
    const response = await gateway.send(path, bodyOf(PACKED))
    assert.equal(response.status, 200, await response.text())
    assert.ok(upstream.recorded[0]?.body.includes(PACKED))
  })

test('a message of very many parts is one like others', async (t) => {
  const upstream = await startUpstream(t)
  const gateway = await startGateway(t, allUpstreams(upstream))
  const content = Array.from({ length: 150_000 }, () => ({ type: 'text', text: '' }))
  const response = await gateway.send('/v1/chat/completions', {
    model: 'openai-model',
    messages: [{ role: 'user', content }],
  })
  assert.equal(response.status, 200, await response.text())
})

for (const [path, body] of [
  ['/v1/embeddings', (many: string[]) => ({ model: 'openai-model', input: many })],
  [
    '/v1/chat/completions',
    (many: string[]) => ({ model: 'openai-model', messages: [{ role: 'user', content: 'Hello' }], many }),
  ],
  [
    '/v1/messages',
    (many: string[]) => ({
      model: 'anthropic-model',
      max_tokens: 9,
      messages: [{ role: 'user', content: 'Hello' }],
      many,
    }),
  ],
] as const)
  // prettier-ignore
  test(`more texts at ${path} than anybody would wait for are refused soon, in its own words`, async (t) => {
    const upstream = await startUpstream(t)
    const gateway = await startGateway(t, allUpstreams(upstream))
    const many = Array.from({ length: 1_700_000 }, (_, i) => (i % 10).toString())
    const response = await gateway.send(path, body(many))
    const text = await response.text()
    assert.equal(response.status, 413, text)
    assert.match(text, /the body has more than 250000 texts/)
    assert.equal(upstream.recorded.length, 0)
  })

test('however short they are, many texts make room for others', async () => {
  let breaths = 0
  class Counted extends Turns {
    override next(): Promise<void> {
      breaths++
      return super.next()
    }
  }
  const texts = Array.from({ length: 10_000 }, (_, i): PlacedText => ({
    origin: 'user',
    part: 'other',
    at: [i],
    text: 'a',
  }))
  const inspection = new Inspection(createEnforcement({}), 'request', () => 0)
  await inSlices(inspection, texts, {
    signal: new AbortController().signal,
    context: { turns: new Counted(() => performance.now()) },
  })
  assert.ok(breaths > 10, `${breaths} pauses`)
})
