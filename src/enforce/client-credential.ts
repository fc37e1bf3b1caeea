// The key or token that a client sends: each family of formats has its own place for it. Two different keys are none.
import type { IncomingMessage } from 'node:http'
import { Failure } from '../lib/failure.ts'
import { KEY_HEADERS } from './client-headers.ts'

/** Tokens of other houses are long. */
const MOST = 8192
const BEARER = /^Bearer ([\x21-\x7e]+)$/i

export function credentialOf({ headers, url = '' }: IncomingMessage): string {
  const query = url.includes('?') ? new URLSearchParams(url.slice(url.indexOf('?') + 1)).get('key') : null
  let key = BEARER.exec(headers.authorization ?? '')?.[1]
  for (const name of KEY_HEADERS) key = oneOf(key, headers[name])
  key = oneOf(key, query)
  if (key !== undefined && key.length <= MOST) return key
  throw new Failure('unauthenticated', 'this needs a gateway key', {
    hint: 'make one with `parapet key create` and send it where your client sends its API key',
  })
}

function oneOf(key: string | undefined, other: unknown): string | undefined {
  if (typeof other !== 'string' || other === '') return key
  if (key !== undefined && key !== other)
    throw new Failure('unauthenticated', 'the request carries two different keys', { hint: 'send one' })
  return other
}
