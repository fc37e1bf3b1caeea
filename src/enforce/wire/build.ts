// Small parts of which bodies are built.
import type { Json, JsonObject } from '../../lib/canonical-json.ts'
import type { Part, Turn } from '../../model/turn.ts'
import { isText } from '../texts.ts'

/** Without the members that are undefined. */
export function compact(members: Readonly<Record<string, Json | undefined>>): JsonObject {
  return Object.fromEntries(
    Object.entries(members).filter((member): member is [string, Json] => member[1] !== undefined),
  )
}

export function joined(parts: readonly Part[]): string {
  return parts
    .filter(isText)
    .map(({ text }) => text)
    .join('')
}

/** Arguments as an object; where a model wrote no object, they stand as text under one key, so that nothing is lost. */
export function argumentsOf(text: string): JsonObject {
  if (text.trim() === '') return {}
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject
    return { arguments: text }
  } catch {
    return { arguments: text }
  }
}

/** Which tool a result is of, where a result names its call only. */
export function toolNamed({ messages }: Turn, id: string): string | undefined {
  for (const { parts } of messages)
    for (const part of parts) if (part.kind === 'tool-call' && part.id === id) return part.name
  return undefined
}
