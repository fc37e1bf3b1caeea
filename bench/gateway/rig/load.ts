// Clients on raw sockets: each connection sends the next request as soon as it has its whole answer. Cheap enough to share a
// core with the model.
import { connect, type Socket } from 'node:net'

export interface Load {
  port: number
  path: string
  headers: Readonly<Record<string, string>>
  /** The same each time, or made for each. */
  body: string | (() => string)
  connections: number
  /** Over all connections. */
  requests: number
}

export interface Took {
  /** Milliseconds from the first byte of a request to the last of its answer, in order of size. */
  whole: readonly number[]
  /** The same to the first text of the answer. */
  first: readonly number[]
  seconds: number
}

const TEXT = /"content": ?"[^"]/

export async function load({ port, path, headers, body, connections, requests }: Load): Promise<Took> {
  const lines = Object.entries({ host: `127.0.0.1:${port}`, 'content-type': 'application/json', ...headers })
  const head = [`POST ${path} HTTP/1.1`, ...lines.map(([name, value]) => `${name}: ${value}`)].join('\r\n')
  const bytesOf = (text: string) => Buffer.from(`${head}\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`)
  const next = typeof body === 'string' ? always(bytesOf(body)) : () => bytesOf(body())
  const [whole, first]: [number[], number[]] = [[], []]
  let left = requests
  const began = performance.now()
  await Promise.all(
    Array.from({ length: Math.min(connections, requests) }, async () => {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true })
      while (left > 0) {
        left--
        const took = await ask(socket, next())
        whole.push(took.whole)
        first.push(took.first)
      }
      socket.destroy()
    }),
  )
  const seconds = (performance.now() - began) / 1000
  return { whole: whole.toSorted((a, b) => a - b), first: first.toSorted((a, b) => a - b), seconds }
}

const always =
  <T>(value: T) =>
  () =>
    value

export function median(times: readonly number[]): number {
  return times[Math.floor(times.length / 2)] ?? Number.NaN
}

function ask(socket: Socket, bytes: Buffer): Promise<{ whole: number; first: number }> {
  return new Promise((resolve, reject) => {
    const began = performance.now()
    let first: number | undefined
    let answer: Buffer = Buffer.alloc(0)
    let [expected, isChunked] = [0, false]
    const fail = (error?: Error) => reject(error ?? new Error('the connection was closed before the answer was whole'))
    const data = (chunk: Buffer) => {
      answer = answer.length === 0 ? chunk : Buffer.concat([answer, chunk])
      first ??= TEXT.test(chunk.toString('latin1')) ? performance.now() - began : undefined
      if (expected === 0 && !isChunked) {
        const end = answer.indexOf('\r\n\r\n')
        if (end < 0) return
        const head = answer.toString('latin1', 0, end)
        if (!head.startsWith('HTTP/1.1 200')) return fail(new Error(answer.toString('utf8').slice(0, 600)))
        isChunked = /transfer-encoding: *chunked/i.test(head)
        expected = end + 4 + Number(/content-length: *(\d+)/i.exec(head)?.[1] ?? 0)
      }
      const isWhole = isChunked ? answer.subarray(-5).equals(END) : answer.length >= expected
      if (!isWhole) return
      socket.off('data', data).off('error', fail).off('close', fail)
      resolve({ whole: performance.now() - began, first: first ?? Number.NaN })
    }
    socket.on('data', data).once('error', fail).once('close', fail)
    socket.write(bytes)
  })
}

const END = Buffer.from('0\r\n\r\n')
