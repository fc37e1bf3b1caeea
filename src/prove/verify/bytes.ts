// Bytes in and out of text, strictly, and shapes of JSON that somebody else wrote.
import { NotValid } from './not-valid.ts'

const MOST_PATH = 63

export type Fields = Record<string, unknown>

export const equal = (a: Uint8Array, b: Uint8Array) => a.length === b.length && a.every((byte, i) => byte === b[i])
export const hex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
export function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192))
  return btoa(text)
}

/** Undefined for anything but the one standard spelling. */
export function fromBase64(text: string): Uint8Array | undefined {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)) return undefined
  const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0))
  return text.slice(-4) === toBase64(bytes.slice(-(bytes.length % 3 || 3))) ? bytes : undefined
}

export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

function wrong(expected: string): NotValid {
  return new NotValid('wrong-format', `expected ${expected}`)
}

export function fields(value: unknown): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong('an object')
  return value as Fields
}

export function list(value: unknown): unknown[] {
  if (!Array.isArray(value)) throw wrong('a list')
  return value
}

export function string(value: unknown): string {
  if (typeof value !== 'string') throw wrong('a text')
  return value
}

export function count(value: unknown): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw wrong('a whole number')
  return value
}

export function bytesFrom(value: unknown): Uint8Array {
  const bytes = fromBase64(string(value))
  if (!bytes) throw wrong('base64')
  return bytes
}

export function hashFrom(value: unknown): Uint8Array {
  const bytes = bytesFrom(value)
  if (bytes.length !== 32) throw wrong('a SHA-256 in base64')
  return bytes
}

export function hashes(value: unknown): Uint8Array[] {
  const all = list(value)
  if (all.length > MOST_PATH) throw wrong('a shorter path')
  return all.map(hashFrom)
}
