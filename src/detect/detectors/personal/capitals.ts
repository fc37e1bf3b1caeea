// Where words begin with a capital and stand on the lists of names. A pass of its own is cheaper than thousands of names
// in the automaton: nine of ten characters are no capital, and most capitals begin some other word.
import { PIECE, toUnits, UNITS } from '../../units.ts'
import { GIVEN_NAMES, NAMES_THAT_ARE_WORDS } from './names.ts'

const LAST_LATIN = 0x24f
const LONGEST = 20
const LETTER = 1
const CAPITAL = 2

const KIND = Uint8Array.from({ length: LAST_LATIN + 1 }, (_, unit) => {
  const char = String.fromCharCode(unit)
  if (!/\p{L}/u.test(char)) return 0
  return char === char.toLowerCase() ? LETTER : CAPITAL
})
const kindOf = (unit: number): number => (unit <= LAST_LATIN ? (KIND[unit] ?? 0) : 0)

/** Offsets from `from` on. A word that the text may not yet hold whole is among them, whatever it is. */
export function capitalsIn(text: string, from: number): number[] {
  const found: number[] = []
  for (let at = from; at < text.length; at += PIECE) {
    const length = toUnits(text.slice(at, at + PIECE))
    for (let i = 0; i < length; i++) {
      const unit = UNITS[i] ?? 0
      // Small letters, marks and white space of ASCII are nine of ten.
      if (unit < 65 || (unit > 90 && unit < 0xc0) || kindOf(unit) !== CAPITAL) continue
      const place = at + i
      if ((place === 0 || kindOf(text.charCodeAt(place - 1)) === 0) && mayBeName(text, place)) found.push(place)
    }
  }
  return found
}

function mayBeName(text: string, at: number): boolean {
  let end = at + 1
  while (end < text.length && end - at <= LONGEST && kindOf(text.charCodeAt(end)) > 0) end++
  if (end === text.length) return true
  if (end - at < 2) return false
  const name = asName(text.slice(at, end))
  return GIVEN_NAMES.has(name) || NAMES_THAT_ARE_WORDS.has(name)
}

/** MARY is Mary. */
export function asName(word: string): string {
  return kindOf(word.charCodeAt(1)) === LETTER ? word : word.charAt(0) + word.slice(1).toLowerCase()
}
