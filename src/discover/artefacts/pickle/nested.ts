// Pickles inside pickles: bytes or text that, decoded, is a pickle again. Only decodes; what it means is judged elsewhere.
import { gunzipSync, inflateSync } from 'node:zlib'
import type { ByteSource } from '../source.ts'
import { type Bytes, Text } from './values.ts'

const MOST = 16 * 1024 * 1024
const BASE64_HEAD = /^[A-Za-z0-9+/_-]{16}/
const BASE64 = /^[A-Za-z0-9+/_-]{16,}[A-Za-z0-9+/_\s-]*=*\s*$/
const HEX = /^(?:[0-9a-fA-F]{2}){10,}$/

export interface Nested {
  how: string
  bytes: Uint8Array
}

export function nestedPickle(source: ByteSource, value: string | Bytes | Text): Nested | undefined {
  if (typeof value === 'string') return inText(value, 'text')
  const kind = value instanceof Text ? 'text' : 'bytes'
  const head = source.read(value.at, Math.min(256, value.length))
  const isText = BASE64_HEAD.test(Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString('latin1'))
  const isOfLetters = value instanceof Text && head[0] === 0xc2 && head[1] === 0x80
  if (!isText && !isOfLetters && !isPickleHead(head) && !isPacked(head) && !looksOld(head)) return undefined
  if (value.length > MOST) return undefined
  const bytes = source.read(value.at, value.length)
  if (isOfLetters) return inText(Buffer.from(bytes).toString('utf8'), kind)
  return isText ? inText(Buffer.from(bytes).toString('latin1'), kind) : unpacked(bytes, kind)
}

function inText(text: string, kind: string): Nested | undefined {
  if (text.length > MOST) return undefined
  // Protocol 2 writes each byte as the letter of that number.
  if (text.startsWith('\u0080') || (/^[c(]/.test(text) && text.includes('\n')))
    return unpacked(Buffer.from(text, 'latin1'), kind)
  if (text.length < 24 || !BASE64_HEAD.test(text)) return undefined
  if (HEX.test(text)) return unpacked(Buffer.from(text, 'hex'), `hexadecimal ${kind}`)
  const start = Buffer.from(text.slice(0, 24), 'base64')
  if (!isPickleHead(start) && !isPacked(start) && !/^[c(]/.test(start.toString('latin1'))) return undefined
  return BASE64.test(text) ? unpacked(Buffer.from(text, 'base64'), `base64 ${kind}`) : undefined
}

function unpacked(bytes: Uint8Array, how: string): Nested | undefined {
  const plain = isPacked(bytes) ? inflated(bytes) : bytes
  if (!plain || (!isPickleHead(plain) && !looksOld(plain))) return undefined
  return { how: plain === bytes ? how : `compressed ${how}`, bytes: plain }
}

function inflated(bytes: Uint8Array): Uint8Array | undefined {
  try {
    return bytes[0] === 0x1f
      ? gunzipSync(bytes, { maxOutputLength: MOST })
      : inflateSync(bytes, { maxOutputLength: MOST })
  } catch {
    return undefined // not compressed after all
  }
}

export const isPickleHead = (head: Uint8Array): boolean => head[0] === 0x80 && (head[1] ?? 9) <= 5

const isPacked = ([first = 0, second = 0]: Uint8Array) =>
  (first === 0x78 && (first * 256 + second) % 31 === 0) || (first === 0x1f && second === 0x8b)

/** Protocols 0 and 1 have no magic: a name in two lines, after what may stand before it. */
export function looksOld(head: Uint8Array): boolean {
  const text = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, 256)).toString('latin1')
  return /^[(\]})l]{0,6}[ci][A-Za-z_][\w.]*\n[A-Za-z_][\w.]*\n/.test(text)
}
