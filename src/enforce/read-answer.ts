// Takes a whole answer of an upstream in: bounded, unpacked, and JSON, or it is no answer.
import type { JsonObject } from '../lib/canonical-json.ts'
import { Failure } from '../lib/failure.ts'
import { parseStrictJson } from '../lib/strict-json.ts'
import { unpack } from './read-body.ts'
import type { Reply } from './upstream/transport.ts'
import { objectOf } from './wire/claims.ts'

export async function readAll(reply: Reply, mostBytes: number, hold: (bytes: number) => void): Promise<Buffer> {
  const packed = await new Promise<Buffer>((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    reply.read({
      data(chunk) {
        size += chunk.length
        try {
          if (size > mostBytes)
            throw new Failure('upstream_invalid', `the upstream answered with more than ${mostBytes} bytes`)
          hold(chunk.length)
          chunks.push(chunk)
        } catch (error) {
          reply.abort()
          reject(error)
        }
      },
      end: () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, size)),
      error: reject,
    })
  })
  const encoding = reply.headers['content-encoding']
  if (encoding === undefined) return packed
  try {
    return await unpack(packed, typeof encoding === 'string' ? encoding : undefined, mostBytes, hold)
  } catch (cause) {
    // That there is no room is nobody's fault; everything else is that of the upstream, and not of the client.
    if (cause instanceof Failure && cause.code === 'unavailable') throw cause
    throw new Failure('upstream_invalid', 'the answer of the upstream cannot be unpacked', { cause })
  }
}

export function parseAnswer(bytes: Buffer): JsonObject {
  try {
    const value = objectOf(parseStrictJson(bytes, 'envelope'))
    if (value !== undefined) return value
  } catch (cause) {
    throw new Failure('upstream_invalid', 'the upstream did not answer with JSON', { cause })
  }
  throw new Failure('upstream_invalid', 'the upstream did not answer with a JSON object')
}
