// Reads a JSON body that a stranger wrote. JSON.parse alone takes the last of two equal keys, any depth, and a
// `__proto__` that later code may trip over; two programs that read the same body must never understand two things.
import { Failure } from '../lib/failure.ts'

const MOST_JSON_DEPTH = 64
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype'])
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]/gs

export function parseJson(bytes: Uint8Array): unknown {
  const text = decode(bytes)
  let value: unknown
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

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
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
