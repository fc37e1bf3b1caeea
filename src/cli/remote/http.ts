// Speaks to a running server. Bounded in time and size; redirects are refused, since they would carry the token along.
import { Failure } from '../../lib/failure.ts'
import { toReply } from './reply.ts'
import type { Transport } from './transport.ts'

const SECONDS = 600
const MOST_BYTES = 256 * 1024 * 1024

export function httpTransport(origin: string, token: string | undefined): Transport {
  return {
    async send({ method, path, body }) {
      const response = await fetch(origin + path, {
        method,
        redirect: 'error',
        signal: AbortSignal.timeout(SECONDS * 1000),
        headers: {
          accept: 'application/json',
          ...(token ? { authorization: `Bearer ${token}` } : {}),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }).catch((error: unknown) => {
        throw unreachable(origin, error)
      })
      return toReply(response.status, await textOf(response))
    },
    close: async () => {},
  }
}

function unreachable(origin: string, cause: unknown): Failure {
  const inner = cause instanceof Error ? ((cause.cause as Error | undefined) ?? cause) : undefined
  const why = cause instanceof DOMException ? `no answer within ${SECONDS} s` : (inner?.message ?? 'no connection')
  return new Failure('upstream_unreachable', `${origin} does not answer: ${why}`, {
    hint: 'is the server running there? `parapet up` starts one',
    cause,
  })
}

async function textOf(response: Response): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true })
    if (text.length > MOST_BYTES) throw new Failure('too_large', 'the reply is larger than this program reads')
  }
  return text + decoder.decode()
}
