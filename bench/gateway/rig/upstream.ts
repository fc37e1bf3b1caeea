// A model on a raw socket: reads requests by their content-length and answers at once, so that it costs next to nothing.
// Streams go out one event at a time, as a model's do.
import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { answer, events } from './exchange.ts'

export interface Upstream {
  port: number
  /** Milliseconds between two events of a stream; 0 for one in each turn of the loop. */
  pace(ms: number): void
  close(): void
}

function whole(): string {
  const body = answer()
  return `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
}
const HEAD = Buffer.from(
  'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\ncache-control: no-cache\r\n\r\n',
)
const CHUNKS = events.map((event) => Buffer.from(`${Buffer.byteLength(event).toString(16)}\r\n${event}\r\n`))
const LAST = Buffer.from('0\r\n\r\n')

export async function startUpstream(): Promise<Upstream> {
  let paceMs = 0
  const sockets = new Set<Socket>()
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy())
    let rest = Buffer.alloc(0)
    socket.on('data', (chunk) => {
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
      for (;;) {
        const end = rest.indexOf('\r\n\r\n')
        if (end < 0) return
        const length = Number(/content-length: *(\d+)/i.exec(rest.toString('latin1', 0, end))?.[1] ?? 0)
        if (rest.length < end + 4 + length) return
        const isStream = rest.subarray(end + 4, end + 4 + length).includes('"stream":true')
        rest = rest.subarray(end + 4 + length)
        if (isStream) void stream(socket, paceMs)
        else socket.write(whole())
      }
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    pace: (ms) => void (paceMs = ms),
    close() {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}

async function stream(socket: Socket, paceMs: number): Promise<void> {
  socket.write(HEAD)
  for (const chunk of CHUNKS) {
    if (socket.destroyed) return
    socket.write(chunk)
    await (paceMs > 0 ? sleep(paceMs) : new Promise(setImmediate))
  }
  socket.write(LAST)
}
