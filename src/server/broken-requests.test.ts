// Requests that never come whole: whoever asks a model hears so in the words of its API, and everybody else in ours.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { after, before, test } from 'node:test'
import { startTestServer, type TestServer } from './testing.ts'

let server: TestServer
let key: string
before(async () => {
  server = await startTestServer({ settings: { limits: { headerSeconds: 1, requestSeconds: 2 } } })
  const { headers } = await server.person('owner')
  key = String((await server.send('POST', '/api/keys', { headers, body: { name: 'slow' } })).body['secret'])
})
after(() => server.close())

async function raw(text: string): Promise<{ status: number; type: string; body: Record<string, unknown> }> {
  const socket = connect(server.server.address.port, '127.0.0.1')
  let got = ''
  socket.on('data', (data) => (got += data.toString())).on('error', () => undefined)
  socket.write(text)
  await once(socket, 'close')
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(got)?.[1])
  const type = /^content-type: (.+?)\r?$/im.exec(got)?.[1] ?? ''
  return { status, type, body: JSON.parse(got.slice(got.indexOf('\r\n\r\n') + 4)) as Record<string, unknown> }
}

const begun = (path: string, more: string) =>
  `POST ${path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\nauthorization: Bearer ${key}\r\n${more}`

const WAYS: [title: string, status: number, more: string][] = [
  ['that stops in its body', 408, 'content-length: 100\r\n\r\n{"model":'],
  ['whose chunks cannot be read', 400, 'transfer-encoding: chunked\r\n\r\nzz\r\n'],
]
const OURS: Record<string, (body: Record<string, unknown>) => unknown> = {
  '/v1/chat/completions': ({ error }) => (error as { type: string }).type === 'invalid_request_error',
  '/v1/messages': ({ type, error }) => type === 'error' && (error as { message: string }).message,
  '/v1beta/models/m:generateContent': ({ error }) => (error as { status: string }).status === 'INVALID_ARGUMENT',
}
for (const [title, status, more] of WAYS) {
  for (const [path, isOurs] of Object.entries(OURS))
    test(`one ${title} at ${path}`, async () => {
      const said = await raw(begun(path, more))
      assert.deepEqual([said.status, said.type], [status, 'application/json; charset=utf-8'])
      assert.ok(isOurs(said.body), JSON.stringify(said.body))
    })
}

test('headers that never end belong to nobody yet', async () => {
  const said = await raw('POST /v1/messages HTTP/1.1\r\nhost: localhost\r\n')
  assert.deepEqual([said.status, said.type], [408, 'application/problem+json; charset=utf-8'])
})
