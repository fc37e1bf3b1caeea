// One value as a person reads it.
import { oneLine } from './text.ts'

const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/

export function cell(value: unknown): string {
  if (value === undefined || value === null) return '–'
  if (typeof value === 'string') return ISO.test(value) ? `${value.slice(0, 19).replace('T', ' ')}Z` : oneLine(value)
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (Array.isArray(value)) return value.length === 0 ? '–' : value.map(cell).join(', ')
  if (typeof value === 'object') return named(value as Record<string, unknown>)
  return String(value)
}

/** A thing by its name where it has one, else all of it. */
function named(value: Record<string, unknown>): string {
  const { kind, id, name, ...rest } = value
  const words = [kind, id ?? name].filter((word) => typeof word === 'string')
  if (typeof (id ?? name) === 'string' && Object.keys(rest).length <= 2) return oneLine(words.join(' '))
  return oneLine(
    Object.entries(value)
      .map(([key, inner]) => `${key}: ${cell(inner)}`)
      .join('; '),
  )
}

/** `lastUsedAt` → `last used at`. */
export function label(key: string): string {
  return oneLine(key.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')).toLowerCase()
}
