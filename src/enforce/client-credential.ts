// The key or token that a client sends: each family of formats has its own place for it. Two different keys are none.
import type { IncomingMessage } from 'node:http'
import { Failure } from '../lib/failure.ts'
import { KEY_HEADERS } from './client-headers.ts'

/** Tokens of other houses are long. */
const MOST = 8192

export function credentialOf({ headers, url = '' }: IncomingMessage): string {
  const query = url.includes('?') ? new URLSearchParams(url.slice(url.indexOf('?') + 1)).get('key') : null
  const bearer = /^Bearer ([\x21-\x7e]+)$/i.exec(headers.authorization ?? '')?.[1]
  const given = [bearer, ...KEY_HEADERS.map((name) => headers[name]), query]
  const keys = new Set(given.filter((key) => typeof key === 'string' && key !== ''))
  const [key] = keys
  if (keys.size > 1)
    throw new Failure('unauthenticated', 'the request carries two different keys', { hint: 'send one' })
  if (typeof key === 'string' && key.length <= MOST) return key
  throw new Failure('unauthenticated', 'this needs a gateway key', {
    hint: 'make one with `parapet key create` and send it where your client sends its API key',
  })
}
