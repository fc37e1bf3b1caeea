// The door for models as strangers find it: raw sockets against the whole server, with requests that are built to be
// understood in two ways, to go elsewhere, to carry more than they show, or to be no HTTP at all.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { startTestServer, type TestServer } from './testing.ts'

const MIB = 1024 * 1024
const PATH = '/v1/chat/completions'
const CHAT = JSON.stringify({ model: 'demo/assistant', messages: [{ role: 'user', content: 'Hello' }] })
let server: TestServer
let key: string

before(async () => {
  server = await startTestServer({ settings: { gateway: { bodyBytes: MIB } } })
  const { headers } = await server.person('owner')
  const made = await server.send('POST', '/api/keys', { headers, body: { name: 'door' } })
  key = String(made.body['secret'])
  assert.equal(made.status, 200)
  // The first call makes detection ready, which takes longer than any other.
  await stillServes()
})
after(() => server.close())

/** What comes back until the server closes, or says nothing more for a while. */
async function raw(...pieces: readonly (string | Buffer)[]): Promise<string> {
  const socket = connect(server.server.address.port, '127.0.0.1')
  let got = ''
  socket.on('data', (data) => (got += data.toString('latin1'))).on('error', () => undefined)
  socket.setTimeout(3000, () => socket.destroy())
  await once(socket, 'connect')
  for (const piece of pieces) socket.write(piece)
  if (!socket.destroyed) await once(socket, 'close')
  return got
}

const lines = (method: string, path: string, more: readonly string[]) =>
  [`${method} ${path} HTTP/1.1`, 'host: localhost', `authorization: Bearer ${key}`, ...more, '', ''].join('\r\n')
const post = (body: string | Buffer, more: readonly string[] = ['connection: close'], path = PATH) => [
  lines('POST', path, ['content-type: application/json', `content-length: ${body.length}`, ...more]),
  body,
]
const statuses = (answer: string) => [...answer.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status))

async function stillServes(): Promise<void> {
  assert.deepEqual(statuses(await raw(...post(CHAT))), [200])
}

test('a plain request is answered, and the next one on the same connection too', async () => {
  assert.deepEqual(statuses(await raw(...post(CHAT, []), ...post(CHAT))), [200, 200])
})

test('what is asked for with GET is answered to HEAD without its body, and the next request on the connection too', async () => {
  for (const path of ['/v1/models', '/v1beta/models', '/v1/models?limit=1']) {
    const head = await raw(lines('HEAD', path, []), ...post(CHAT))
    assert.deepEqual(statuses(head), [200, 200], path)
    const got = await raw(lines('GET', path, ['connection: close']))
    const [, length = ''] = /content-length: (\d+)/i.exec(got) ?? []
    assert.equal(/content-length: (\d+)/i.exec(head)?.[1], length)
    assert.equal(got.slice(got.indexOf('\r\n\r\n') + 4).length, Number(length))
    assert.match(head, /\r\n\r\nHTTP\/1.1 200/)
  }
})

describe('a request that could be two is one at most', () => {
  const hidden = lines('GET', '/v1/models', [])
  const cases: [title: string, statuses: number[], ...pieces: (string | Buffer)[]][] = [
    [
      'a length and chunks',
      [400],
      lines('POST', PATH, ['content-type: application/json', 'content-length: 4', 'transfer-encoding: chunked']),
      `0\r\n\r\n${hidden}`,
    ],
    [
      'two lengths',
      [400],
      lines('POST', PATH, ['content-type: application/json', 'content-length: 0', `content-length: ${hidden.length}`]),
      hidden,
    ],
    ['a length with a sign', [400], lines('POST', PATH, ['content-length: +5']), 'hello'],
    ['a length that is no number', [400], lines('POST', PATH, ['content-length: 0x5']), 'hello'],
    ['chunks under another name', [400], lines('POST', PATH, ['transfer-encoding: chunked, identity']), `0\r\n\r\n`],
    ['a space before the colon', [400], lines('POST', PATH, ['content-length : 5']), 'hello'],
    ['a header that goes on in the next line', [400], lines('POST', PATH, ['x-a: b', ' content-length: 5']), 'hello'],
    ['a line feed alone', [400], `POST ${PATH} HTTP/1.1\nhost: localhost\ncontent-length: 0\n\n`],
    [
      'a chunk with a size that lies',
      [400],
      lines('POST', PATH, ['transfer-encoding: chunked']),
      'zz\r\nhello\r\n0\r\n\r\n',
    ],
    ['a zero byte in a header', [400], lines('POST', PATH, ['x-a: b\0c'])],
    [
      'an old version with chunks',
      [400],
      `POST ${PATH} HTTP/1.0\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`,
    ],
  ]
  for (const [title, wanted, ...pieces] of cases)
    test(title, async () => {
      const answer = await raw(...pieces)
      const [first = 0, ...rest] = statuses(answer)
      assert.ok(wanted.includes(first) || (first >= 400 && first < 500), `it was answered with ${first}`)
      assert.deepEqual(rest, [], 'what was hidden in it was answered')
      assert.ok(!answer.includes('"object":"list"'))
      await stillServes()
    })
})

test(
  'what is no request, behind a stream that is under way, ends the connection and writes nothing into the stream',
  { timeout: 20_000 },
  async () => {
    const upstream = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write('data: {"id":"c","choices":[{"index":0,"delta":{"role":"assistant","content":"Hello. "}}]}\n\n')
    }).listen(0, '127.0.0.1')
    await once(upstream, 'listening')
    const url = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}/v1`
    const slow = await startTestServer({
      settings: {
        upstreams: { slow: { provider: 'openai-compatible', url, private: true } },
        routes: { slow: { models: ['slow'], upstreams: ['slow'] } },
      },
    })
    const { headers } = await slow.person('owner')
    const { body: made } = await slow.send('POST', '/api/keys', { headers, body: { name: 'slow' } })
    const body = JSON.stringify({ model: 'slow', stream: true, messages: [{ role: 'user', content: 'Hello' }] })
    const socket = connect(slow.server.address.port, '127.0.0.1')
    let got = ''
    socket.on('data', (data) => {
      if (got === '') socket.write('no request at all\r\n\r\n')
      got += data.toString('latin1')
    })
    socket.on('error', () => undefined)
    socket.write(
      `POST ${PATH} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${String(made['secret'])}\r\n` +
        `content-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    )
    await once(socket, 'close')
    assert.deepEqual(statuses(got), [200])
    await slow.close()
    upstream.closeAllConnections()
    upstream.close()
  },
)

describe('a path that means another', () => {
  const paths = [
    '/v1/../api/accounts',
    '/v1/%2e%2e/api/accounts',
    '/v1//chat/completions',
    '/v1/chat/completions/',
    '/v1/chat\\completions',
    '/v1/chat/completions%00',
    '/v1/chat/completions;x=1',
    '//v1/chat/completions',
    '/V1/chat/completions',
    '/v1/chat/completions%3fx',
    '/v1/./chat/completions',
  ]
  for (const path of paths)
    test(`${path} leads nowhere`, async () => {
      const [status = 0] = statuses(await raw(...post(CHAT, ['connection: close'], path)))
      assert.ok(status === 404 || status === 400 || status === 401 || status === 405, `${path}: ${status}`)
    })
  test('an address with a host in front leads nowhere else', async () => {
    const answer = await raw(...post(CHAT, ['connection: close'], `http://169.254.169.254${PATH}`))
    assert.ok((statuses(answer)[0] ?? 0) >= 400)
  })
})

describe('a body that is packed', () => {
  const packings = {
    gzip: gzipSync,
    br: brotliCompressSync,
    deflate: deflateSync,
    'deflate, without its frame': deflateRawSync,
    zstd: zstdCompressSync,
  }
  const bomb = Buffer.alloc(200 * MIB, 0x20)
  for (const [name, pack] of Object.entries(packings)) {
    const packed = name === 'br' ? brotliCompressSync(bomb, { params: { 0: 1, 1: 1 } }) : pack(bomb)
    test(`with ${name} is unpacked, but no further than it may be`, async () => {
      const more = [`content-encoding: ${name.replace(/,.*/, '')}`, 'connection: close']
      assert.deepEqual(statuses(await raw(...post(pack(CHAT), more))), [200])
      const before = process.memoryUsage.rss()
      assert.deepEqual(statuses(await raw(...post(packed, more))), [413])
      assert.ok(process.memoryUsage.rss() - before < 48 * MIB)
    })
    test(`with ${name}, and cut off, is refused`, async () => {
      const half = pack(CHAT).subarray(0, 20)
      assert.deepEqual(
        statuses(await raw(...post(half, [`content-encoding: ${name.replace(/,.*/, '')}`, 'connection: close']))),
        [400],
      )
    })
  }
  for (const [name, pack] of Object.entries(packings)) {
    const more = [`content-encoding: ${name.replace(/,.*/, '')}`, 'connection: close']
    test(`with ${name}, in two pieces, is read whole`, async () => {
      const [first, second] = [CHAT.slice(0, 20), CHAT.slice(20)].map((part) => pack(part))
      assert.deepEqual(
        statuses(await raw(...post(Buffer.concat([first ?? [], second ?? []] as Buffer[]), more))),
        [200],
      )
    })
    test(`with ${name}, and more behind it, is refused`, async () => {
      const behind = Buffer.concat([pack(CHAT), Buffer.from('more')])
      assert.deepEqual(statuses(await raw(...post(behind, more))), [400])
    })
  }
  test('in very many pieces is no longer than one may be', async () => {
    const piece = zstdCompressSync(Buffer.alloc(MIB, 0x20))
    const pieces = Buffer.concat(Array.from({ length: 100 }, () => piece))
    assert.deepEqual(statuses(await raw(...post(pieces, ['content-encoding: zstd', 'connection: close']))), [413])
    const nothing = zstdCompressSync('')
    const empty = Buffer.concat(Array.from({ length: 10_000 }, () => nothing))
    assert.deepEqual(statuses(await raw(...post(empty, ['content-encoding: zstd', 'connection: close']))), [400])
  })
  test('twice is refused', async () => {
    const twice = gzipSync(gzipSync(CHAT))
    assert.deepEqual(statuses(await raw(...post(twice, ['content-encoding: gzip, gzip', 'connection: close']))), [415])
  })
})

test('100 MB are refused without being held', async () => {
  const before = process.memoryUsage.rss()
  const block = Buffer.alloc(MIB, 0x20)
  const head = lines('POST', PATH, ['content-type: application/json', `content-length: ${100 * MIB}`])
  const answer = await raw(head, ...Array.from({ length: 100 }, () => block))
  assert.deepEqual(statuses(answer), [413])
  assert.ok(process.memoryUsage.rss() - before < 160 * MIB, 'the client itself holds a hundred')
  await stillServes()
})

describe('what a client names comes back in no header', () => {
  test('a model with line ends', async () => {
    const body = JSON.stringify({ model: 'x\r\nset-cookie: a=b', messages: [{ role: 'user', content: 'x' }] })
    const answer = await raw(...post(body))
    assert.deepEqual(statuses(answer), [404])
    assert.doesNotMatch(answer, /^set-cookie/m)
  })
  test('a setting with line ends', async () => {
    const odd = { 'x\r\nset-cookie: a=b': 1, seed: 3 }
    const body = JSON.stringify({
      model: 'demo/assistant',
      max_tokens: 9,
      messages: [{ role: 'user', content: 'x' }],
      ...odd,
    })
    const answer = await raw(...post(body, ['connection: close'], '/v1/messages'))
    assert.deepEqual(statuses(answer), [200])
    assert.match(answer, /^x-parapet-left-out: seed\r$/m)
    assert.doesNotMatch(answer, /^set-cookie/m)
  })
})

describe('a protocol that is not served says so in its own words', () => {
  const upgrade = [
    'connection: Upgrade, close',
    'upgrade: websocket',
    'sec-websocket-version: 13',
    'sec-websocket-key: eA==',
  ]

  test('realtime over WebSocket', async () => {
    const answer = await raw(lines('GET', '/v1/realtime?model=gpt-realtime', upgrade))
    assert.deepEqual(statuses(answer), [403])
    assert.match(answer, /"code":"forbidden"/)
    assert.match(answer, /no control could look into it/)
  })
  test('MCP', async () => {
    const call = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params: {} })
    const answer = await raw(...post(call, ['connection: close'], '/mcp/files'))
    assert.deepEqual(statuses(answer), [404])
    const body = JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4))
    assert.deepEqual([body.jsonrpc, body.id, body.error.data], ['2.0', null, { code: 'not_found' }])
    assert.match(body.error.message, /not served yet/)
  })
  test('HTTP/2 without TLS, and TLS itself', async () => {
    for (const opening of ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', Buffer.from([22, 3, 1, 2, 0, 1, 0, 1, 252, 3, 3])]) {
      const answer = await raw(opening, '\r\n\r\n')
      assert.ok(answer === '' || (statuses(answer)[0] ?? 0) >= 400)
    }
    await stillServes()
  })
})
