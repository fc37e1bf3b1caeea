// Names for things: a prefix that says what it is, then 128 bits in the order of creation (UUIDv7 layout, Crockford
// base 32, lower case), so that a page of rows in the order of their ids is a page in the order of time.
import { randomFillSync } from 'node:crypto'

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

export function newId(prefix: string, now: Date): string {
  return idText(prefix, now, randomFillSync(new Uint8Array(16)))
}

/** What no id made at or after this time comes before. */
export function firstIdAt(prefix: string, time: Date): string {
  return idText(prefix, time, new Uint8Array(16))
}

function idText(prefix: string, now: Date, bytes: Uint8Array): string {
  let time = now.getTime()
  for (let i = 5; i >= 0; i--) {
    bytes[i] = time % 256
    time = Math.floor(time / 256)
  }
  let number = bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n)
  let text = ''
  for (let i = 0; i < 26; i++) {
    text = (ALPHABET[Number(number % 32n)] ?? '0') + text
    number /= 32n
  }
  return `${prefix}_${text}`
}
