// What other sites, other names and odd paths get out of a browser that is signed in: nothing.
import assert from 'node:assert/strict'
import { request } from 'node:http'
import { after, before, describe, test } from 'node:test'
import { checkPath, originOf } from './origins.ts'
import { startTestServer, type TestServer } from './testing.ts'

let server: TestServer
let headers: Record<string, string>

before(async () => {
  server = await startTestServer()
  headers = (await server.person('owner')).headers
})
after(() => server.close())

const change = (more: Record<string, string>) =>
  server.send('POST', '/api/accounts', { headers: more, body: { email: 'not an address', name: 'x' } })

describe('a change with a session', () => {
  const refused: [string, () => Record<string, string>][] = [
    ['without the header', () => ({ cookie: headers['cookie'] ?? '' })],
    ['with the header of another session', () => ({ ...headers, 'x-parapet-csrf': 'A'.repeat(43) })],
    ['from another site', () => ({ ...headers, 'sec-fetch-site': 'cross-site' })],
    ['from another port of the same machine', () => ({ ...headers, 'sec-fetch-site': 'same-site' })],
    ['with a foreign origin', () => ({ ...headers, origin: 'https://evil.example' })],
    ['with the null origin of a sandboxed frame', () => ({ ...headers, origin: 'null' })],
    ['with the right host on another port', () => ({ ...headers, origin: 'http://127.0.0.1:1' })],
  ]
  for (const [name, more] of refused) {
    test(`${name} is refused`, async () => {
      const answer = await change(more())
      assert.equal(answer.status, 403)
      assert.equal(answer.body['code'], 'forbidden')
    })
  }
  test('from our own page gets through to the schema', async () => {
    assert.equal((await change(headers)).status, 400)
    assert.equal((await change({ ...headers, origin: server.url, 'sec-fetch-site': 'same-origin' })).status, 400)
  })
  test('from another site is refused at the sign-in as well', async () => {
    const body = { email: 'a@b.example', password: 'x' }
    const answer = await server.send('POST', '/api/session', { body, headers: { origin: 'https://evil.example' } })
    assert.equal(answer.status, 403)
  })
  test('a read by a page on another port is refused too', async () => {
    const more = { ...headers, 'sec-fetch-site': 'same-site' }
    assert.equal((await server.send('GET', '/api/accounts', { headers: more })).status, 403)
  })
})

describe('the Host header', () => {
  for (const [host, status] of [
    ['localhost', 200],
    ['127.0.0.1:1234', 200],
    ['[::1]', 200],
    ['evil.example', 403],
    ['localhost.evil.example', 403],
    ['127.0.0.1.nip.io', 403],
    ['localhost@evil.example', 403],
  ] as const) {
    test(`"${host}" → ${status}`, async () => {
      assert.equal(await statusOf(server.server.address.port, '/api/session', { host }), status)
    })
  }
  test('does not matter for a liveness probe', async () => {
    assert.equal(await statusOf(server.server.address.port, '/healthz', { host: '10.0.0.7:8787' }), 200)
  })
})

test('further names come from publicUrl and allowedHosts', async () => {
  const own = await startTestServer({
    settings: { publicUrl: 'https://parapet.example', allowedHosts: ['inside.example'] },
  })
  try {
    const port = own.server.address.port
    for (const host of ['parapet.example', 'inside.example:8080']) {
      assert.equal(await statusOf(port, '/api/session', { host }), 200, host)
    }
    assert.equal(await statusOf(port, '/api/session', { host: 'other.example' }), 403)
  } finally {
    await own.close()
  }
})

test('behind TLS the public address is the origin, the cookie is bound to it and browsers must keep to TLS', async (t) => {
  const settings = { publicUrl: 'https://parapet.example', behindTls: true }
  const own = await startTestServer({ settings }, t)
  try {
    const { headers } = await own.person('owner')
    const cookie = (headers['cookie'] ?? '').replace('parapet=', '__Host-parapet=')
    const mine = { cookie, 'x-parapet-csrf': headers['x-parapet-csrf'] ?? '', origin: 'https://parapet.example' }
    const answer = await own.send('DELETE', '/api/session', { headers: mine })
    assert.equal(answer.status, 200)
    assert.match(
      answer.headers.get('set-cookie') ?? '',
      /^__Host-parapet=; Path=\/; HttpOnly; SameSite=Strict; Max-Age=0; Secure$/,
    )
    assert.match(answer.headers.get('strict-transport-security') ?? '', /max-age=\d+/)
    const plain = await own.send('GET', '/api/accounts', { headers: { cookie: headers['cookie'] ?? '' } })
    assert.equal(plain.status, 401)
  } finally {
    await own.close()
  }
})

test('each reply tells the browser to be strict', async () => {
  for (const path of [
    '/healthz',
    '/api/session',
    '/api/nothing',
    '/nothing',
    '/api/accounts',
    '/%zz',
    `/api/accounts/${'a'.repeat(2000)}`,
  ]) {
    const { headers } = await server.send('GET', path)
    assert.match(
      headers.get('content-security-policy') ?? '',
      /^default-src 'none'; script-src 'self'; style-src 'self';/,
    )
    assert.doesNotMatch(headers.get('content-security-policy') ?? '', /unsafe|\*/)
    assert.equal(headers.get('x-content-type-options'), 'nosniff')
    assert.equal(headers.get('referrer-policy'), 'no-referrer')
    assert.equal(headers.get('cross-origin-opener-policy'), 'same-origin')
    assert.equal(headers.get('cross-origin-resource-policy'), 'same-origin')
    assert.equal(headers.get('access-control-allow-origin'), null)
  }
})

test('paths that two programs could read differently are refused', () => {
  for (const path of [
    '//evil',
    '/a//b',
    '/a/../b',
    '/a/./b',
    '/%2e%2e/b',
    '/a%2Fb',
    '/a%5cb',
    '/a\\b',
    '/%00',
    'http://x/',
    '*',
    `/${'a'.repeat(5000)}`,
  ]) {
    assert.throws(() => checkPath(path), { code: 'input_invalid' }, path)
  }
  for (const path of ['/', '/api/x?next=//evil/../', '/catalog/LLM01:2026', '/a.b/c..d', '/welcome%20x'])
    checkPath(path)
})

test('the origin is the public one where TLS is in front, else what the browser called us', () => {
  const config = { host: '127.0.0.1', allowedHosts: [], behindTls: false, publicUrl: undefined }
  assert.equal(originOf('localhost:8787', config), 'http://localhost:8787')
  assert.equal(originOf('p.example', { ...config, publicUrl: 'https://p.example' }), 'https://p.example')
  assert.equal(
    originOf('127.0.0.1:8787', { ...config, publicUrl: 'https://p.example', behindTls: true }),
    'https://p.example',
  )
})

function statusOf(port: number, path: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const call = request({ host: '127.0.0.1', port, path, headers, agent: false }, (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
    call.on('error', reject)
    call.end()
  })
}
