import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer as createHttp } from 'node:http'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test, type TestContext } from 'node:test'
import { fileSink } from './file-sink.ts'
import { postTo } from './http-post.ts'
import { syslogSink } from './syslog-sink.ts'

const signal = () => AbortSignal.timeout(5000)
const event = (n: number) => ({ time: Date.UTC(2026, 4, 1), severity_id: 4, n, text: 'zwölf\nlines' })

async function folder(t: TestContext): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'parapet-sink-'))
  t.after(() => rm(path, { recursive: true, force: true }))
  return path
}

describe('a file of events', () => {
  test('holds an event a line, and is put aside when it is full; the oldest goes', async (t) => {
    const dir = await folder(t)
    const path = join(dir, 'deep', 'events.ndjson')
    const sink = fileSink({ path, mostBytes: 150, keep: 2 })
    for (let n = 0; n < 8; n++) await sink.send([event(n)], signal())
    assert.deepEqual((await readdir(join(dir, 'deep'))).toSorted(), ['events.ndjson', 'events.ndjson.1', 'events.ndjson.2']) // prettier-ignore
    const numbers = async (name: string) => {
      const text = await readFile(join(dir, 'deep', name), 'utf8')
      return text.trimEnd().split('\n').map((line) => (JSON.parse(line) as { n: number }).n) // prettier-ignore
    }
    assert.deepEqual(await numbers('events.ndjson'), [6, 7])
    assert.deepEqual(await numbers('events.ndjson.1'), [4, 5])
    assert.deepEqual(await numbers('events.ndjson.2'), [2, 3])
  })

  test('that ended in the middle of a line keeps that to itself', async (t) => {
    const path = join(await folder(t), 'events')
    await writeFile(path, '{"n":0}\n{"n":')
    const sink = fileSink({ path, mostBytes: 1000, keep: 1 })
    for (const n of [1, 2]) await sink.send([event(n)], signal())
    const lines = (await readFile(path, 'utf8')).split('\n')
    assert.deepEqual(lines, ['{"n":0}', '{"n":', JSON.stringify(event(1)), JSON.stringify(event(2)), ''])
  })

  test('that cannot be written says why, and takes events again when it can be', async (t) => {
    const dir = await folder(t)
    await writeFile(join(dir, 'taken'), '')
    const sink = fileSink({ path: join(dir, 'taken', 'events'), mostBytes: 1000, keep: 1 })
    await assert.rejects(sink.send([event(1)], signal()), { code: 'unavailable' })
    await rm(join(dir, 'taken'))
    await sink.send([event(1)], signal())
  })
})

async function receiver(t: TestContext, status: number) {
  const got: { headers: Record<string, unknown>; body: string }[] = []
  const server = createHttp((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      got.push({ headers: request.headers, body: Buffer.concat(chunks).toString() })
      response.writeHead(status, { location: 'http://127.0.0.1:1/elsewhere' }).end('{}')
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => server.close())
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/in`, got }
}

describe('a receiver over HTTP', () => {
  test('gets the body with its headers', async (t) => {
    const { url, got } = await receiver(t, 202)
    await postTo({ url, headers: ['Authorization: Bearer abc', 'x-team: a b'] }, 'application/json')(
      '{"ü":1}',
      signal(),
    )
    assert.equal(got[0]?.body, '{"ü":1}')
    assert.partialDeepStrictEqual(got[0]?.headers, { authorization: 'Bearer abc', 'x-team': 'a b', 'content-type': 'application/json' }) // prettier-ignore
  })

  for (const [status, code] of [
    [503, 'unavailable'],
    [429, 'unavailable'],
    [400, 'upstream_invalid'],
    [302, 'upstream_invalid'],
  ] as const)
    // prettier-ignore
    test(`that answers with ${status} is ${code === 'unavailable' ? 'asked again later' : 'not asked again'}`, async (t) => {
      const { url } = await receiver(t, status)
      await assert.rejects(postTo({ url, headers: [] }, 'application/json')('{}', signal()), { code })
    })

  test('that is not there is asked again later', async () => {
    const post = postTo({ url: 'http://127.0.0.1:1/', headers: [] }, 'application/json')
    await assert.rejects(post('{}', signal()), { code: 'unavailable' })
  })

  test('that never answers is given up at the deadline', async (t) => {
    const server = createHttp(() => undefined).listen(0, '127.0.0.1')
    await once(server, 'listening')
    t.after(() => server.closeAllConnections())
    t.after(() => server.close())
    const post = postTo({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, headers: [] }, 'application/json') // prettier-ignore
    await assert.rejects(post('{}', AbortSignal.timeout(50)), /in time/)
  })

  test('a header that is none is refused, without showing its value', () => {
    for (const header of ['secret-value', 'a: b\r\nc: d', ': x', 'a:'])
      assert.throws(
        () => postTo({ url: 'http://127.0.0.1:1/', headers: [header] }, 'application/json'),
        (error) => error instanceof Error && !error.message.includes('secret-value'),
      )
  })
})

describe('a syslog receiver', () => {
  const FORM = /^<(\d+)>1 2026-05-01T00:00:00\.000Z \S+ parapet \d+ ocsf - (\{.*\})$/s

  test('gets a message of RFC 5424 in each datagram', async (t) => {
    const socket = createSocket('udp4').bind(0, '127.0.0.1')
    await once(socket, 'listening')
    t.after(() => socket.close())
    const got: string[] = []
    socket.on('message', (bytes) => got.push(bytes.toString()))
    const sink = syslogSink(`udp://127.0.0.1:${socket.address().port}`)
    t.after(() => sink.close?.())
    await sink.send([event(1), event(2)], signal())
    for (let i = 0; i < 100 && got.length < 2; i++) await new Promise((resolve) => setTimeout(resolve, 5))
    const [, priority, body] = FORM.exec(got[0] ?? '') ?? []
    assert.equal(priority, String(16 * 8 + 3))
    assert.deepEqual(JSON.parse(body ?? ''), event(1))
  })

  test('gets counted messages over a stream, also after it was away', async (t) => {
    let text = ''
    const sockets = new Set<Socket>()
    const listen = async (port: number) => {
      const server = createServer((socket) => {
        sockets.add(socket)
        socket.on('data', (chunk) => (text += chunk.toString()))
      }).listen(port, '127.0.0.1')
      await once(server, 'listening')
      return server
    }
    const first = await listen(0)
    const { port } = first.address() as AddressInfo
    const sink = syslogSink(`tcp://127.0.0.1:${port}`)
    t.after(() => sink.close?.())
    await sink.send([event(1), event(2)], signal())
    for (let i = 0; i < 100 && !text.includes('"n":2'); i++) await new Promise((resolve) => setTimeout(resolve, 5))
    const [length = ''] = text.split(' ', 1)
    const bytes = Buffer.from(text)
    const message = bytes.subarray(length.length + 1, length.length + 1 + Number(length)).toString()
    assert.deepEqual(JSON.parse(FORM.exec(message)?.[2] ?? ''), event(1))
    assert.match(bytes.subarray(length.length + 1 + Number(length)).toString(), /^\d+ <131>1 /)
    for (const socket of sockets) socket.destroy()
    first.close()
    await once(first, 'close')
    await new Promise((resolve) => setTimeout(resolve, 20))
    await assert.rejects(sink.send([event(3)], signal()), { code: 'unavailable' })
    const second = await listen(port)
    t.after(() => second.close())
    t.after(() => sockets.forEach((socket) => socket.destroy()))
    await sink.send([event(4)], signal())
    for (let i = 0; i < 100 && !text.includes('"n":4'); i++) await new Promise((resolve) => setTimeout(resolve, 5))
    assert.ok(text.includes('"n":4'))
  })
})
