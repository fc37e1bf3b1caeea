// Two sockets joined: what one says the other hears, at the pace of whoever is slower, within a bound of bytes and of time.
import type { Duplex } from 'node:stream'
import { Failure } from '../../lib/failure.ts'
import { closeFrame, FrameEnds } from './frame-ends.ts'

export interface Joined {
  client: Duplex
  upstream: Duplex
  /** Each way. */
  mostBytes: number
  /** With a Failure for its reason, why it has to end. */
  signal: AbortSignal
}

export interface Parted {
  bytesIn: number
  bytesOut: number
  /** What ended it, where it was not one of the two that wanted no more. */
  trouble: Failure | undefined
}

const POLICY_VIOLATION = 1008
const TOO_BIG = 1009
/** How long the last frame may take to be heard. */
const PARTING_MS = 2000

/** Resolves when both sockets are done. Never rejects. */
export function relaySockets({ client, upstream, mostBytes, signal }: Joined): Promise<Parted> {
  return new Promise((resolve) => {
    const ends = new FrameEnds()
    let [bytesIn, bytesOut] = [0, 0]
    let isDone = false

    const part = (trouble: Failure | undefined, code = POLICY_VIOLATION) => {
      if (isDone) return
      isDone = true
      signal.removeEventListener('abort', ended)
      upstream.unpipe(client)
      upstream.destroy()
      if (trouble !== undefined && ends.isAtEnd && client.writable) client.write(closeFrame(code, trouble.message))
      client.unpipe(upstream)
      client.resume()
      client.end()
      setTimeout(() => client.destroy(), PARTING_MS).unref()
      resolve({ bytesIn, bytesOut, trouble })
    }
    const ended = () => part(signal.reason instanceof Failure ? signal.reason : undefined)
    const tooLarge = () =>
      part(new Failure('too_large', `more than ${mostBytes} bytes went through this connection`), TOO_BIG)

    client.on('data', (chunk: Buffer) => {
      bytesIn += chunk.length
      if (bytesIn > mostBytes) tooLarge()
    })
    upstream.on('data', (chunk: Buffer) => {
      bytesOut += chunk.length
      ends.push(chunk)
      if (bytesOut > mostBytes) tooLarge()
    })
    client.once('error', () => part(undefined))
    client.once('close', () => part(undefined))
    client.once('end', () => part(undefined))
    upstream.once('error', () => part(new Failure('upstream_unreachable', 'the upstream broke off')))
    upstream.once('close', () => part(undefined))
    upstream.once('end', () => part(undefined))
    signal.addEventListener('abort', ended, { once: true })
    client.pipe(upstream, { end: false })
    upstream.pipe(client, { end: false })
    if (signal.aborted) ended()
  })
}
