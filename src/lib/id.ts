// Names for things: a prefix that says what it is, then 128 bits in the order of creation (UUIDv7 layout, Crockford
// base 32, lower case), so that a page of rows in the order of their ids is a page in the order of time.
import { randomFillSync } from 'node:crypto'

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'
/** Asking for randomness has its price, so it is fetched for many ids at once; no byte is used twice. */
const pool = new Uint8Array(4096)
let used = pool.length

export function newId(prefix: string, now: Date): string {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  return idText(prefix, now, pool.slice(used, (used += 16)))
}

/** What no id made at or after this time comes before. */
export function firstIdAt(prefix: string, time: Date): string {
  return idText(prefix, time, new Uint8Array(16))
}

/** Two digits at a time: a text that grows letter by letter is kept as a chain of all its beginnings. */
const PAIRS = Array.from({ length: 1024 }, (_, i) => (ALPHABET[i >> 5] ?? '') + (ALPHABET[i & 31] ?? ''))

function idText(prefix: string, now: Date, bytes: Uint8Array): string {
  let time = now.getTime()
  for (let i = 5; i >= 0; i--) {
    bytes[i] = time % 256
    time = Math.floor(time / 256)
  }
  // 128 bits are 26 digits of five bits, of which the first has only three of its own.
  let [text, bits, held] = ['', 0, 2]
  for (const byte of bytes) {
    bits = (bits << 8) | byte
    held += 8
    if (held < 10) continue
    held -= 10
    text += PAIRS[bits >> held] ?? ''
    bits &= (1 << held) - 1
  }
  return `${prefix}_${text}`
}
