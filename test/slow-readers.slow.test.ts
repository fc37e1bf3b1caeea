// Two hundred readers who take a stream of five megabytes each, slowly: what they do not take stays with the upstream, and the
// gateway's memory hardly notices. The gateway is a process of its own, so that the memory is its own.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { createGatewayKey } from '../src/admit/gateway-keys.ts'
import { openApp } from '../src/app/app.ts'
import { Config } from '../src/app/config.ts'
import { GUARDS } from '../src/enforce/guards/index.ts'
import { SYSTEM } from '../src/model/actor.ts'
import { residentMb, serve } from './server-process.ts'

const MAIN = join(import.meta.dirname, '../src/cli/main.ts')
const READERS = 200
const BYTES = 5 * 1024 * 1024
const MOST_MB = 64
const WARM_UP_MS = 6000
const WORK_MS = 3000
/** Every so manieth reads to the end; the others leave after a tenth, since the memory is that of many at once. */
const PATIENT = 10
const WORDS = 'the ferry leaves at dawn, crosses the bay in forty minutes and is back by noon; '.repeat(12)
const EVENT = Buffer.from(
  `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', choices: [{ index: 0, delta: { content: WORDS } }] })}\n\n`,
)
const LAST = 'data: {"id":"c","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n'

/** As many bytes as the request asks for, as fast as they are taken. */
async function startUpstream(t: TestContext): Promise<string> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { user } = JSON.parse(Buffer.concat(chunks).toString()) as { user: string }
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      pour(response, Number(user))
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
}

function pour(response: ServerResponse, bytes: number): void {
  let left = bytes
  const more = () => {
    while (left > 0 && !response.destroyed) {
      left -= EVENT.length
      if (!response.write(EVENT) && left > 0) return
    }
    response.off('drain', more)
    response.end(LAST)
  }
  response.on('drain', more)
  more()
}

async function startGateway(t: TestContext): Promise<{ port: number; pid: number; secret: string }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'parapet-readers-'))
  const config = {
    dataDir,
    port: 0,
    logLevel: 'silent',
    upstreams: { mock: { provider: 'openai', url: await startUpstream(t), private: true } },
    routes: { all: { models: ['m'], upstreams: ['mock'] } },
    // On a busy machine two hundred streams at once are no fault of a guard, nor of a client.
    limits: { headerSeconds: 120, requestSeconds: 300 },
    guards: Object.fromEntries(GUARDS.map(({ id }) => [id, { deadlineMs: 30_000 }])),
  }
  const app = await openApp(Config.parse(config))
  const named = { name: 'readers', models: ['*'], routes: ['*'], asset: undefined, limits: {}, expiresAt: undefined }
  const { secret } = await createGatewayKey(app.admit, SYSTEM, named)
  await app.close()
  const file = join(dataDir, 'parapet.yaml')
  await writeFile(file, JSON.stringify(config))
  const server = await serve([process.execPath, MAIN, 'up', '--config', file, '--data-dir', dataDir])
  t.after(async () => {
    await server.stop('SIGKILL')
    await rm(dataDir, { recursive: true })
  })
  return { port: Number(new URL(server.url).port), pid: server.pid, secret }
}

/** Reads so much of a stream, and waits a while before each piece. Returns how many bytes it was and how it ended. */
async function read(
  { port, secret }: { port: number; secret: string },
  bytes: number,
  { waitMs = 0, most = Infinity } = {},
): Promise<{ bytes: number; end: string }> {
  const body = JSON.stringify({
    model: 'm',
    stream: true,
    user: `${bytes}`,
    messages: [{ role: 'user', content: 'Hi' }],
  })
  const socket = connect({ port, host: '127.0.0.1' })
  socket.write(
    `POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${secret}\r\n` +
      `content-type: application/json\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`,
  )
  let [taken, end] = [0, '']
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    taken += chunk.length
    end = (end + chunk.toString('latin1')).slice(-40)
    if (taken > most) break
    if (waitMs > 0) await sleep(waitMs)
  }
  return { bytes: taken, end }
}

test(`${READERS} slow readers take ${MOST_MB} MB at most`, { timeout: 600_000 }, async (t) => {
  const gateway = await startGateway(t)
  // A house at work: code is compiled, and the young space has grown as far as any work makes it grow.
  const work = async (until: number) => {
    while (performance.now() < until) await Promise.all(Array.from({ length: 16 }, () => read(gateway, BYTES / 8)))
  }
  await work(performance.now() + WARM_UP_MS)
  let most = 0
  const watch = setInterval(() => (most = Math.max(most, residentMb(gateway.pid))), 20)
  await work(performance.now() + WORK_MS)
  await sleep(500)
  // At most, too: between two clearings of its heap a house takes more and less by twenty megabytes.
  const before = most
  const answers = await Promise.all(
    Array.from({ length: READERS }, (_, i) =>
      read(gateway, BYTES, { waitMs: 40, most: i % PATIENT === 0 ? Infinity : BYTES / 10 }),
    ),
  )
  clearInterval(watch)
  for (const [i, { bytes, end }] of answers.entries()) {
    if (i % PATIENT !== 0) continue
    assert.ok(bytes > BYTES && bytes < BYTES * 1.1, `${bytes} bytes, and then ${end}`)
    assert.match(end, /\[DONE\]/)
  }
  t.diagnostic(`resident memory: ${Math.round(before)} MB before, ${Math.round(most)} MB at most`)
  assert.ok(most - before <= MOST_MB, `${Math.round(most - before)} MB more than before`)
})
