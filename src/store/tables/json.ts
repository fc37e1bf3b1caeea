// Reading back what was stored as text. A row that does not hold what its column promises was damaged outside of
// Parapet, and says so instead of travelling on as something it is not.
import type { JsonObject } from '../../lib/canonical-json.ts'

export function oneOf<const T extends string>(values: readonly T[], text: string): T {
  const found = values.find((value) => value === text)
  if (found === undefined) throw new Error(`the database holds an unknown ${values[0]}-like value`)
  return found
}

export function jsonObject(text: string): JsonObject {
  const value: unknown = JSON.parse(text)
  if (!isObject(value)) throw new Error('the database holds text where a JSON object belongs')
  return value
}

export function jsonStrings(text: string): string[] {
  const value: unknown = JSON.parse(text)
  if (!Array.isArray(value)) throw new Error('the database holds text where a JSON list belongs')
  return value.map(String)
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
