// A real HTTP exchange without a network: both ends of one connection in this process. What speaks HTTP is so asked by the
// house itself just as a client asks it, with nothing rebuilt that could differ.
import { createServer, type IncomingMessage, request, type RequestListener } from 'node:http'
import { type Duplex, duplexPair } from 'node:stream'

interface InMemoryRequest {
  path: string
  headers: Readonly<Record<string, string>>
  body: string
  /** Where it is said to come from. */
  address: string
  signal: AbortSignal
}

/** Resolves with the head of the answer; its body is read as it comes. Destroying it ends the connection. */
export function askInMemory(
  listener: RequestListener,
  { path, headers, body, address, signal }: InMemoryRequest,
): Promise<IncomingMessage> {
  const [near, far] = duplexPair()
  createServer(listener).emit('connection', asSocket(far, address))
  return new Promise((resolve, reject) => {
    const asking = request(
      {
        method: 'POST',
        path,
        headers: { ...headers, host: 'localhost', connection: 'close', 'content-length': Buffer.byteLength(body) },
        createConnection: () => near,
        signal,
      },
      resolve,
    )
    // A pair of streams does not tell its other end that it is gone.
    near.once('close', () => far.destroy())
    asking.once('error', reject)
    asking.end(body)
  })
}

/** What the server asks of a socket beyond being a stream. */
function asSocket(stream: Duplex, remoteAddress: string): Duplex {
  return Object.assign(stream, { remoteAddress, setTimeout: () => stream })
}
