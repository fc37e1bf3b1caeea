// Two replicas on one PostgreSQL: a key that is revoked on one ends what runs under it on the other.
import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { after, before, test } from 'node:test'
import { type Postgres, startPostgres } from '../../test/postgres.ts'
import { startUpstream } from '../enforce/testing.ts'
import { startTestServer } from './testing.ts'

let postgres: Postgres

before(async () => {
  postgres = await startPostgres()
})
after(() => postgres.stop())

test('a stream on one replica ends within a second of its key being revoked on the other', async (t) => {
  const upstream = await startUpstream(t)
  const settings = {
    databaseUrl: await postgres.createDatabase(),
    log: { keys: [generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()] },
    upstreams: { u: { provider: 'openai', url: upstream.url } },
    routes: { chat: { models: ['m'], upstreams: ['u'] } },
  }
  const one = await startTestServer({ settings }, t)
  const two = await startTestServer({ settings }, t)
  const { headers } = await one.person('owner')
  const made = await one.send('POST', '/api/keys', { headers, body: { name: 'shop' } })
  const { key, secret } = made.body as { key: { id: string }; secret: string }
  upstream.next.push((response) => {
    response.setHeader('content-type', 'text/event-stream')
    const choices = [{ index: 0, delta: { role: 'assistant', content: 'One, two' }, finish_reason: null }]
    response.write(`data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', model: 'm', choices })}\n\n`)
  })
  const response = await fetch(`${two.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'm', stream: true, messages: [{ role: 'user', content: 'Count' }] }),
  })
  assert.equal(response.status, 200)
  const ended = response.text().then((text) => ({ text, at: performance.now() }))
  const began = performance.now()
  await one.send('POST', `/api/keys/${key.id}/revoke`, { headers })
  const { text, at } = await ended
  assert.ok(at - began < 1000, `${at - began} ms`)
  assert.match(text, /"finish_reason":"content_filter"/)
  assert.ok(text.trimEnd().endsWith('data: [DONE]'), text)
})
