// Bodies that strangers send: too big, too deep, twice the same key, not what they claim, or never ending.
import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { parseStrictJson } from '../lib/strict-json.ts'
import { startTestServer, type TestServer } from './testing.ts'

const MIB = 1024 * 1024
let server: TestServer
let headers: Record<string, string>

before(async () => {
  server = await startTestServer({ settings: { limits: { headerSeconds: 1, requestSeconds: 2 } } })
  headers = (await server.person('owner')).headers
})
after(() => server.close())

const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`
const fit = (bytes: number) => JSON.stringify({ email: 'a@b.example', name: 'x'.repeat(bytes - 33) })
const send = (body: string, type = 'application/json') =>
  server.send('POST', '/api/accounts', { headers: { ...headers, 'content-type': type }, body })

describe('a body is refused', () => {
  const cases: [string, string, number, RegExp][] = [
    ['that is not JSON', '{"email":', 400, /not JSON/],
    ['that is empty', '', 400, /email/],
    ['that nests too deep', nested(65), 400, /nests deeper than 64/],
    ['that nests absurdly deep', '['.repeat(500_000) + ']'.repeat(500_000), 400, /nests deeper|not JSON/],
    ['that has a key twice', '{"email":"a@b.example","email":"c@d.example","name":"x"}', 400, /"email" is there twice/],
    ['that has a key twice, once escaped', String.raw`{"name":"x","n\u0061me":"y"}`, 400, /"name" is there twice/],
    ['that names a prototype', '{"__proto__":{"role":"owner"}}', 400, /"__proto__" is not allowed/],
    ['that names a prototype, escaped', String.raw`{"\u005f_proto__":1}`, 400, /"__proto__" is not allowed/],
    ['that names a constructor deep inside', '{"a":[{"constructor":{}}]}', 400, /"constructor" is not allowed/],
    ['that is a list', '[]', 400, /expected object/],
    ['that is null', 'null', 400, /email|object/],
    ['that has an unknown key', '{"email":"a@b.example","nam":"x"}', 400, /unknown key/],
  ]
  for (const [name, body, status, detail] of cases) {
    test(name, async () => {
      const answer = await send(body)
      assert.equal(answer.status, status)
      assert.match(String(answer.body['detail']) + JSON.stringify(answer.body['issues']), detail)
      assert.equal(answer.headers.get('content-type'), 'application/problem+json; charset=utf-8')
    })
  }
  for (const type of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/json-patch+json',
  ]) {
    test(`that is ${type}`, async () => assert.equal((await send('{}', type)).status, 415))
  }
  test('that is not UTF-8', () => {
    assert.throws(() => parseStrictJson(Buffer.from([0x22, 0xff, 0x22])), { code: 'input_invalid' })
  })
})

test('an unknown key is named with the nearest known one', async () => {
  const answer = await send('{"email":"a@b.example","nmae":"x"}')
  const issues = answer.body['issues'] as { path: string; suggestion?: string }[]
  assert.equal(issues.find((issue) => issue.path === 'nmae')?.suggestion, 'name')
})

test('a body just within the limit is read, one byte more is not', async () => {
  assert.equal(Buffer.byteLength(fit(MIB)), MIB)
  assert.equal((await send(fit(MIB))).status, 400)
  assert.equal((await send(fit(MIB + 1))).status, 413)
})

test('100 MB are refused at once, without being held', async () => {
  const before = process.memoryUsage.rss()
  const { head, sentBytes } = await upload(100 * MIB, { 'content-length': String(100 * MIB) })
  assert.match(head, /^HTTP\/1\.1 413 /)
  assert.ok(sentBytes < 20 * MIB, `${sentBytes} bytes went through`)
  assert.ok(process.memoryUsage.rss() - before < 64 * MIB)
})

test('100 MB in chunks of unknown length are refused after the limit', async () => {
  const { head, sentBytes } = await upload(100 * MIB, { 'transfer-encoding': 'chunked' })
  assert.match(head, /^HTTP\/1\.1 413 /)
  assert.ok(sentBytes < 20 * MIB, `${sentBytes} bytes went through`)
})

test('a stranger without a credential cannot make us read a body', async () => {
  const { head } = await upload(MIB, { 'content-length': String(MIB) }, '/api/accounts', {})
  assert.match(head, /^HTTP\/1\.1 401 /)
})

test('a client that dribbles its headers or its body is cut off', async () => {
  const started = performance.now()
  const [headersOnly, bodyOnly] = await Promise.all([
    dribble([
      'GET /healthz HTTP/1.1\r\n',
      'host: localhost\r\n',
      'x: y\r\n',
      'x: y\r\n',
      'x: y\r\n',
      'x: y\r\n',
      'x: y\r\n',
    ]),
    dribble([
      `POST /api/session HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n`,
      ...Array.from({ length: 9 }, () => ' '),
    ]),
  ])
  assert.match(headersOnly, /^HTTP\/1\.1 408 /)
  assert.match(bodyOnly, /^HTTP\/1\.1 408 |^$/)
  assert.ok(performance.now() - started < 8000)
})

test('headers without end, and what is no HTTP at all, are refused', async () => {
  const long = await raw(`GET /healthz HTTP/1.1\r\nhost: localhost\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`)
  assert.match(long, /^HTTP\/1\.1 431 /)
  assert.match(await raw('\u0016\u0003\u0001\r\n\r\n'), /^HTTP\/1\.1 400 /)
  const smuggled =
    'POST /api/session HTTP/1.1\r\nhost: localhost\r\ncontent-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n'
  assert.match(await raw(smuggled), /^HTTP\/1\.1 400 /)
  const twoHosts = 'GET /api/session HTTP/1.1\r\nhost: localhost\r\nhost: evil.example\r\nconnection: close\r\n\r\n'
  assert.match(await raw(twoHosts), /^HTTP\/1\.1 403 /)
})

/** Sends until the server stops reading. */
function upload(bytes: number, more: Record<string, string>, path = '/api/accounts', who = headers) {
  return new Promise<{ head: string; sentBytes: number }>((resolve) => {
    const socket = connect(server.server.address.port, '127.0.0.1')
    const chunked = more['transfer-encoding'] !== undefined
    const block = Buffer.alloc(64 * 1024, 0x20)
    let [head, left, sentBytes, over] = ['', bytes, 0, false]
    const done = () => {
      if (over) return
      over = true
      socket.destroy()
      resolve({ head, sentBytes })
    }
    const pour = () => {
      for (; left > 0; left -= block.length) {
        if (socket.destroyed) return
        if (chunked) socket.write(`${block.length.toString(16)}\r\n`)
        const more = socket.write(block)
        if (chunked) socket.write('\r\n')
        sentBytes += block.length
        if (!more) {
          left -= block.length
          return void socket.once('drain', pour)
        }
      }
    }
    socket.on('data', (data) => {
      head += data.toString('latin1')
      setTimeout(done, 50)
    })
    socket.on('error', done)
    socket.on('close', done)
    socket.on('connect', () => {
      const lines = Object.entries({ host: 'localhost', 'content-type': 'application/json', ...who, ...more })
      socket.write(`POST ${path} HTTP/1.1\r\n${lines.map(([key, value]) => `${key}: ${value}`).join('\r\n')}\r\n\r\n`)
      setTimeout(pour, 20)
    })
  })
}

/** One piece each 400 ms; resolves with what came back once the server closed. */
function dribble(pieces: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(server.server.address.port, '127.0.0.1')
    let text = ''
    let next = 0
    const timer = setInterval(() => {
      const piece = pieces[next++]
      if (piece !== undefined && socket.writable) socket.write(piece)
    }, 400)
    socket.on('data', (data) => (text += data.toString('latin1')))
    socket.on('error', () => undefined)
    socket.on('close', () => {
      clearInterval(timer)
      resolve(text)
    })
  })
}

function raw(text: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(server.server.address.port, '127.0.0.1', () => socket.write(text, 'latin1'))
    let got = ''
    socket.on('data', (data) => (got += data.toString('latin1')))
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(got))
  })
}
