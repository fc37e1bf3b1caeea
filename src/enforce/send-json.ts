// A whole answer to a client.
import type { Visit } from './visit.ts'

export function sendJson({ response, record }: Visit, status: number, body: string | Uint8Array): void {
  record.status = status
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
  })
  response.end(body)
}
