// Takes secrets, and personal data where wanted, out of a text that may be JSON. JSON is read as such, so that no spelling of a character
// hides a secret; whatever cannot be searched is left out, never kept as it is.
import type { Json } from '../lib/canonical-json.ts'
import { once } from '../lib/once.ts'
import { encodedSecretsAndPersonal } from './detectors/encoded-data.ts'
import { encodedSecrets } from './detectors/secrets/encoded-secrets.ts'
import { createEngine } from './engine.ts'
import { labelled, redact } from './redact.ts'

const ENGINES = {
  secrets: once(() => createEngine([encodedSecrets])),
  'secrets-and-personal': once(() => createEngine([encodedSecretsAndPersonal])),
}
export type Redacted = keyof typeof ENGINES
const WITHHELD = '[withheld: more was found in it than can be taken out]'
const MOST_DEPTH = 200

export function redactJson(body: string, what: Redacted): string {
  if (body === '') return body
  let value: Json
  try {
    value = JSON.parse(body) as Json
  } catch {
    return redactText(body, what)
  }
  return JSON.stringify(redactValue(value, what, 0))
}

function redactValue(value: Json, what: Redacted, depth: number): Json {
  if (typeof value === 'string') return redactText(value, what)
  if (typeof value !== 'object' || value === null) return value
  if (depth >= MOST_DEPTH) return WITHHELD
  if (Array.isArray(value)) return value.map((one: Json) => redactValue(one, what, depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [redactText(key, what), redactValue(member as Json, what, depth + 1)]),
  )
}

export function redactText(text: string, what: Redacted): string {
  const { findings, truncated } = ENGINES[what]().scan(text)
  if (truncated.length > 0) return WITHHELD
  return findings.length === 0 ? text : redact(text, findings, labelled)
}
