// A whole answer to a client.
import type { ServerResponse } from 'node:http'
import { tellFailed } from './stopped.ts'
import type { Visit } from './visit.ts'

/** Up to this length head and body leave together, in one write that the system takes at once. */
const SHORT = 12_000

/** `beforeEnd`: the connection stays open so long. */
export function sendJson(
  visit: Visit,
  status: number,
  body: string | Uint8Array,
  beforeEnd?: () => Promise<void>,
): void {
  const { context, response, record, words, digests, head } = visit
  record.status = status
  record.bytesOut = Buffer.byteLength(body)
  words?.answered(body)
  digests.answered(body)
  tellFailed(visit)
  head['content-type'] = 'application/json; charset=utf-8'
  head['content-length'] = record.bytesOut
  response.writeHead(status, head)
  if (beforeEnd === undefined) endWith(response, body)
  else {
    response.write(body)
    void beforeEnd().then(() => response.end())
  }
  // A client that takes nothing must not hold on to what waits for it. Mostly the system has taken all of it already.
  if (beforeEnd === undefined && response.socket?.writableLength === 0) return
  response.setTimeout(context.limits.idleSeconds * 1000, () => response.destroy())
}

/** Bytes as text of one byte a letter, because only to a text does Node put the head in front. */
function endWith(response: ServerResponse, body: string | Uint8Array): void {
  if (typeof body === 'string' || body.length > SHORT) response.end(body)
  else response.end(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1'), 'latin1')
}
