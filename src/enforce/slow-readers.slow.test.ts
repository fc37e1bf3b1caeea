// Two hundred readers that take nothing of five megabytes each: what waits for them stays where it came from, others are
// served meanwhile, and each gets its whole answer once it reads.
import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { startUpstream, TEST_KEY } from './testing.ts'

const READERS = 200
const MIB = 1024 * 1024
const BYTES = 5 * MIB
const PATH = '/v1/chat/completions'
const ASK = { model: 'm', messages: [{ role: 'user', content: 'Hi' }] }
const chunk = (delta: object, finish: string | null = null) =>
  `data: ${JSON.stringify({ id: 'x', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`
const EVENT = Buffer.from(chunk({ content: 'plain words, one after the other. '.repeat(100) }))

interface Told {
  active: number
  /** Resident memory. */
  bytes: number
}

test('200 readers that take nothing cost little memory and hold up nobody', async (t) => {
  const upstream = await startUpstream(t)
  const child = fork(join(import.meta.dirname, 'slow-readers-child.ts'), [upstream.url], {
    env: { ...process.env, NODE_TEST_CONTEXT: undefined },
    execArgv: [],
  })
  t.after(() => child.disconnect())
  const [{ url }] = (await once(child, 'message')) as [{ url: string }]
  const told = async (): Promise<Told> => {
    child.send('tell')
    return ((await once(child, 'message')) as [Told])[0]
  }
  // As much goes through as later will, so that what the process keeps of its own for it is there before.
  for (let i = 0; i < 40; i++) {
    upstream.next.push(stream)
    await ask(url, { stream: true })
  }
  const alone = await slowest(url)
  const before = await told()

  const body = JSON.stringify({ ...ASK, stream: true })
  const readers: Socket[] = []
  t.after(() => readers.forEach((socket) => socket.destroy()))
  for (let i = 0; i < READERS; i++) {
    upstream.next.push(stream)
    const socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1' })
    socket.pause()
    socket.write(
      `POST ${PATH} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${TEST_KEY}\r\ncontent-type: application/json\r\n` +
        `content-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`,
    )
    readers.push(socket)
  }
  while (upstream.next.length > 0) await sleep(20)
  const beside = await slowest(url)
  await sleep(2000)
  const { active, bytes } = await told()
  assert.ok(active > READERS / 2, 'most of them still wait')
  const each = (bytes - before.bytes) / READERS / MIB
  assert.ok(each <= 1.75, `${each.toPrecision(3)} MiB for each of them`)
  assert.ok(beside <= Math.max(2 * alone, alone + 50), `${beside} ms beside them, ${alone} ms without`)

  for (const { bytes, end } of await Promise.all(readers.map(wholeOf))) {
    assert.ok(bytes >= BYTES, `${bytes}`)
    assert.match(end, /\[DONE\]/)
  }
})

/** As fast as it is taken. */
function stream(response: ServerResponse): void {
  let left = Math.ceil(BYTES / EVENT.length)
  const more = () => {
    while (left > 0 && response.write(EVENT)) left--
    if (left > 0) return void response.once('drain', () => (left--, more()))
    response.end(`${chunk({}, 'stop')}data: [DONE]\n\n`)
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  more()
}

async function ask(url: string, more: object = {}): Promise<void> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${TEST_KEY}` }
  await (await fetch(url + PATH, { method: 'POST', headers, body: JSON.stringify({ ...ASK, ...more }) })).text()
}

/** Milliseconds within which 99 of a hundred calls are answered. */
async function slowest(url: string): Promise<number> {
  const times: number[] = []
  for (let i = 0; i < 100; i++) {
    const began = performance.now()
    await ask(url)
    times.push(performance.now() - began)
  }
  return times.toSorted((a, b) => a - b)[98] ?? Number.NaN
}

function wholeOf(socket: Socket): Promise<{ bytes: number; end: string }> {
  return new Promise((resolve) => {
    let [bytes, end] = [0, '']
    socket.on('data', (data) => {
      bytes += data.length
      end = (end + data.toString('latin1')).slice(-64)
    })
    socket.once('close', () => resolve({ bytes, end }))
    socket.resume()
  })
}
