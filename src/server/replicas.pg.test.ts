// Two replicas on one PostgreSQL: what is published or revoked on one is in force on the other, and a start of both makes one
// version.
import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { after, before, test, type TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Postgres, startPostgres } from '../../test/postgres.ts'
import { startUpstream } from '../enforce/testing.ts'
import { startTestServer, type TestServer } from './testing.ts'

let postgres: Postgres

before(async () => {
  postgres = await startPostgres()
})
after(() => postgres.stop())

async function replicas(t: TestContext) {
  const upstream = await startUpstream(t)
  const logKey = generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()
  const settings = {
    databaseUrl: await postgres.createDatabase(),
    log: { keys: [logKey] },
    secrets: { keys: [Buffer.alloc(32, 7).toString('base64')] },
    upstreams: { u: { provider: 'openai', url: upstream.url } },
    routes: { chat: { models: ['m'], upstreams: ['u'] } },
  }
  const one = await startTestServer({ settings }, t)
  const two = await startTestServer({ settings }, t)
  return { one, two, upstream }
}

test('a policy and a key that are set on one replica are in force on the other', async (t) => {
  const { one, two, upstream } = await replicas(t)
  const versions = async () => (await one.app.store.read.policyVersions.list({ limit: 10 })).items.length
  assert.equal(await versions(), 1)

  const { headers } = await one.person('owner')
  const made = await one.send('POST', '/api/keys', { headers, body: { name: 'shop' } })
  const bearer = { authorization: `Bearer ${String(made.body['secret'])}` }
  const ask = async (server: TestServer, model: string) =>
    (await server.send('POST', '/v1/chat/completions', { headers: bearer, body: { model, messages: [] } })).status
  assert.deepEqual([await ask(one, 'm'), await ask(two, 'n')], [200, 404])

  await one.send('PUT', '/api/gateway/upstreams/u/key', { headers, body: { key: 'sk-set-on-one' } })
  const routes = { chat: { models: ['n'], upstreams: ['u'] } }
  await one.send('PUT', '/api/policy/draft', { headers, body: { routes } })
  const { status } = await one.send('POST', '/api/policy/publish', { headers, body: { note: 'n in place of m' } })
  assert.equal(status, 200)
  for (let tries = 0; tries < 100 && (await ask(two, 'n')) !== 200; tries++) await sleep(50)
  assert.deepEqual([await ask(two, 'n'), await ask(two, 'm')], [200, 404])
  assert.equal(upstream.recorded.at(-1)?.headers.authorization, 'Bearer sk-set-on-one')
})

test('a stream on one replica ends within a second of its key being revoked on the other', async (t) => {
  const { one, two, upstream } = await replicas(t)
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

test('replicas without a common key refuse to keep a secret, and say what to do', async (t) => {
  const settings = {
    databaseUrl: await postgres.createDatabase(),
    upstreams: { u: { provider: 'openai' } },
    routes: { chat: { models: ['m'], upstreams: ['u'] } },
  }
  const server = await startTestServer({ settings }, t)
  const { headers } = await server.person('owner')
  const { text } = await server.send('PUT', '/api/gateway/upstreams/u/key', { headers, body: { key: 'sk-set' } })
  assert.match(text, /PARAPET_SECRETS_KEYS/)
  assert.ok(!text.includes('sk-set'))
})
