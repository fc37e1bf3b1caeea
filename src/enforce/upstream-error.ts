// What an upstream says when it refuses, made fit for the client: its status and message where the request was at fault,
// our own words where the trouble is between us and it. A message may quote a key, so secrets are taken out of it.
import { encodedSecrets } from '../detect/detectors/secrets/encoded-secrets.ts'
import { createEngine } from '../detect/engine.ts'
import { labelled, redact } from '../detect/redact.ts'
import type { Json } from '../lib/canonical-json.ts'
import { once } from '../lib/once.ts'
import type { Trouble } from './trouble.ts'
import type { Upstream } from './upstream/upstream.ts'
import { objectOf, textOf } from './wire/claims.ts'

const engine = once(() => createEngine([encodedSecrets]))
const MOST_MESSAGE = 2000
const CODE = /^[A-Za-z][\w.-]{0,63}$/
/** Where a member of the request is. */
const PLACE = /^[A-Za-z][\w.[\]-]{0,127}$/
/** What the client can do something about. */
const PASSED = new Set([400, 404, 409, 413, 415, 422, 429])

type Quoting = Pick<Upstream, 'key'>

export function upstreamTrouble(
  upstream: Quoting,
  status: number,
  body: Buffer | Json,
  retryAfter: string | undefined,
): Trouble {
  if (PASSED.has(status)) {
    const { message, code, param } = readError(upstream, body)
    return {
      status,
      code: code ?? 'upstream_refused',
      message: message ?? `the upstream refused the request with ${status}`,
      param,
      retryAfter: retryAfter !== undefined && /^\d{1,6}$/.test(retryAfter) ? Number(retryAfter) : undefined,
    }
  }
  if (status === 401 || status === 403) {
    return {
      status: 502,
      code: 'upstream_refused_key',
      message: 'the upstream does not accept the key that Parapet has for it',
    }
  }
  if (status >= 300 && status < 400) {
    return {
      status: 502,
      code: 'upstream_invalid',
      message: 'the upstream sent elsewhere, and redirects are not followed',
    }
  }
  const isBusy = status === 503 || status === 529
  return { status: isBusy ? 503 : 502, code: 'upstream_failed', message: `the upstream failed with ${status}` }
}

/** All formats put it under `error`, or at the top. */
function readError(upstream: Quoting, body: Buffer | Json): Record<'message' | 'code' | 'param', string | undefined> {
  let value: Json
  try {
    value = Buffer.isBuffer(body) ? JSON.parse(body.toString('utf8')) : body
  } catch {
    return { message: undefined, code: undefined, param: undefined }
  }
  const top = objectOf(Array.isArray(value) ? value[0] : value)
  const error = objectOf(top?.['error'])
  const message = textOf(error?.['message']) ?? textOf(top?.['error']) ?? textOf(top?.['message'])
  const param = textOf(error?.['param'])
  const code = textOf(error?.['code']) ?? textOf(error?.['status']) ?? textOf(error?.['type'])
  return {
    message: message === undefined ? undefined : cleaned(upstream, message),
    code: isPlain(upstream, code, CODE) ? code : undefined,
    param: isPlain(upstream, param, PLACE) ? param : undefined,
  }
}

/** A word for programs in which nothing was found. */
function isPlain(upstream: Quoting, word: string | undefined, shape: RegExp): boolean {
  return word !== undefined && shape.test(word) && cleaned(upstream, word) === word
}

/** An upstream's own words, without the secrets they may quote. */
export function cleaned(upstream: Quoting, message: string): string {
  const text = upstream.key.without(message).slice(0, MOST_MESSAGE)
  const { findings, truncated } = engine().scan(text, { role: 'assistant' })
  return truncated.length > 0 ? 'the upstream refused the request' : redact(text, findings, labelled)
}
