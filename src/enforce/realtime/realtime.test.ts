// Realtime sessions over real sockets: refused unless the route says otherwise, and then let through with what counts, and
// marked as unguarded wherever somebody might take them for guarded.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, request } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { describe, test, type TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { promisify } from 'node:util'
import fc from 'fast-check'
import type { WebSocket as UndiciSocket } from 'undici'
import { testBudget } from '../spend/testing.ts'
import { over, startGateway, TEST_KEY, type TestGatewayOptions } from '../testing.ts'
import { closeFrame, FrameEnds } from './frame-ends.ts'

// Node's own: to import undici whole would give the pools of the gateway methods that they lack in the program.
const NodeSocket = globalThis.WebSocket as unknown as typeof UndiciSocket

const PATH = '/v1/realtime?model=live'
const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'
const acceptOf = (key: string) =>
  createHash('sha1')
    .update(key + GUID)
    .digest('base64')

function frame(text: string): Buffer {
  const payload = Buffer.from(text)
  const head = payload.length < 126 ? Buffer.from([0x81, payload.length]) : Buffer.from([0x81, 126, payload.length >> 8, payload.length & 255]) // prettier-ignore
  return Buffer.concat([head, payload])
}

/** Of a client's frame that came whole and is short. */
function textOf(bytes: Buffer): string {
  const mask = bytes.subarray(2, 6)
  return Buffer.from(bytes.subarray(6).map((byte, i) => byte ^ (mask[i % 4] ?? 0))).toString()
}

type Answer = (socket: Duplex, key: string) => void
const welcome = (socket: Duplex, key: string, more = '') =>
  void socket.write(`HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-accept: ${acceptOf(key)}\r\n${more}\r\n`) // prettier-ignore

const echo: Answer = (socket, key) => {
  welcome(socket, key)
  socket.write(frame('hello'))
  socket.on('end', () => socket.end())
  socket.on('data', (bytes: Buffer) => {
    if ((bytes[0] ?? 0) === 0x88) socket.end(closeFrame(1000, ''))
    else socket.write(frame(`you said ${textOf(bytes)}`))
  })
}

/** Says more and more. */
const flood: Answer = (socket, key) => {
  welcome(socket, key)
  const timer = setInterval(() => socket.write(frame('x'.repeat(500))), 1)
  socket.once('close', () => clearInterval(timer))
}

async function startRealtime(t: TestContext, answer: Answer = echo) {
  const seen: { url: string; headers: IncomingHttpHeaders }[] = []
  const sockets: Duplex[] = []
  const server = createServer((_, response) => response.writeHead(401).end('no'))
  server.on('upgrade', ({ url = '', headers }, socket) => {
    seen.push({ url, headers })
    sockets.push(socket)
    socket.on('error', () => undefined)
    answer(socket, headers['sec-websocket-key'] ?? '')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen, sockets }
}

async function open(
  t: TestContext,
  {
    answer,
    realtime = 'unguarded',
    ...more
  }: Partial<TestGatewayOptions> & { answer?: Answer; realtime?: string } = {},
) {
  const upstream = await startRealtime(t, answer)
  const gateway = await startGateway(t, {
    upstreams: { live: { provider: 'openai', url: upstream.url, key: 'sk-live' } },
    routes: { talk: { models: ['live'], upstreams: ['live'], realtime } },
    ...more,
  })
  const connect = (headers: Record<string, string> = {}) => {
    const url = gateway.url.replace('http', 'ws') + PATH
    const socket = new NodeSocket(url, { headers: { authorization: `Bearer ${TEST_KEY}`, ...headers } })
    const messages: string[] = []
    socket.addEventListener('message', ({ data }) => messages.push(String(data)))
    const closed = new Promise<{ code: number; reason: string }>((resolve) => socket.addEventListener('close', resolve))
    const opened = new Promise<void>((resolve) => socket.addEventListener('open', () => resolve()))
    socket.addEventListener('error', () => undefined)
    return { socket, messages, closed, opened }
  }
  return { upstream, gateway, connect }
}

/** A handshake by hand: what is said in place of 101. */
async function refusal(url: string, path = PATH, headers: Record<string, string> = {}) {
  const asked = request(url + path, {
    headers: {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': Buffer.alloc(16, 1).toString('base64'),
      authorization: `Bearer ${TEST_KEY}`,
      ...headers,
    },
  })
  asked.end()
  asked.on('upgrade', (_, socket) => socket.destroy())
  const { promise, resolve } = Promise.withResolvers<number>()
  asked.on('upgrade', () => resolve(101))
  asked.on('error', () => resolve(0))
  let text = ''
  asked.on('response', (response) => {
    response.on('data', (chunk) => (text += String(chunk)))
    response.on('end', () => resolve(response.statusCode ?? 0))
  })
  return { status: await promise, text }
}

const until = async (isSo: () => boolean) => {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 2))
}

test('a session is let through where the route says so, marked as unguarded, with the upstream’s own key', async (t) => {
  const { upstream, gateway, connect } = await open(t)
  const { socket, messages, closed, opened } = connect({
    'x-secret': 'mine',
    cookie: 'a=b',
    'openai-beta': 'realtime=v1',
  })
  await opened
  socket.send('tulip')
  await until(() => messages.length === 2)
  assert.deepEqual(messages, ['hello', 'you said tulip'])
  socket.close(1000)
  await closed
  const [{ url, headers } = { url: '', headers: {} }] = upstream.seen
  assert.equal(url, '/v1/realtime?model=live')
  assert.equal(headers.authorization, 'Bearer sk-live')
  assert.deepEqual([headers['x-secret'], headers.cookie, headers['openai-beta'], headers['sec-websocket-extensions']], [undefined, undefined, 'realtime=v1', undefined]) // prettier-ignore
  const exchange = await over(gateway)
  assert.partialDeepStrictEqual(exchange, { status: 101, outcome: 'answered', unguarded: true, route: 'talk', keyId: 'key_test', upstream: 'live', wire: 'openai-realtime' }) // prettier-ignore
  assert.ok(exchange.bytesIn > 5 && exchange.bytesOut > 20)
  assert.ok(exchange.verdicts.every(({ guard }) => guard !== 'prompt-injection-io-handling'))
  assert.equal(gateway.gateway.active, 0)
})

test('the answer to the handshake says that nothing guards the session', async (t) => {
  const { gateway } = await open(t)
  const asked = request(gateway.url + PATH, {
    headers: { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13', 'sec-websocket-key': Buffer.alloc(16).toString('base64'), authorization: `Bearer ${TEST_KEY}` }, // prettier-ignore
  })
  asked.end()
  const [response, socket] = await once(asked, 'upgrade')
  socket.destroy()
  assert.equal(response.headers['x-parapet-unguarded'], 'realtime')
  assert.equal(response.headers['x-request-id'], (await over(gateway)).id)
})

describe('a session is refused', () => {
  const cases: [
    title: string,
    status: number,
    words: RegExp,
    options: object,
    headers?: Record<string, string>,
    path?: string,
  ][] = [
    ['where the route says nothing', 403, /realtime: unguarded/, { realtime: 'refuse' }],
    ['with no key', 401, /gateway key/, {}, { authorization: '' }],
    ['with a key that is none', 401, /not valid/, {}, { authorization: 'Bearer gw_no' }],
    ['of a model that this key has not', 404, /no model/, {}, {}, '/v1/realtime?model=other'],
    ['of no model', 400, /one model/, {}, {}, '/v1/realtime'],
    ['of two models', 400, /one model/, {}, {}, `${PATH}&model=other`],
    ['that is no handshake', 400, /handshake/, {}, { 'sec-websocket-version': '8' }],
    [
      'with a key among the protocols',
      400,
      /no key/,
      {},
      { 'sec-websocket-protocol': 'realtime, openai-insecure-api-key.sk-x' },
    ],
    ['that asks for guards', 403, /no guard looks/, {}, { 'x-parapet-guards': 'prompt-injection-io-handling=enforce' }],
    ['that names another route', 403, /another route/, {}, { 'x-parapet-route': 'other' }],
    ['with a header that is not known', 400, /x-parapet-/, {}, { 'x-parapet-realtime': 'unguarded' }],
    [
      'where a feature is not granted',
      403,
      /not granted/,
      { guards: { 'model-access-control': { features: ['streaming', 'tools'] } } },
    ],
    [
      'under a budget that cannot say what it would cost',
      403,
      /nobody can say/,
      { budgets: [testBudget()], prices: { live: { input: 1, output: 1 } } },
    ],
    [
      'by an upstream that wants no WebSocket',
      502,
      /./,
      { answer: (socket: Duplex) => void socket.end('HTTP/1.1 401 No\r\ncontent-length: 0\r\n\r\n') },
    ],
    [
      'by an upstream that answers something else',
      502,
      /./,
      { answer: (socket: Duplex) => void socket.end('nonsense\r\n\r\n') },
    ],
    [
      'by an upstream that did not mean this handshake',
      502,
      /as it was asked/,
      { answer: (socket: Duplex) => welcome(socket, 'other') },
    ],
    [
      'by an upstream that changes frames',
      502,
      /as it was asked/,
      {
        answer: (socket: Duplex, key: string) =>
          welcome(socket, key, 'sec-websocket-extensions: permessage-deflate\r\n'),
      },
    ],
  ]
  for (const [title, status, words, options, headers, path] of cases)
    test(title, async (t) => {
      const { gateway } = await open(t, options)
      const said = await refusal(gateway.url, path, headers)
      assert.equal(said.status, status, said.text)
      assert.match(said.text, words)
      assert.ok(JSON.parse(said.text).error.message)
      const exchange = await over(gateway)
      assert.deepEqual(
        [exchange.outcome === 'refused' || exchange.outcome === 'blocked', exchange.status],
        [true, status],
      )
    })

  test('by an upstream whose name leads into a private network', async (t) => {
    const { gateway } = await open(t, {
      upstreams: { live: { provider: 'openai', url: 'http://localhost.localdomain:9', key: 'sk-live' } },
    })
    const said = await refusal(gateway.url)
    assert.equal(said.status, 502, said.text)
    assert.doesNotMatch(said.text, /101/)
  })
})

test('what asks for any other upgrade is answered as if it had not asked', async (t) => {
  const { gateway } = await open(t)
  assert.equal((await refusal(gateway.url, '/v1/models')).status, 200)
  assert.equal((await refusal(gateway.url, PATH, { upgrade: 'h2c' })).status, 403)
})

test('the time of a session is over for both ends, and it is told why', async (t) => {
  const { upstream, gateway, connect } = await open(t, { guards: { 'limit-resources': { seconds: 0.3 } } })
  const { closed, opened } = connect()
  await opened
  const { code, reason } = await closed
  assert.equal(code, 1008)
  assert.match(reason, /longer than the 0\.3 s/)
  await until(() => upstream.sockets[0]?.destroyed === true)
  const exchange = await over(gateway)
  assert.deepEqual([exchange.outcome, exchange.decisions.at(-1)?.because], ['blocked', ['limit-resources']])
})

test('a session has a bound of bytes', async (t) => {
  const { gateway, connect } = await open(t, { answer: flood, limits: { streamBytes: 20_000 } })
  const { closed, messages } = connect()
  const { code } = await closed
  assert.equal(code, 1009)
  assert.ok(messages.join('').length < 21_000)
  assert.partialDeepStrictEqual(await over(gateway), { outcome: 'broken', code: 'too_large' })
})

test('a gateway that stops ends its sessions', async (t) => {
  const { gateway, connect } = await open(t)
  const { closed, opened } = connect()
  await opened
  await gateway.gateway.drain()
  assert.match((await closed).reason, /stopping/)
  assert.equal(gateway.gateway.active, 0)
  assert.equal((await refusal(gateway.url)).status, 503)
})

test('under a budget the operator’s word for what a session costs is reserved, and settled', async (t) => {
  const budget = testBudget({ unit: 'tokens', limit: 5000 })
  const guards = { 'limit-resources': { openEndedTokens: 1500, unsaidOutputTokens: 1000 } }
  const { gateway, connect } = await open(t, { budgets: [budget], guards })
  const first = connect()
  await first.opened
  assert.equal((await refusal(gateway.url)).status, 429, 'what is left is reserved')
  first.socket.close()
  await first.closed
  await over(gateway, 2)
  assert.equal(await gateway.spent(budget), 3000)
})

async function openTls(t: TestContext) {
  const folder = await mkdtemp(join(tmpdir(), 'parapet-tls-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const [keyFile, certFile] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const names = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1']
  await promisify(execFile)('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2', '-keyout', keyFile, '-out', certFile, ...names]) // prettier-ignore
  const [key, cert] = await Promise.all([readFile(keyFile), readFile(certFile, 'utf8')])
  const server = createTlsServer({ key, cert })
  const upgrades: IncomingHttpHeaders[] = []
  server.on('upgrade', ({ headers }, socket) => {
    upgrades.push(headers)
    echo(socket, headers['sec-websocket-key'] ?? '')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => server.close())
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { cert, upgrades, ...(await open(t, { upstreams: { live: { provider: 'openai', url, key: 'sk-live' } } })) }
}

describe('an upstream behind TLS', () => {
  test('whose certificate nobody vouches for is not spoken to', async (t) => {
    const { gateway, upgrades } = await openTls(t)
    const said = await refusal(gateway.url)
    assert.deepEqual([said.status, upgrades.length], [502, 0])
    assert.match(said.text, /DEPTH_ZERO_SELF_SIGNED_CERT/)
  })

  test('whose certificate is in order is spoken to, both ways', async (t) => {
    const { gateway, upgrades, cert, connect } = await openTls(t)
    const before = getCACertificates('default')
    setDefaultCACertificates([...before, cert])
    t.after(() => setDefaultCACertificates(before))
    const { socket, messages, opened, closed } = connect()
    await opened
    socket.send('over TLS')
    while (messages.length < 2) await sleep(5)
    assert.deepEqual(messages, ['hello', 'you said over TLS'])
    assert.equal(upgrades[0]?.authorization, 'Bearer sk-live')
    socket.close()
    await closed
    assert.partialDeepStrictEqual(await over(gateway), { status: 101, outcome: 'answered', unguarded: true })
  })
})

test('wherever frames are cut, it is known where they end', () => {
  const sizes = fc.array(fc.constantFrom(0, 1, 125, 126, 300, 65_535, 65_536), { minLength: 1, maxLength: 4 })
  fc.assert(
    fc.property(sizes, fc.array(fc.nat(), { maxLength: 6 }), (all, cuts) => {
      const frames = all.map((size) => sized(size))
      const ends = new Set<number>([0])
      let end = 0
      for (const one of frames) ends.add((end += one.length))
      const bytes = Buffer.concat(frames)
      const places = [...new Set([...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length])].toSorted(
        (a, b) => a - b,
      )
      const found = new FrameEnds()
      let at = 0
      for (const place of places) {
        found.push(bytes.subarray(at, place))
        at = place
        assert.equal(found.isAtEnd, ends.has(at))
      }
    }),
    { numRuns: 300 },
  )
})

function sized(size: number): Buffer {
  const head = size < 126 ? Buffer.from([0x82, size]) : Buffer.alloc(size < 65_536 ? 4 : 10)
  if (size >= 126) head.set([0x82, size < 65_536 ? 126 : 127])
  if (size >= 126 && size < 65_536) head.writeUInt16BE(size, 2)
  if (size >= 65_536) head.writeBigUInt64BE(BigInt(size), 2)
  return Buffer.concat([head, Buffer.alloc(size)])
}
