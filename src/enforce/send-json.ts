// A whole answer to a client.
import { tellFailed } from './stopped.ts'
import type { Visit } from './visit.ts'

/** `beforeEnd`: the connection stays open so long. */
export function sendJson(
  visit: Visit,
  status: number,
  body: string | Uint8Array,
  beforeEnd?: () => Promise<void>,
): void {
  const { context, response, record, words } = visit
  record.status = status
  record.bytesOut = Buffer.byteLength(body)
  words?.answered(body)
  tellFailed(visit)
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': record.bytesOut,
  })
  if (beforeEnd === undefined) response.end(body)
  else {
    response.write(body)
    void beforeEnd().then(() => response.end())
  }
  // A client that takes nothing must not hold on to what waits for it. Mostly the system has taken all of it already.
  if (beforeEnd === undefined && response.socket?.writableLength === 0) return
  response.setTimeout(context.limits.idleSeconds * 1000, () => response.destroy())
}
