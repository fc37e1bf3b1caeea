// What an answer is worth whose head arrived, whatever follows it in the same moment.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { type TestContext, test } from 'node:test'
import { Failure } from '../../lib/failure.ts'
import { httpTransport } from './http-transport.ts'

const OUTGOING = {
  path: '/v1/chat/completions',
  headers: { 'content-type': 'application/json' },
  body: Buffer.from('{}'),
}

async function transportTo(t: TestContext, answer: (socket: Socket) => void) {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy()).once('data', () => answer(socket))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const patience = { connectMs: 5000, firstByteMs: 5000, idleMs: 5000 }
  const transport = httpTransport({ origin: `http://127.0.0.1:${port}`, allowsPrivate: true, patience, connections: 2 })
  t.after(async () => {
    await transport.close()
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return transport
}

test('an answer that begins and breaks off at once has begun, and its reader hears of the end', async (t) => {
  const transport = await transportTo(t, (socket) => {
    socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\nno length\r\n')
  })
  const reply = await transport.send(OUTGOING, new AbortController().signal)
  assert.equal(reply.status, 200)
  const chunks: string[] = []
  const failure = await new Promise<Failure>((resolve, reject) => {
    const end = () => reject(new Error('half an answer was taken for a whole one'))
    reply.read({ data: (chunk) => chunks.push(chunk.toString()), end, error: resolve })
  })
  assert.deepEqual([failure.code, chunks.join('')], ['upstream_unreachable', 'abc'])
})

test('no head, no answer', async (t) => {
  const transport = await transportTo(t, (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-'))
  await assert.rejects(
    transport.send(OUTGOING, new AbortController().signal),
    (error) => error instanceof Failure && error.code === 'upstream_unreachable',
  )
})

test('who leaves between the head of an answer and its reading hears that it is over, and no more', async (t) => {
  const leaving = new AbortController()
  const transport = await transportTo(t, (socket) => {
    socket.write('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabc')
  })
  const reply = await transport.send(OUTGOING, leaving.signal)
  leaving.abort()
  const told: string[] = []
  reply.read({ data: () => told.push('data'), end: () => told.push('end'), error: () => told.push('error') })
  await new Promise((resolve) => setTimeout(resolve, 50))
  assert.deepEqual(told, ['error'])
})
