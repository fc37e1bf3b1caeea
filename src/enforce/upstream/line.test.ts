// A reader who stops again and again: what it did not take stays with the upstream.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { test, type TestContext } from 'node:test'
import { httpTransport } from './http-transport.ts'

const PIECE = Buffer.alloc(1000, 'x')
const STOPS = 600
/** What the two sockets between us keep in the system. */
const SYSTEM_BYTES = 12 * 1024 * 1024

async function startUpstream(t: TestContext): Promise<{ origin: string; sent(): number }> {
  const sockets: Socket[] = []
  const server = createServer((_request, response) => pour(response))
  server.on('connection', (socket) => sockets.push(socket))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    server.close()
    server.closeAllConnections()
  })
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { origin, sent: () => sockets.reduce((sum, { bytesWritten }) => sum + bytesWritten, 0) }
}

function pour(response: ServerResponse): void {
  const more = () => {
    while (!response.destroyed && response.write(PIECE));
  }
  response.on('drain', more)
  more()
}

test('each stop takes effect at once, and many of them let nothing pile up', { timeout: 60_000 }, async (t) => {
  const { origin, sent } = await startUpstream(t)
  const patience = { connectMs: 5000, firstByteMs: 5000, idleMs: 5000 }
  const transport = httpTransport({ origin, allowsPrivate: true, patience, connections: 1 })
  t.after(() => transport.close())
  const reply = await transport.send({ path: '/', headers: {}, body: Buffer.from('{}') }, new AbortController().signal)
  let [taken, stops, afterStop, most] = [0, 0, 0, 0]
  await new Promise<void>((resolve, reject) => {
    reply.read({
      data({ length }) {
        taken += length
        afterStop += length
        most = Math.max(most, afterStop)
        if (afterStop > length) return
        reply.pause()
        setTimeout(() => {
          if (++stops === STOPS) return resolve()
          afterStop = 0
          reply.resume()
        }, 1)
      },
      end: () => reject(new Error('the upstream never ends')),
      error: reject,
    })
  })
  const ahead = sent() - taken
  reply.abort()
  assert.ok(most <= 65_536, `${most} bytes after one stop`)
  assert.ok(ahead < SYSTEM_BYTES, `${ahead} bytes ahead of ${taken}`)
})
