// Takes secrets and personal data out of a text that may be JSON. JSON is read as such, so that no spelling of a character
// hides a secret; whatever cannot be searched is left out, never kept as it is.
import type { Json } from '../lib/canonical-json.ts'
import { once } from '../lib/once.ts'
import { personal } from './detectors/personal/personal.ts'
import { secrets } from './detectors/secrets/secrets.ts'
import { createEngine } from './engine.ts'
import { labelled, redact } from './redact.ts'

const engine = once(() => createEngine([secrets, personal]))
const WITHHELD = '[withheld: more was found in it than can be taken out]'
const MOST_DEPTH = 200

export function redactJson(body: string): string {
  if (body === '') return body
  let value: Json
  try {
    value = JSON.parse(body) as Json
  } catch {
    return redactText(body)
  }
  return JSON.stringify(redactValue(value, 0))
}

function redactValue(value: Json, depth: number): Json {
  if (typeof value === 'string') return redactText(value)
  if (typeof value !== 'object' || value === null) return value
  if (depth >= MOST_DEPTH) return WITHHELD
  if (Array.isArray(value)) return value.map((one: Json) => redactValue(one, depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [redactText(key), redactValue(member as Json, depth + 1)]),
  )
}

export function redactText(text: string): string {
  const { findings, truncated } = engine().scan(text)
  if (truncated.length > 0) return WITHHELD
  return findings.length === 0 ? text : redact(text, findings, labelled)
}
