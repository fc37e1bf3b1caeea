// Live events over a real socket: in order, resumed without a gap, and bounded for readers that do not read.
import assert from 'node:assert/strict'
import { connect, type Socket } from 'node:net'
import { after, before, test } from 'node:test'
import type { NewEntry } from '../model/entry.ts'
import { startTestServer, type TestServer } from './testing.ts'

let server: TestServer
let headers: Record<string, string>

before(async () => {
  server = await startTestServer({
    streamTimes: { heartbeatMs: 200, drainMs: 1000 },
    settings: { limits: { eventStreamsPerAccount: 3 } },
  })
  headers = (await server.person('owner')).headers
})
after(() => server.close())

interface Event {
  id?: number
  event?: string
  data?: Record<string, unknown>
}

/** Reads events from a socket until told to stop. */
async function listen(more: Record<string, string> = {}, who = headers) {
  const events: Event[] = []
  let [text, closed, head] = ['', false, '']
  const socket = await dial('/api/events', { ...who, ...more })
  socket.on('data', (data) => {
    text += data.toString()
    if (head === '' && text.includes('\r\n\r\n')) {
      head = text.slice(0, text.indexOf('\r\n\r\n'))
      text = text.slice(head.length + 4)
    }
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      events.push(toEvent(text.slice(0, end)))
      text = text.slice(end + 2)
    }
  })
  socket.on('close', () => (closed = true))
  const until = async (holds: (events: readonly Event[]) => boolean) => {
    const giveUp = performance.now() + 5000
    while (!holds(events) && performance.now() < giveUp) await new Promise((resolve) => setTimeout(resolve, 5))
    assert.ok(holds(events), `${head}\n${JSON.stringify(events.slice(-3))}`)
  }
  const entries = () => events.filter((one) => one.event === 'entry')
  return { events, entries, until, head: () => head, closed: () => closed, stop: () => socket.destroy() }
}

function toEvent(text: string): Event {
  const event: Event = {}
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith('id: ')) event.id = Number(line.slice(4))
    if (line.startsWith('event: ')) event.event = line.slice(7)
    if (line.startsWith('data: ')) event.data = JSON.parse(line.slice(6)) as Record<string, unknown>
  }
  return event
}

function dial(path: string, more: Record<string, string>): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(server.server.address.port, '127.0.0.1', () => {
      const lines = Object.entries({ host: 'localhost', ...more }).map(([key, value]) => `${key}: ${value}`)
      socket.write(`GET ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`)
      resolve(socket)
    })
    socket.on('error', reject)
  })
}

const entry = (i: number, pad = ''): NewEntry => ({
  kind: 'test.recorded',
  actor: { kind: 'system', id: 'test' },
  subject: { kind: 'test', id: `${i}${pad}` },
  data: {},
})
const record = (from: number, count: number) =>
  server.app.store.append(Array.from({ length: count }, (_, i) => entry(from + i)))

test('what is recorded arrives in order, with its index as id and no payload', async () => {
  const stream = await listen()
  await stream.until((events) => events.some((one) => one.event === 'hello'))
  const indexes = await record(0, 20)
  await Promise.all([record(20, 5), record(30, 5)])
  await stream.until(() => stream.entries().length >= 30)
  const ids = stream.entries().map((one) => one.id ?? -1)
  assert.deepEqual(ids.slice(0, 20), indexes)
  assert.deepEqual(
    ids,
    ids.toSorted((a, b) => a - b),
  )
  assert.deepEqual(Object.keys(stream.entries()[0]?.data ?? {}), ['index', 'at', 'kind', 'actor', 'subject'])
  assert.match(stream.head(), /^HTTP\/1\.1 200 OK/)
  assert.match(stream.head(), /content-type: text\/event-stream/)
  assert.match(stream.head(), /content-security-policy: default-src 'none'/)
  stream.stop()
})

test('a reader that comes back gets what it missed, once each, while more is being recorded', async () => {
  const [first = 0] = await record(0, 1)
  await record(1, 700)
  const writing = Promise.all(Array.from({ length: 20 }, (_, i) => record(1000 + i * 10, 10)))
  const stream = await listen({ 'last-event-id': String(first) })
  await writing
  await stream.until(() => stream.entries().length >= 900)
  const ids = stream.entries().map((one) => one.id)
  assert.deepEqual(
    ids,
    Array.from({ length: ids.length }, (_, i) => first + 1 + i),
  )
  stream.stop()
})

test('a reader that missed too much, or asks for what is not there, is told so and goes on from now', async () => {
  const { size } = await server.app.store.read.log.state()
  const ahead = await listen({ 'last-event-id': '999999999' })
  await ahead.until((events) => events.some((one) => one.event === 'gap'))
  ahead.stop()
  for (let i = 0; i < 6; i++) await record(i * 1000, 1000)
  const late = await listen({ 'last-event-id': '0' })
  await late.until((events) => events.some((one) => one.event === 'gap'))
  const gap = late.events.find((one) => one.event === 'gap')
  assert.deepEqual(gap?.data, { from: 1, to: size + 6000 })
  const [next] = await record(0, 1)
  await late.until(() => late.entries().length === 1)
  assert.equal(late.entries()[0]?.id, next)
  late.stop()
})

test('who may not read the log hears of no entries', async () => {
  const agent = await server.token(['catalog:read'])
  const stream = await listen({}, agent)
  await stream.until((events) => events.some((one) => one.event === 'hello'))
  await record(0, 3)
  await new Promise((resolve) => setTimeout(resolve, 300))
  assert.equal(stream.entries().length, 0)
  stream.stop()
})

const countOf = (events: readonly Event[]) =>
  events.reduce((sum, { event, data }) => sum + (event === 'call' ? 1 : event === 'more-calls' ? Number(data?.['more']) : 0), 0) // prettier-ignore

test('calls to models are news for who may read them, a few of each batch, and never their words', async () => {
  const catalogOnly = await server.token(['catalog:read'])
  const [reader, stranger] = [await listen(), await listen({}, catalogOnly)]
  await reader.until((events) => events.some((one) => one.event === 'hello'))
  const { body } = await server.send('POST', '/api/keys', { headers, body: { name: 'shop' } })
  const ask = () =>
    server.send('POST', '/v1/chat/completions', {
      headers: { authorization: `Bearer ${String(body['secret'])}` },
      body: { model: 'demo/assistant', messages: [{ role: 'user', content: 'purple elephant' }] },
    })
  await Promise.all(Array.from({ length: 60 }, ask))
  await reader.until((events) => countOf(events) === 60)
  const call = reader.events.find((one) => one.event === 'call')?.data
  assert.partialDeepStrictEqual(call, { route: 'demo', outcome: 'answered', status: 200, action: 'forward' })
  assert.ok(!JSON.stringify(reader.events).includes('elephant'))
  assert.equal(countOf(stranger.events), 0)
  reader.stop()
  stranger.stop()
})

test('a stream ends with its session', async () => {
  const { account, headers } = await server.person('auditor')
  const stream = await listen({}, headers)
  await stream.until((events) => events.some((one) => one.event === 'hello'))
  await server.app.store.change((tx) => tx.sessions.removeOfAccount(account.id))
  await stream.until((events) => events.some((one) => one.event === 'closed'))
  assert.deepEqual(stream.events.at(-1)?.data, { reason: 'signed-out' })
  stream.stop()
})

test('a reader that does not read is dropped, and the memory it took is bounded', async () => {
  const context = { before: 0, most: 0 }
  const socket = await dial('/api/events', headers)
  await new Promise((resolve) => socket.once('data', resolve))
  socket.pause()
  context.before = process.memoryUsage().arrayBuffers
  const pad = 'x'.repeat(200)
  for (let i = 0; i < 25; i++) {
    await server.app.store.append(Array.from({ length: 1000 }, (_, at) => entry(at, pad)))
    context.most = Math.max(context.most, process.memoryUsage().arrayBuffers)
  }
  const gone = new Promise<boolean>((resolve) => {
    socket.on('error', () => resolve(true))
    socket.on('close', () => resolve(true))
    setTimeout(() => resolve(false), 8000).unref()
  })
  await new Promise((resolve) => setTimeout(resolve, 3500))
  let text = ''
  socket.on('data', (data) => (text += data.toString()))
  socket.resume()
  assert.equal(await gone, true)
  const got = [...text.matchAll(/^id: /gm)].length
  assert.ok(got < 25_000, `${got} of 25000 entries were sent to a reader that did not read`)
  assert.ok(context.most - context.before < 48 * 1024 * 1024)
})

test('a burst far larger than the buffer reaches a reader that reads, whole', async () => {
  const stream = await listen()
  await stream.until((events) => events.some((one) => one.event === 'hello'))
  await server.app.store.append(Array.from({ length: 4000 }, (_, i) => entry(i, 'x'.repeat(200))))
  await stream.until(() => stream.entries().length >= 4000)
  assert.equal(stream.closed(), false)
  assert.ok(stream.events.every((one) => one.event !== 'closed'))
  stream.stop()
})

test('one account holds only so many streams', async () => {
  const { headers } = await server.person('owner')
  const streams = [await listen({}, headers), await listen({}, headers), await listen({}, headers)]
  for (const one of streams) await one.until((events) => events.length > 0)
  const answer = await server.send('GET', '/api/events', { headers })
  assert.equal(answer.status, 429)
  assert.equal(answer.headers.get('retry-after'), '30')
  streams[0]?.stop()
  await new Promise((resolve) => setTimeout(resolve, 100))
  const again = await listen({}, headers)
  await again.until((events) => events.length > 0)
  for (const one of [...streams, again]) one.stop()
})

test('a stop tells the readers', async (t) => {
  const own = await startTestServer({}, t)
  const { headers } = await own.person('owner')
  const response = await fetch(`${own.url}/api/events`, { headers })
  const started = performance.now()
  const text = response.text()
  await new Promise((resolve) => setTimeout(resolve, 50))
  await own.close()
  assert.match(await text, /event: closed\ndata: {"reason":"shutdown"}/)
  assert.ok(performance.now() - started < 3000)
})
