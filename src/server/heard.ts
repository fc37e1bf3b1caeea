// Lets a client hear why its body is refused while it is still sending it. Closing at once would reset the connection, and
// what was said on it would be lost; so the connection stays for a moment, and no more of the body is read.
import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'

const PATIENCE_MS = 1000

/** The same words; their end comes once the client has gone, or has had time to listen. */
export function heard(words: string, request: IncomingMessage): Readable {
  async function* say() {
    request.pause()
    yield words
    await once(request.socket, 'close', { signal: AbortSignal.timeout(PATIENCE_MS) }).catch(() => undefined)
  }
  return Readable.from(say(), { objectMode: false })
}
