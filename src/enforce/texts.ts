// Every text of a turn or an answer that a guard may read, each with its place. Arguments of tool calls are JSON in which
// a word can be spelled with escapes, so their texts are read one by one, as the tool will read them.
import type { Json } from '../lib/canonical-json.ts'
import { parseStrictJson } from '../lib/strict-json.ts'
import type { JsonPath } from '../lib/json-edit.ts'
import type { Speaker } from '../model/finding.ts'
import type { Answer, MediaPart, Part, TextPart, ToolCallPart, Turn } from '../model/turn.ts'
import type { PlacedText } from './inspection.ts'

export function* textsOfTurn({ messages, rest }: Turn): Generator<PlacedText> {
  for (const { parts } of messages) yield* textsOfParts(parts)
  yield* rest
}

export function* textsOfAnswer({ choices, rest }: Answer): Generator<PlacedText> {
  for (const { parts } of choices) yield* textsOfParts(parts)
  yield* rest
}

export function* textsOfCall({
  origin,
  at,
  arguments: text,
}: Pick<ToolCallPart, 'origin' | 'at' | 'arguments'>): Generator<PlacedText> {
  const value = jsonOf(text)
  if (value === undefined) yield { origin, at, text }
  else yield* leavesOf(value, origin, at)
}

/** Strings of a JSON value, and keys that are no plain names. */
export function* leavesOf(value: Json, origin: Speaker, at: JsonPath): Generator<PlacedText> {
  if (typeof value === 'string') yield { origin, at, text: value }
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value)) {
    if (!Array.isArray(value) && !PLAIN_NAME.test(key)) yield { origin, at, text: key, fixed: true }
    yield* leavesOf(inner, origin, [...at, Array.isArray(value) ? Number(key) : key])
  }
}

const PLAIN_NAME = /^[\w$.-]{0,32}$/

function* textsOfParts(parts: readonly Part[]): Generator<PlacedText> {
  for (const part of parts) {
    if (isText(part)) yield part
    else if (part.kind === 'tool-call') yield* textsOfCall(part)
    else if (part.kind === 'tool-result') yield* textsOfParts(part.parts)
    else yield* textOfFile(part)
  }
}

/** A file of plain text is read like text that stands in the open. What is found in it cannot be cut. */
function* textOfFile({ mediaType, data, at }: MediaPart): Generator<PlacedText> {
  if (data === undefined || !TEXTUAL.test(mediaType ?? '')) return
  yield { origin: 'document', at, text: Buffer.from(data, 'base64').toString('utf8'), fixed: true }
}

const TEXTUAL = /^(text\/|application\/(json|xml|yaml|x-yaml|markdown|csv)\b)/

export function isText(part: Part): part is TextPart {
  return part.kind === 'text' || part.kind === 'reasoning' || part.kind === 'refusal'
}

/** Arguments that are no object, or that two readers could understand in two ways, are read as they are written. */
function jsonOf(text: string): Json | undefined {
  try {
    const value = parseStrictJson(text)
    return typeof value === 'object' ? value : undefined
  } catch {
    return undefined
  }
}
