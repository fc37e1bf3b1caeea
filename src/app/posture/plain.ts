// A derived answer as plain JSON: maps become objects, what is absent is left out. So that two answers can be compared.
import type { Json } from '../../lib/canonical-json.ts'

export function plain(value: unknown): Json {
  if (value === null || typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string')
    return value
  if (Array.isArray(value)) return value.map(plain)
  const members = value instanceof Map ? [...value] : typeof value === 'object' ? Object.entries(value) : undefined
  if (!members) throw new TypeError(`${typeof value} is no part of an answer`)
  return Object.fromEntries(
    members.flatMap(([key, member]) => (member === undefined ? [] : [[String(key), plain(member)]])),
  )
}
