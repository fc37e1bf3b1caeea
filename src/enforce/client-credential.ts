// The key or token that a client sends: each family of formats has its own place for it. Two different keys are none.
import type { IncomingMessage } from 'node:http'
import { Failure } from '../lib/failure.ts'
import { KEY_HEADERS } from './client-headers.ts'

/** Tokens of other houses are long. */
const MOST = 8192
const BEARER = /^Bearer ([\x21-\x7e]+)$/i

export function credentialOf({ headers, rawHeaders, url = '' }: IncomingMessage): string {
  refuseOddHeaders(rawHeaders)
  let key = BEARER.exec(headers.authorization ?? '')?.[1]
  for (const name of KEY_HEADERS) key = oneOf(key, headers[name])
  if (url.includes('?'))
    for (const given of new URLSearchParams(url.slice(url.indexOf('?') + 1)).getAll('key')) key = oneOf(key, given)
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

const ENCODING = 'transfer-encoding'
/** Of these, Node takes the first and forgets the others, while whoever stands before us may have looked at the last. */
const ONCE = /^(?:authorization|content-type|host)$/i

function refuseOddHeaders(rawHeaders: readonly string[]): void {
  const seen = new Set<string>()
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] ?? ''
    if (
      name.length === ENCODING.length &&
      name.toLowerCase() === ENCODING &&
      !/^chunked$/i.test(rawHeaders[i + 1] ?? '')
    )
      throw new Failure('input_invalid', 'the transfer-encoding is not known', { hint: 'use chunked, or none' })
    if (!ONCE.test(name)) continue
    const plain = name.toLowerCase()
    if (seen.has(plain))
      throw new Failure('input_invalid', `the header ${plain} is there twice`, { hint: 'send it once' })
    seen.add(plain)
  }
}
