// The gates of the disguises whose pattern could begin at almost any character. A loop that rules out most places with one
// look is many times faster than a pattern tried at each of them.
import type { Seek } from '../define.ts'
import type { Text } from '../text.ts'
import { unitsOf } from '../trigger.ts'

const BASE64 = 1
const UPPER = 2
const LOWER = 4
const LETTER = 8
const GAP = 16
const WORD = 32
const CODE = 64
const NUMERAL = 128

const KINDS = new Uint8Array(65_536)
const WHITE = '\t-\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff'
mark('-A-Za-z0-9+/_', BASE64)
mark('A-Z', UPPER)
mark('a-z', LOWER)
mark('a-zA-ZÀ-ӿ', LETTER)
mark('- \t._*|/·•~+=\\', GAP)
mark('A-Za-z0-9_', WORD)
mark('-.–·−_', CODE)
mark(`0-9a-fA-FxX\\,:;${WHITE}`, NUMERAL)

function mark(characters: string, kind: number): void {
  for (const unit of unitsOf(characters)) KINDS[unit] = (KINDS[unit] ?? 0) | kind
}

/** Behind the end there is nothing. */
const kindAt = ({ string, units }: Text, at: number): number => (at < string.length ? (KINDS[units[at] ?? 0] ?? 0) : 0)

const RUN = 24
const FEWEST_OF_EACH_CASE = 3

/** The beginning of a long run of base64 digits of both cases; a path or a name has few capitals. */
export const seekBase64: Seek = (text, from) => {
  const { units } = text
  for (let start = from; start + RUN <= text.string.length;) {
    let last = start + RUN - 1
    while (last >= start && ((KINDS[units[last] ?? 0] ?? 0) & BASE64) !== 0) last--
    if (last >= start) {
      start = last + 1
      continue
    }
    const isInside = start > 0 && (kindAt(text, start - 1) & BASE64) !== 0
    if (!isInside && isMixed(text, start)) return { start, end: start + RUN }
    start += RUN
    while (start < text.string.length && (kindAt(text, start) & BASE64) !== 0) start++
  }
  return undefined
}

function isMixed(text: Text, start: number): boolean {
  let [upper, lower] = [0, 0]
  for (let i = start; i < start + RUN; i++) {
    const kind = kindAt(text, i)
    if ((kind & UPPER) !== 0) upper++
    else if ((kind & LOWER) !== 0) lower++
  }
  return upper >= FEWEST_OF_EACH_CASE && lower >= FEWEST_OF_EACH_CASE
}

const GAPS = 3
const LETTERS = 6
/** The shortest: each letter with one separator. */
const SPACED = 2 * LETTERS

/** Six letters in a row, each followed by one to three separators. */
export const seekSpacedLetters: Seek = (text, from) => {
  const { units } = text
  const last = text.string.length - SPACED
  for (let start = from; start <= last;) {
    // Two in a row that are no separators end the matter for all before them, so the look begins from behind.
    let pair = start + SPACED - 2
    while (pair >= start && (((KINDS[units[pair] ?? 0] ?? 0) | (KINDS[units[pair + 1] ?? 0] ?? 0)) & GAP) !== 0) pair--
    if (pair < start) {
      const end = endOfSpaced(text, start)
      if (end > 0) return { start, end }
    }
    start = Math.max(start, pair) + 1
  }
  return undefined
}

function endOfSpaced(text: Text, start: number): number {
  let end = start
  for (let letters = 0; letters < LETTERS; letters++) {
    if ((kindAt(text, end) & LETTER) === 0) return 0
    let next = end + 1
    while (next <= end + GAPS && (kindAt(text, next) & GAP) !== 0) next++
    if (next === end + 1) return 0
    end = next
  }
  return end
}

const NUMBERS = /(?:(?:0x|\\x)?[2-7][0-9a-f][ ,:;]{0,2}){6}|0[01]{7}[\s,]{0,2}0[01]{7}|(?:1?\d{2}[ ,;]{1,2}){5}/iy

/** The shortest: six hexadecimal codes. */
const FEWEST_NUMERALS = 12

/** Six hexadecimal, two binary or five decimal character codes in a row, at a digit or a backslash. */
export function endOfNumbers({ string, units }: Text, at: number): number {
  if (at > 0 && ((KINDS[units[at - 1] ?? 0] ?? 0) & WORD) !== 0) return 0
  const last = at + FEWEST_NUMERALS - 1
  if (last >= string.length) return 0
  for (let i = last; i > at; i--) if (((KINDS[units[i] ?? 0] ?? 0) & NUMERAL) === 0) return 0
  NUMBERS.lastIndex = at
  return NUMBERS.test(string) ? NUMBERS.lastIndex : 0
}

/** A letter of an alphabet that has twins of Latin ones, beside a Latin one. */
export function endOfMixed(text: Text, at: number): number {
  return isLatin(kindAt(text, at + 1)) || (at > 0 && isLatin(kindAt(text, at - 1))) ? at + 1 : 0
}

const isLatin = (kind: number): boolean => (kind & (UPPER | LOWER)) !== 0

const LEET = /[0134578@$][a-z][a-z0-9@$]{0,12}[^\n]{1,3}?[a-z0-9@$]{0,9}[0134578@$]/iy

/** A digit or sign between two letters, and another one soon. */
export function endOfLeet(text: Text, at: number): number {
  if (at === 0 || !isLatin(kindAt(text, at - 1)) || !isLatin(kindAt(text, at + 1))) return 0
  LEET.lastIndex = at
  return LEET.test(text.string) ? LEET.lastIndex : 0
}

const [SPACE, SLASH, BAR] = [0x20, 0x2f, 0x7c]
const CODES = 3
const LONGEST_CODE = 6

/** Three groups of dots and dashes, each with a space behind it, and what may be a fourth. */
export function endOfMorse({ string, units }: Text, from: number): number {
  let at = from
  for (let codes = 0; codes < CODES; codes++) {
    const start = at
    while (at < string.length && at - start <= LONGEST_CODE && isMorse(units[at] ?? 0)) at++
    if (at === start || at - start > LONGEST_CODE || at >= string.length || units[at] !== SPACE) return 0
    at++
  }
  const next = at < string.length ? (units[at] ?? 0) : 0
  return isMorse(next) || next === SLASH || next === BAR ? at : 0
}

const isMorse = (unit: number): boolean => ((KINDS[unit] ?? 0) & CODE) !== 0
