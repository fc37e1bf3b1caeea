// Reads JSON that a stranger wrote. JSON.parse alone takes the last of two equal keys, any depth, and a
// `__proto__` that later code may trip over; two programs that read the same body must never understand two things.
// Where such a name is let through it is an own member like any other; who copies an object spreads it, because an
// assignment would make a prototype of it.
import { isUtf8 } from 'node:buffer'
import type { Json, JsonObject } from './canonical-json.ts'
import { Failure } from './failure.ts'

const MOST_JSON_DEPTH = 64
/** Objects, lists and strings, of which each costs its readers more than the three characters that it takes to write one. */
const MOST_PIECES = 2_000_000
/** What each of them weighs, where a number weighs one. */
const PIECE = 8
/** In characters: what a shorter text can hold is read in no time. */
const LIGHT = 65_536
const RESERVED = new Set(['__proto__', 'constructor', 'prototype'])
/**
 * Where such names are refused. The envelope of a body is the body itself, what stands in its lists, and in theirs: there an
 * API has all names. What is a member of an object in one of these – a schema, arguments – is whoever's wrote it, and a property
 * of his may be called anything.
 */
const CLOSED = { everywhere: 2, envelope: 1, nowhere: 0 } as const
const [QUOTE, COMMA, COLON, OPEN_LIST, BACKSLASH, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [
  34, 44, 58, 91, 92, 93, 123, 125,
]

export function parseStrictJson(body: Uint8Array | string, reserved: keyof typeof CLOSED = 'everywhere'): Json {
  const text = typeof body === 'string' ? body : decodeStrict(body)
  if (text.length > LIGHT) refuseHeavy(text)
  let value: Json
  try {
    value = JSON.parse(text)
  } catch (cause) {
    const at = cause instanceof Error ? /position (\d+)/.exec(cause.message)?.[1] : undefined
    throw new Failure('input_invalid', `the body is not JSON${at === undefined ? '' : ` (at character ${at})`}`, {
      hint: 'check quotes, commas and brackets',
    })
  }
  if (membersOf(value, 0, CLOSED[reserved]) !== colonsOf(text)) throw namingTwin(text)
  return value
}

/** Before it is parsed: what is made of a text can be fifty times as large, and nothing else runs while it is. */
function refuseHeavy(text: string): void {
  let [depth, weight] = [0, 0]
  for (let at = 0; at < text.length;) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) {
      weight += PIECE
      at = endOfString(text, at)
    } else {
      at++
      if (code === OPEN_LIST || code === OPEN_OBJECT) {
        weight += PIECE
        if (++depth > MOST_JSON_DEPTH) throw tooDeep()
      } else if (code === CLOSE_LIST || code === CLOSE_OBJECT) depth--
      else if (code === COMMA) weight++
      else continue
    }
    if (weight > MOST_PIECES * PIECE)
      throw new Failure('too_large', `the body has more than ${MOST_PIECES} objects, lists and strings`, {
        hint: 'send it in several',
      })
  }
}

const tooDeep = () => new Failure('input_invalid', `the body nests deeper than ${MOST_JSON_DEPTH} levels`)

/** The text keeps its byte order mark, if any, so that encoding it again gives the same bytes. */
export function decodeStrict(bytes: Uint8Array): string {
  if (!isUtf8(bytes)) throw new Failure('input_invalid', 'the body is not UTF-8 text')
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
}

/** Counts the members of all objects, and refuses what no body may hold. */
function membersOf(value: Json, depth: number, closed: number): number {
  if (typeof value !== 'object' || value === null) return 0
  if (depth >= MOST_JSON_DEPTH) throw tooDeep()
  let count = 0
  if (Array.isArray(value)) {
    for (const inner of value) count += membersOf(inner, depth + 1, closed)
    return count
  }
  const object = value as JsonObject
  for (const key in object) {
    if (closed > 0 && RESERVED.has(key)) throw new Failure('input_invalid', `the key "${key}" is not allowed in a body`)
    const inner = object[key]
    if (typeof inner !== 'object' || inner === null) count++
    else count += 1 + membersOf(inner, depth + 1, closed === CLOSED.envelope && !Array.isArray(inner) ? 0 : closed)
  }
  return count
}

/** On text that is known to be JSON: a colon outside of strings follows each key, so that a key which is there twice shows. */
function colonsOf(text: string): number {
  let colons = 0
  for (let at = 0; ;) {
    const quote = text.indexOf('"', at)
    const end = quote < 0 ? text.length : quote
    for (; at < end; at++) if (text.charCodeAt(at) === COLON) colons++
    if (quote < 0) return colons
    at = endOfString(text, quote)
  }
}

/** Behind its closing quote, or the end where it has none; a quote after an odd number of backslashes closes nothing. */
export function endOfString(text: string, start: number): number {
  for (let quote = start; ;) {
    quote = text.indexOf('"', quote + 1)
    if (quote < 0) return text.length
    let slashes = 0
    while (text.charCodeAt(quote - 1 - slashes) === BACKSLASH) slashes++
    if (slashes % 2 === 0) return quote + 1
  }
}

/** Which key it is that stands twice in one object. */
function namingTwin(text: string): Failure {
  const open: Set<string>[] = []
  let previous = ''
  for (const [token] of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]/gs)) {
    if (token === '{' || token === '[') open.push(new Set())
    else if (token === '}' || token === ']') open.pop()
    else if (token === ':') {
      const key = String(JSON.parse(previous))
      const seen = open.at(-1)
      if (seen?.has(key)) return new Failure('input_invalid', `the key "${key.slice(0, 100)}" is there twice`)
      seen?.add(key)
    }
    previous = token
  }
  return new Failure('input_invalid', 'a key is there twice')
}
