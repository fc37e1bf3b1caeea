// The floor that the gateway is measured against: the least that a proxy in Node can do and still look at what passes.
// `node:http` on one side, an undici pool on the other, JSON parsed and written again both ways, nothing else.
import { createServer, type ServerResponse } from 'node:http'
import { Pool } from 'undici'

const [port = '0', upstream = ''] = process.argv.slice(2)
const pool = new Pool(upstream, { connections: 256, pipelining: 1 })

createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const value = JSON.parse(Buffer.concat(chunks).toString('utf8'))
    const body = JSON.stringify(value)
    const headers = { 'content-type': 'application/json', authorization: 'Bearer sk-upstream' }
    const send = value.stream === true ? relayEvents(response) : relayWhole(response)
    pool.dispatch({ method: 'POST', path: request.url ?? '/', headers, body }, send)
  })
}).listen(Number(port), '127.0.0.1')

function relayWhole(response: ServerResponse) {
  const chunks: Buffer[] = []
  return {
    onRequestStart() {},
    onResponseStart() {},
    onResponseData: (_: unknown, chunk: Buffer) => void chunks.push(chunk),
    onResponseEnd() {
      const body = JSON.stringify(JSON.parse(Buffer.concat(chunks).toString('utf8')))
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) })
      response.end(body)
    },
    onResponseError: () => void response.destroy(),
  }
}

function relayEvents(response: ServerResponse) {
  let rest = ''
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  return {
    onRequestStart() {},
    onResponseStart: () => response.flushHeaders(),
    onResponseData(_: unknown, chunk: Buffer) {
      const events = (rest + chunk.toString('utf8')).split('\n\n')
      rest = events.pop() ?? ''
      for (const event of events) {
        const data = event.slice('data: '.length)
        response.write(`data: ${data === '[DONE]' ? data : JSON.stringify(JSON.parse(data))}\n\n`)
      }
    },
    onResponseEnd: () => void response.end(),
    onResponseError: () => void response.destroy(),
  }
}
