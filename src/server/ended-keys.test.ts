// A stream that runs when its key or token expires, on a whole server with keys and tokens that do: it ends soon after.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test, type TestContext } from 'node:test'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { startUpstream } from '../enforce/testing.ts'
import { startTestServer } from './testing.ts'

const ISSUER = 'https://login.example/'
const LIFE_MS = 2000

async function opened(t: TestContext, settings: object = {}) {
  const upstream = await startUpstream(t)
  // Half a stream, and then nothing.
  upstream.next.push((response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write('data: {"id":"1","choices":[{"index":0,"delta":{"content":"one "}}]}\n\n')
  })
  const routes = { chat: { models: ['m'], upstreams: ['openai'] } }
  const upstreams = { openai: { provider: 'openai', url: upstream.url } }
  const server = await startTestServer({ settings: { upstreams, routes, ...settings } }, t)
  return {
    server,
    /** When the stream was over, and what it said. */
    async stream(secret: string) {
      const response = await fetch(`${server.url}/v1/chat/completions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
        body: JSON.stringify({ model: 'm', stream: true, messages: [{ role: 'user', content: 'Count' }] }),
      })
      const text = await response.text()
      assert.equal(response.status, 200, text)
      return { text, at: Date.now() }
    },
    async code() {
      await server.app.record.seal()
      const [call] = (await server.app.store.read.calls.list({ limit: 1 })).items
      return JSON.parse(call?.leaf ?? '{}') as { code?: string }
    },
  }
}

test('a stream ends when its key expires', async (t) => {
  const { server, stream, code } = await opened(t)
  const { headers } = await server.person('owner')
  const expiresAt = new Date(Date.now() + LIFE_MS)
  const body = { name: 'short', expiresAt: expiresAt.toISOString() }
  const { secret } = (await server.send('POST', '/api/keys', { headers, body })).body
  const { text, at } = await stream(String(secret))
  assert.match(text, /"finish_reason":"content_filter"/)
  assert.ok(at >= expiresAt.getTime() && at < expiresAt.getTime() + 2000, `${at - expiresAt.getTime()} ms after it`)
  assert.equal((await code()).code, 'unauthenticated')
})

test('a stream ends when the token that began it expires', async (t) => {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true })
  const jwks = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES256' }] })
  const house = createServer((_, response) => response.writeHead(200, { 'content-type': 'application/json' }).end(jwks))
  await once(house.listen(0, '127.0.0.1'), 'listening')
  t.after(() => house.close())
  const keys = `http://127.0.0.1:${(house.address() as AddressInfo).port}/`
  const issuers = [{ issuer: ISSUER, audience: ['parapet'], keys, skewSeconds: 0, grants: [{ models: ['*'] }] }]
  const { stream, code } = await opened(t, { issuers })
  const now = Math.floor(Date.now() / 1000)
  const exp = now + 1 + LIFE_MS / 1000
  const claims = { iss: ISSUER, aud: 'parapet', sub: 'ann', iat: now, exp }
  const token = await new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: 'one' }).sign(privateKey)
  const { text, at } = await stream(token)
  assert.match(text, /"finish_reason":"content_filter"/)
  assert.ok(at >= exp * 1000 && at < exp * 1000 + 2000, `${at - exp * 1000} ms after it`)
  assert.equal((await code()).code, 'unauthenticated')
})
