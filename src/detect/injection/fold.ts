// One table look-up per character: what it counts as, what letter it folds to, and what that passes for. Full width becomes
// plain, diacritics go, case goes; invisible characters are stepped over, so that a word with zero-width joints is still the
// word.
import { once } from '../../lib/once.ts'

export const OTHER = 0
export const LETTER = 1
export const DIGIT = 2
export const SKIP = 3
/** Scripts without spaces: every character is a word. */
export const SINGLE = 4
/** Ends a sentence. */
export const STOP = 5
export const LINE = 6
/** Quotes, brackets and the marks of markup: what stands right after one is often quoted, not said. */
export const MARKUP = 7

/**
 * Of each unit: the letter that it folds to (16 bits); the Latin letter that this passes for inside a Latin word, as in
 * "1gn0re" or "ignоre", otherwise 0 (7 bits); whether it is one itself (1 bit); its kind. Empty until it is filled.
 */
export const UNITS = new Uint32Array(65_536)
export const TWIN_AT = 16
export const TWIN_MASK = 0x7f
export const LATIN_AT = 23
export const LATIN = 1 << LATIN_AT
export const KIND_AT = 24
/** Kind and Latinity of a Latin letter, from `LATIN_AT` on. */
export const LATIN_LETTER = (LETTER << 1) | 1

// Ranges, first and last: soft hyphen, joiners, zero width, direction marks, fillers, variation selectors.
const INVISIBLE = [
  0xad, 0xad, 0x34f, 0x34f, 0x61c, 0x61c, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x180b, 0x180f, 0x200b, 0x200f, 0x202a,
  0x202e, 0x2060, 0x206f, 0xfe00, 0xfe0f, 0xfeff, 0xfeff,
]
// Thai and its neighbours, kana, Han, Hangul.
const SPACELESS = [
  0xe00, 0xeff, 0x1000, 0x109f, 0x1780, 0x17ff, 0x2e80, 0x2fdf, 0x3005, 0x3007, 0x3040, 0x30ff, 0x3400, 0x9fff, 0xac00,
  0xd7af, 0xf900, 0xfaff,
]
const PASSES = '01345789аеорсухіјѕԁһӏвкмнтгзпиѵԛԝꜱɡɑοιαβγεηκνρτυχωϲϳѡıƒ'
const FOR = 'oieastbgaeopcyxijsdhlbkmhtrznuvqwsgaoiabyenkvptuxwcjwif'
const MARK = /\p{M}/u
const ALPHABETIC = /[\p{L}\p{M}]/u
const NUMERIC = /\p{N}/u
const MARKS = '"\'`“”„«»‘’<>[](){}#|=*/\\$_~'
const STOPS = '.!?;:…。！？；：'

const twins = new Map(PASSES.split('').map((char, i) => [char.charCodeAt(0), FOR.charCodeAt(i)]))

/** Asked of the system's tables for each unit, which takes longer than many who load this have words to read. */
export const fillUnits = once(() => {
  for (let unit = 0; unit < UNITS.length; unit++) {
    if (within(SPACELESS, unit)) UNITS[unit] = pack(unit, SINGLE)
    else if (unit >= 0xd800 && unit <= 0xf8ff) UNITS[unit] = pack(unit, OTHER)
    else {
      const char = String.fromCharCode(unit)
      const plain = fold(char)
      UNITS[unit] = pack(plain, kindOf(unit, char, plain))
    }
  }
})

function pack(plain: number, kind: number): number {
  const latin = plain >= 0x61 && plain <= 0x7a ? LATIN : 0
  return plain | ((twins.get(plain) ?? 0) << TWIN_AT) | latin | (kind << KIND_AT)
}

function kindOf(unit: number, char: string, folded: number): number {
  if (within(INVISIBLE, unit)) return SKIP
  if (char === '\n') return LINE
  if (STOPS.includes(char)) return STOP
  if (MARKS.includes(char)) return MARKUP
  if (MARK.test(char)) return SKIP
  const plain = String.fromCharCode(folded)
  if (NUMERIC.test(plain)) return DIGIT
  return ALPHABETIC.test(plain) ? LETTER : OTHER
}

function fold(char: string): number {
  return char.normalize('NFKD').toLowerCase().normalize('NFKD').charCodeAt(0)
}

function within(ranges: readonly number[], unit: number): boolean {
  for (let i = 0; i < ranges.length; i += 2) if (unit >= (ranges[i] ?? 0) && unit <= (ranges[i + 1] ?? 0)) return true
  return false
}
