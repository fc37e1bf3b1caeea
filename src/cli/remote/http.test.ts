import assert from 'node:assert/strict'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test, type TestContext } from 'node:test'
import { Failure } from '../../lib/failure.ts'
import { httpTransport } from './http.ts'
import { openTransport } from './open.ts'

type Answer = (request: IncomingMessage, response: ServerResponse) => void

async function serving(t: TestContext, answer: Answer): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  t.after(() => server.close().closeAllConnections())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const GET = { method: 'GET', path: '/api/x?a=1', body: undefined } as const

test('method, path, token and body arrive as they are', async (t) => {
  let seen: unknown
  const url = await serving(t, async (request, response) => {
    const chunks = await request.toArray()
    const { method, url: path, headers } = request
    seen = { method, path, auth: headers.authorization, body: Buffer.concat(chunks).toString() }
    response.end('{"done":true}')
  })
  const transport = httpTransport(url, 'pp_secret')
  assert.deepEqual(await transport.send({ method: 'POST', path: '/api/x', body: { a: 1 } }), { done: true })
  assert.deepEqual(seen, { method: 'POST', path: '/api/x', auth: 'Bearer pp_secret', body: '{"a":1}' })
})

test('a problem becomes the failure that the server meant, with its issues', async (t) => {
  const url = await serving(t, (_, response) => {
    const issues = [{ path: 'role', message: 'expected "owner"', suggestion: 'owner' }, { junk: 1 }]
    response.writeHead(400).end(JSON.stringify({ code: 'input_invalid', detail: 'no', hint: 'do', issues }))
  })
  await assert.rejects(httpTransport(url, undefined).send(GET), (error) => {
    assert(error instanceof Failure)
    assert.deepEqual([error.code, error.message, error.hint], ['input_invalid', 'no', 'do'])
    assert.deepEqual(error.issues, [{ path: 'role', message: 'expected "owner"', suggestion: 'owner' }])
    return true
  })
})

const STRANGE: [what: string, answer: Answer, code: string][] = [
  ['a page of a proxy', (_, response) => response.end('<html>'), 'unavailable'],
  ['a problem of somebody else', (_, response) => response.writeHead(500).end('{"oops":1}'), 'unavailable'],
  [
    'a redirect, which would carry the token away',
    (_, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
    'upstream_unreachable',
  ],
  ['a connection that breaks', (request) => request.socket.destroy(), 'upstream_unreachable'],
]

for (const [what, answer, code] of STRANGE) {
  test(`${what} is reported as ${code}`, async (t) => {
    const transport = httpTransport(await serving(t, answer), 'pp_x')
    await assert.rejects(
      transport.send(GET),
      (error) => error instanceof Failure && error.code === code && !!error.hint,
    )
  })
}

for (const url of ['http://parapet.example', 'ftp://127.0.0.1', 'parapet.example', 'http://127.0.0.1.example.com']) {
  test(`--url ${url} is refused before anything is sent`, async () => {
    const call = { args: [], flags: { url }, io: { env: {} } } as unknown as Parameters<typeof openTransport>[0]
    await assert.rejects(openTransport(call), (error) => error instanceof Failure && error.code === 'input_invalid')
  })
}
