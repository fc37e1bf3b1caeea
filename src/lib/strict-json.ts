// Reads JSON that a stranger wrote. JSON.parse alone takes the last of two equal keys, any depth, and a
// `__proto__` that later code may trip over; two programs that read the same body must never understand two things.
import type { Json } from './canonical-json.ts'
import { Failure } from './failure.ts'

const MOST_JSON_DEPTH = 64
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype'])
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]/gs

export function parseStrictJson(body: Uint8Array | string): Json {
  const text = typeof body === 'string' ? body : decodeStrict(body)
  let value: Json
  try {
    value = JSON.parse(text)
  } catch (cause) {
    const at = cause instanceof Error ? /position (\d+)/.exec(cause.message)?.[1] : undefined
    throw new Failure('input_invalid', `the body is not JSON${at === undefined ? '' : ` (at character ${at})`}`, {
      hint: 'check quotes, commas and brackets',
    })
  }
  checkStructure(text)
  return value
}

/** The text keeps its byte order mark, if any, so that encoding it again gives the same bytes. */
export function decodeStrict(bytes: Uint8Array): string {
  try {
    return UTF8.decode(bytes)
  } catch (cause) {
    throw new Failure('input_invalid', 'the body is not UTF-8 text', { cause })
  }
}

/** On text that is known to be JSON: a string followed by a colon is a key. */
function checkStructure(text: string): void {
  const open: (Set<string> | undefined)[] = []
  let previous = ''
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === '{' || token === '[') {
      if (open.length >= MOST_JSON_DEPTH) {
        throw new Failure('input_invalid', `the body nests deeper than ${MOST_JSON_DEPTH} levels`)
      }
      open.push(token === '{' ? new Set() : undefined)
    } else if (token === '}' || token === ']') open.pop()
    else if (token === ':') checkKey(String(JSON.parse(previous)), open.at(-1))
    previous = token
  }
}

function checkKey(key: string, seen: Set<string> | undefined): void {
  if (FORBIDDEN.has(key)) throw new Failure('input_invalid', `the key "${key}" is not allowed in a body`)
  if (seen?.has(key)) throw new Failure('input_invalid', `the key "${key.slice(0, 100)}" is there twice`)
  seen?.add(key)
}
