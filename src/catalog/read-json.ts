// Reads one JSON file of a pack: bounded in size and depth, and with the line and column of what is wrong. V8 often
// names no position, only a snippet, so a second reader finds the place once the first has failed.
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Failure } from '../lib/failure.ts'

const MOST_BYTES = 4 * 1024 * 1024
const MOST_DEPTH = 32

export function readBytes(folder: string, file: string): Uint8Array {
  let handle: number
  try {
    handle = openSync(join(folder, file), 'r')
  } catch (cause) {
    const missing = isCode(cause, 'ENOENT') || isCode(cause, 'ENOTDIR')
    throw new Failure(missing ? 'not_found' : 'unavailable', `${file} ${missing ? 'is missing' : 'cannot be read'}`, {
      hint: missing ? 'a pack holds index.json and every file that it lists' : 'check who may read it',
      cause,
    })
  }
  try {
    const about = fstatSync(handle)
    if (!about.isFile()) throw new Failure('input_invalid', `${file} is not a file`)
    if (about.size > MOST_BYTES) {
      throw new Failure('too_large', `${file} has ${about.size} bytes; ${MOST_BYTES} are read at most`)
    }
    return readFileSync(handle)
  } finally {
    closeSync(handle)
  }
}

export function parseJson(bytes: Uint8Array, file: string): unknown {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new Failure('input_invalid', `${file} is not UTF-8 text`, { cause })
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause
    const at = firstMistake(text)
    const before = text.slice(0, at).split('\n')
    const place = `line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`
    const found = at < text.length ? 'unexpected text' : 'the file ends too early'
    throw new Failure('input_invalid', `${file} is not JSON: ${found} at ${place}`)
  }
  if (depthOver(value, MOST_DEPTH)) throw new Failure('input_invalid', `${file} nests deeper than ${MOST_DEPTH} levels`)
  return value
}

// oxlint-disable-next-line no-control-regex -- exactly what JSON forbids inside a string
const TEXT = /"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*"/
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/
const TOKEN = new RegExp(`[ \\t\\r\\n]*(?:([{}[\\],:])|(${TEXT.source})|(${SCALAR.source}))`, 'y')

/** Offset of the first character that no JSON text could have there. */
function firstMistake(text: string): number {
  const open: string[] = []
  let expected = 'value'
  TOKEN.lastIndex = 0
  while (expected !== 'end') {
    const start = TOKEN.lastIndex
    const token = TOKEN.exec(text)
    if (!token) return skipSpace(text, start)
    const at = TOKEN.lastIndex - token[0].trimStart().length
    const next = step(expected, token[1] ?? (token[2] ? 'string' : 'scalar'), open)
    if (!next) return at
    expected = next
  }
  return skipSpace(text, TOKEN.lastIndex)
}

function step(expected: string, token: string, open: string[]): string | undefined {
  const closes = open.at(-1)
  const isKey = expected === 'key' || expected === 'key or }'
  if (isKey && token === 'string') return 'colon'
  if (expected === 'colon') return token === ':' ? 'value' : undefined
  if (expected === 'more' && token === ',') return closes === '}' ? 'key' : 'value'
  const mayClose = expected === 'more' || expected === 'key or }' || expected === 'value or ]'
  if (mayClose && token === closes) {
    open.pop()
    return open.length > 0 ? 'more' : 'end'
  }
  if (!expected.startsWith('value')) return undefined
  if (token === '{' || token === '[') {
    open.push(token === '{' ? '}' : ']')
    return token === '{' ? 'key or }' : 'value or ]'
  }
  if (token !== 'string' && token !== 'scalar') return undefined
  return open.length > 0 ? 'more' : 'end'
}

function skipSpace(text: string, from: number): number {
  let at = from
  while (at < text.length && ' \t\r\n'.includes(text[at] ?? 'x')) at++
  return at
}

function depthOver(value: unknown, most: number): boolean {
  let level = [value]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > most) return true
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []))
  }
  return false
}

function isCode(cause: unknown, code: string): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === code
}
