// Every text of a turn or an answer that a guard may read, each with its place. Arguments of tool calls are JSON in which
// a word can be spelled with escapes, so their texts are read one by one, as the tool will read them.
import { isUtf8 } from 'node:buffer'
import { isDeepStrictEqual } from 'node:util'
import type { Json } from '../lib/canonical-json.ts'
import { parseStrictJson } from '../lib/strict-json.ts'
import type { JsonPath } from '../lib/json-edit.ts'
import type { Speaker } from '../model/finding.ts'
import type { Answer, MediaPart, Part, TextPart, ToolCallPart, Turn } from '../model/turn.ts'
import type { PlacedText } from './placed-text.ts'
import { isPlainKey } from './wire/labels.ts'

type Leaf = Pick<PlacedText, 'origin' | 'at' | 'text' | 'fixed'>

export function* textsOfTurn({ messages, rest }: Turn): Generator<PlacedText> {
  let files: PlacedText[] | undefined
  for (const { parts } of messages)
    for (const part of parts) {
      // Most parts are a text, for which no further generator is made.
      if (isText(part)) yield placedText(part)
      else
        for (const text of textsOfParts([part])) {
          if (text.write !== undefined) (files ??= []).push(text)
          yield text
        }
    }
  for (const text of others(rest)) if (files?.some((file) => isSame(file, text)) !== true) yield text
}

/** A file of text that was read as such: what it is packed as says nothing else. */
function isSame({ at, text, write }: PlacedText, packed: PlacedText): boolean {
  return packed.fixed === true && isDeepStrictEqual(at, packed.at) && write?.(text).endsWith(packed.text) === true
}

export function* textsOfAnswer({ choices, rest }: Answer): Generator<PlacedText> {
  for (const { parts } of choices) yield* textsOfParts(parts)
  yield* others(rest)
}

function* others(rest: readonly TextPart[]): Generator<PlacedText> {
  for (const { origin, at, text, fixed } of rest) yield { origin, part: 'other', at, text, fixed }
}

export function* textsOfCall({
  origin,
  at,
  arguments: text,
}: Pick<ToolCallPart, 'origin' | 'at' | 'arguments'>): Generator<PlacedText> {
  const value = jsonOf(text)
  if (value === undefined) yield { origin, part: 'arguments', at, text }
  else {
    for (const leaf of leavesOf(value, origin, at)) yield { part: 'arguments', ...leaf }
    for (const leaf of longNumbersOf(value, origin, at)) yield { part: 'arguments', ...leaf }
  }
}

/** What is said in a call: strings alone, without the names of things. */
export function valuesOfCall({ arguments: text }: Pick<ToolCallPart, 'arguments'>): string[] {
  const value = jsonOf(text)
  const leaves = value === undefined ? [{ text }] : [...leavesOf(value, 'assistant', [])]
  return leaves.flatMap((leaf) => (leaf.text === '' || ('fixed' in leaf && leaf.fixed) ? [] : [leaf.text]))
}

/** Strings of a JSON value, and keys that are no plain names. */
export function* leavesOf(value: Json, origin: Speaker, at: JsonPath): Generator<Leaf> {
  if (typeof value === 'string') yield { origin, at, text: value }
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value)) {
    if (!Array.isArray(value) && !isPlainKey(key)) yield { origin, at, text: key, fixed: true }
    yield* leavesOf(inner, origin, [...at, Array.isArray(value) ? Number(key) : key])
  }
}

/** Numbers so long that they may be somebody's: a card, an account. What is put in their place is a word. */
export function* longNumbersOf(value: Json, origin: Speaker, at: JsonPath): Generator<Leaf> {
  if (typeof value === 'number' && Math.abs(value) >= LONG) yield { origin, at, text: String(value) }
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value))
    yield* longNumbersOf(inner, origin, [...at, Array.isArray(value) ? Number(key) : key])
}

const LONG = 1e8

function placedText({ origin, kind, at, text, fixed }: TextPart, isAlone = false): PlacedText {
  return { origin, part: kind, at, text, fixed, isAlone }
}

function* textsOfParts(parts: readonly Part[], isAlone = false): Generator<PlacedText> {
  for (const part of parts) {
    if (isText(part)) yield placedText(part, isAlone)
    else if (part.kind === 'tool-call') {
      yield { origin: part.origin, part: 'other', at: part.at, text: part.name, fixed: true }
      yield* textsOfCall(part)
    } else if (part.kind === 'tool-result') yield* textsOfParts(part.parts, part.whole !== undefined)
    else yield* textsOfFile(part)
  }
}

/** A file of text is read like text that stands in the open, and written back as the file that it was. */
export function* textsOfFile({ kind, mediaType, data, head = '', name, at }: MediaPart): Generator<PlacedText> {
  if (data === undefined) return
  const isNamed = TEXTUAL.test(mediaType ?? '') || (kind === 'file' && TEXT_NAME.test(name ?? ''))
  const mayBe = kind === 'file' && UNSAID.test(mediaType ?? '')
  if (!isNamed && !mayBe) return
  const bytes = Buffer.from(data, 'base64')
  const isExact = isUtf8(bytes)
  // What says nothing of its kind is text if it can be.
  if (!isNamed && (!isExact || bytes.includes(0))) return
  const write = (text: string) => head + Buffer.from(text).toString('base64')
  yield { origin: 'document', part: 'text', at, text: bytes.toString('utf8'), fixed: !isExact, write }
}

const TEXTUAL =
  /^(text\/|application\/(json|xml|yaml|x-yaml|markdown|csv|javascript|sql|x-ndjson|toml)\b|[\w.-]+\/[\w.-]+\+(json|xml)\b)/
const TEXT_NAME = /\.(txt|md|csv|tsv|json|jsonl|xml|ya?ml|toml|ini|env|log|html?|sql|py|js|ts|sh)$/i
const UNSAID = /^$|^application\/octet-stream$/

export function isMedia(part: Part): part is MediaPart {
  return part.kind === 'image' || part.kind === 'audio' || part.kind === 'file'
}

export function isText(part: Part): part is TextPart {
  return part.kind === 'text' || part.kind === 'reasoning' || part.kind === 'refusal'
}

/** Arguments that are no object, or that two readers could understand in two ways, are read as they are written. */
function jsonOf(text: string): Json | undefined {
  try {
    const value = parseStrictJson(text, 'nowhere')
    return typeof value === 'object' ? value : undefined
  } catch {
    return undefined
  }
}
