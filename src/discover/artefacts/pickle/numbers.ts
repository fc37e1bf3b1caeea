// The texts of protocol 0 as CPython reads them, which is wider than Python's own `pickletools` does: INT and LONG take any
// base that Python's source does. A scanner that is stricter than the loader stops where the loader goes on.
import { BrokenPickle } from './tape.ts'

const DECIMAL = /^[+-]?\d+(?:_\d+)*$/
const BASED = /^(?<sign>[+-]?)0(?<base>[xXoObB])(?<digits>_?[0-9a-fA-F]+(?:_[0-9a-fA-F]+)*)$/
const RADIX: Record<string, number> = { x: 16, o: 8, b: 2 }

export interface PlainNumber {
  value: number
  /** Not as any pickler writes it. */
  odd: boolean
}

export function parseInteger(text: string): PlainNumber {
  const trimmed = text.trim().replace(/L$/, '')
  const based = BASED.exec(trimmed)?.groups
  if (based) {
    const { sign, base = '', digits = '' } = based
    const value = Number.parseInt(digits.replaceAll('_', ''), RADIX[base.toLowerCase()])
    if (Number.isNaN(value)) throw new BrokenPickle('an integer is not readable')
    return { value: sign === '-' ? -value : value, odd: true }
  }
  if (!DECIMAL.test(trimmed)) throw new BrokenPickle('an integer is not readable')
  return { value: Number(trimmed.replaceAll('_', '')), odd: !/^-?\d+L?$/.test(text) }
}

export function parseFloatText(text: string): number {
  const trimmed = text.trim().toLowerCase()
  if (/^[+-]?(?:inf|infinity|nan)$/.test(trimmed)) return Number.NaN
  const value = Number(trimmed.replaceAll('_', ''))
  if (trimmed === '' || Number.isNaN(value)) throw new BrokenPickle('a float is not readable')
  return value
}

const ESCAPES: Record<string, string> = { n: '\n', t: '\t', r: '\r', a: '\u0007', b: '\b', f: '\f', v: '\v' }

/** STRING: a literal of Python 2 with its quotes. */
export function parseQuoted(line: string): string {
  const text = line.trim()
  const quote = text[0]
  if (text.length < 2 || (quote !== '"' && quote !== "'") || text.at(-1) !== quote)
    throw new BrokenPickle('a string has no quotes')
  return text.slice(1, -1).replaceAll(/\\(?:x(?<hex>[0-9a-fA-F]{2})|(?<octal>[0-7]{1,3})|(?<char>.))/gs, (...match) => {
    const groups = match.at(-1) as Record<string, string | undefined>
    if (groups['hex'] !== undefined) return String.fromCharCode(Number.parseInt(groups['hex'], 16))
    if (groups['octal'] !== undefined) return String.fromCharCode(Number.parseInt(groups['octal'], 8))
    return ESCAPES[groups['char'] ?? ''] ?? groups['char'] ?? ''
  })
}

/** UNICODE: latin-1 with \uXXXX and \UXXXXXXXX, and no other escape. */
export function parseRawUnicode(latin: string): string {
  if (!latin.includes('\\')) return latin
  return latin.replaceAll(/\\u(?<short>[0-9a-fA-F]{4})|\\U(?<long>[0-9a-fA-F]{8})/g, (whole, short, long) => {
    const code = Number.parseInt(String(short ?? long), 16)
    return code <= 0x10ffff ? String.fromCodePoint(code) : String(whole)
  })
}

/** An integer. Of the longest the size counts, not the last digit; bytes that only repeat the sign count nothing. */
export function littleEndian(written: Buffer): number {
  if (written.length === 0) return 0
  const sign = (written.at(-1) ?? 0) >= 0x80 ? 0xff : 0
  const digits = written.findLastIndex((byte) => byte !== sign) + 1
  // One more, so that the sign stays what it was.
  const bytes = written.subarray(0, Math.min(written.length, digits + 1))
  const beyond = Math.max(0, bytes.length - 6)
  return bytes.readIntLE(beyond, bytes.length - beyond) * 256 ** beyond
}
