// Where words begin with a capital and stand on the lists of names. A pass of its own is cheaper than thousands of names
// in the automaton: nine of ten characters are no capital, and most capitals begin some other word.
import type { Text } from '../../text.ts'
import { addLetter, GIVEN_NAMES, NAMES_THAT_ARE_WORDS } from './names.ts'

const LAST_LATIN = 0x24f
const LONGEST = 20
const LETTER = 1
const CAPITAL = 2

/** Of every unit, so that one look settles nine of ten. */
const KIND = new Uint8Array(65_536)
const LOWER = new Uint16Array(LAST_LATIN + 1)
for (let unit = 0; unit <= LAST_LATIN; unit++) {
  const char = String.fromCharCode(unit)
  LOWER[unit] = char.toLowerCase().charCodeAt(0)
  if (/\p{L}/u.test(char)) KIND[unit] = char === char.toLowerCase() ? LETTER : CAPITAL
}

/** Offsets from `from` on. A word that the text may not yet hold whole is among them, whatever it is. */
export function capitalsIn(text: Text, from: number): number[] {
  const { string, units } = text
  const end = string.length
  const found: number[] = []
  for (let at = from; at < end; at++) {
    if (KIND[units[at] ?? 0] !== CAPITAL) continue
    if ((at === 0 || KIND[units[at - 1] ?? 0] === 0) && mayBeName(text, at)) found.push(at)
  }
  return found
}

function mayBeName({ string, units }: Text, at: number): boolean {
  const isCapitals = KIND[units[at + 1] ?? 0] === CAPITAL
  let hash = addLetter(0, units[at] ?? 0)
  let end = at + 1
  for (; end < string.length && end - at <= LONGEST; end++) {
    const unit = units[end] ?? 0
    if (KIND[unit] === 0) break
    hash = addLetter(hash, isCapitals ? (LOWER[unit] ?? unit) : unit)
  }
  if (end === string.length) return true
  return end - at >= 2 && (GIVEN_NAMES.hasHash(hash) || NAMES_THAT_ARE_WORDS.hasHash(hash))
}

/** MARY is Mary. */
export function asName(word: string): string {
  return KIND[word.charCodeAt(1)] === LETTER ? word : word.charAt(0) + word.slice(1).toLowerCase()
}
