// Two hundred readers that take nothing of five megabytes each: what waits for them stays where it came from, others are
// served meanwhile, and each gets its whole answer once it reads.
import assert from 'node:assert/strict'
import { connect, type Socket } from 'node:net'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { startGateway, startUpstream, TEST_KEY } from './testing.ts'

const READERS = 200
const MIB = 1024 * 1024
const BYTES = 5 * MIB
const PATH = '/v1/chat/completions'
const chunk = (delta: object, finish: string | null = null) =>
  `data: ${JSON.stringify({ id: 'x', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`
const EVENT = Buffer.from(chunk({ content: 'plain words, one after the other. '.repeat(1000) }))

test('200 readers that take nothing cost little memory and hold up nobody', async (t) => {
  const upstream = await startUpstream(t)
  const gateway = await startGateway(t, {
    upstreams: { u: { provider: 'openai', url: upstream.url } },
    routes: { r: { models: ['m'], upstreams: ['u'] } },
    // What waits is the same, and a gigabyte of plain words need not be read for it.
    guards: { 'sensitive-output-handling': { mode: 'off' } },
  })
  const ask = { model: 'm', messages: [{ role: 'user', content: 'Hi' }] }
  for (let i = 0; i < 30; i++) await (await gateway.send(PATH, ask)).text()
  const alone = await slowest(gateway.send, ask)
  const before = process.memoryUsage.rss()

  const body = JSON.stringify({ ...ask, stream: true })
  const readers: Socket[] = []
  t.after(() => readers.forEach((socket) => socket.destroy()))
  for (let i = 0; i < READERS; i++) {
    upstream.next.push((response) => {
      let left = Math.ceil(BYTES / EVENT.length)
      const more = () => {
        while (left > 0 && response.write(EVENT)) left--
        if (left > 0) return void response.once('drain', () => (left--, more()))
        response.end(`${chunk({}, 'stop')}data: [DONE]\n\n`)
      }
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      more()
    })
    const socket = connect({ port: Number(new URL(gateway.url).port), host: '127.0.0.1' })
    socket.pause()
    socket.write(
      `POST ${PATH} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${TEST_KEY}\r\ncontent-type: application/json\r\n` +
        `content-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`,
    )
    readers.push(socket)
  }
  while (upstream.next.length > 0) await sleep(20)
  await sleep(2000)
  const rise = process.memoryUsage.rss() - before
  const beside = await slowest(gateway.send, ask)
  assert.ok(gateway.gateway.active > READERS / 2, 'most of them still wait')
  assert.ok(rise <= 64 * MIB, `${Math.round(rise / MIB)} MiB more than before`)
  assert.ok(beside <= Math.max(2 * alone, alone + 20), `${beside} ms beside them, ${alone} ms without`)

  const got = await Promise.all(readers.map(wholeOf))
  for (const { bytes, end } of got) {
    assert.ok(bytes >= BYTES, `${bytes}`)
    assert.match(end, /\[DONE\]/)
  }
})

/** Milliseconds within which 99 of a hundred calls are answered. */
async function slowest(send: (path: string, body: object) => Promise<Response>, ask: object): Promise<number> {
  const times: number[] = []
  for (let i = 0; i < 100; i++) {
    const began = performance.now()
    await (await send(PATH, ask)).text()
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
