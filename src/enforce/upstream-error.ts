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
/** What the client can do something about. */
const PASSED = new Set([400, 404, 409, 413, 415, 422, 429])

type Quoting = Pick<Upstream, 'key'>

export function upstreamTrouble(
  upstream: Quoting,
  status: number,
  body: Buffer,
  retryAfter: string | undefined,
): Trouble {
  if (PASSED.has(status)) {
    const { message, code } = readError(upstream, body)
    return {
      status,
      code: code ?? 'upstream_refused',
      message: message ?? `the upstream refused the request with ${status}`,
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
function readError(upstream: Quoting, body: Buffer): { message: string | undefined; code: string | undefined } {
  let value: Json
  try {
    value = JSON.parse(body.toString('utf8'))
  } catch {
    return { message: undefined, code: undefined }
  }
  const top = objectOf(Array.isArray(value) ? value[0] : value)
  const error = objectOf(top?.['error'])
  const message = textOf(error?.['message']) ?? textOf(top?.['error']) ?? textOf(top?.['message'])
  const code = textOf(error?.['code']) ?? textOf(error?.['status']) ?? textOf(error?.['type'])
  return {
    message: message === undefined ? undefined : cleaned(upstream, message),
    code: isCode(upstream, code) ? code : undefined,
  }
}

/** A word for programs, which nothing was found in. */
function isCode(upstream: Quoting, code: string | undefined): boolean {
  return code !== undefined && /^[A-Za-z][\w.-]{0,63}$/.test(code) && cleaned(upstream, code) === code
}

/** An upstream's own words, without the secrets they may quote. */
export function cleaned(upstream: Quoting, message: string): string {
  const text = upstream.key.without(message).slice(0, MOST_MESSAGE)
  const { findings, truncated } = engine().scan(text, { role: 'assistant' })
  return truncated.length > 0 ? 'the upstream refused the request' : redact(text, findings, labelled)
}
