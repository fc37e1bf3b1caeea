// A text as a few bytes by which near-identical texts are known (one-permutation MinHash over runs of four characters), the
// frame that is left without its numbers, and those numbers. It is read once, and nothing of its words can be read back.

import { toText } from '../../detect/text.ts'

export const BINS = 32
const EMPTY = 0xffffffff
/** A number in a frame; further ones count as part of it. */
const MOST_SLOTS = 4
const MOST_DIGITS = 15

/** Four bins to a number, so that they are compared four at a time. */
export const WORDS = BINS / 4

export interface Sketch {
  /** One byte for each bin, the lowest first; 0 stands for an empty one. */
  bins: Int32Array
  /** Equal for texts that differ in numbers only. */
  frame: number
  slots: readonly number[]
}

const SPACE = 32
const ZERO = 48

/** Serves one text after the other. */
const leastOf = new Uint32Array(BINS)

export function sketchOf(text: string): Sketch {
  const least = leastOf.fill(EMPTY)
  const slots: number[] = []
  const { units } = toText(text)
  let [frame, gram, seen, last, wasDigit] = [0x811c9dc5, 0, 0, SPACE, false]
  for (let i = 0; i < text.length; i++) {
    let code = units[i] ?? 0
    if (code <= SPACE || code === 0xa0) {
      if (last === SPACE) continue
      code = SPACE
    } else if (code >= 65 && code <= 90) code += 32
    const isDigit = code >= 48 && code <= 57
    if (!isDigit) frame = Math.imul(frame ^ code, 0x01000193)
    else if (!wasDigit) {
      if (slots.length < MOST_SLOTS) slots.push(numberAt(text, i))
      frame = Math.imul(frame ^ ZERO, 0x01000193)
    }
    wasDigit = isDigit
    gram = (gram << 8) ^ (code & 0xff) ^ (code >>> 8)
    last = code
    if (++seen < 4) continue
    const hash = mixed(gram)
    const bin = hash & (BINS - 1)
    if (hash < (least[bin] ?? 0)) least[bin] = hash
  }
  if (seen < 4) least[0] = mixed(gram)
  const bins = new Int32Array(WORDS)
  for (let bin = 0; bin < BINS; bin++) {
    const one = least[bin] ?? EMPTY
    if (one !== EMPTY) bins[bin >> 2] = (bins[bin >> 2] ?? 0) | ((1 + ((one >>> 5) % 254)) << (8 * (bin & 3)))
  }
  return { bins, frame, slots }
}

function numberAt(text: string, start: number): number {
  let end = start
  while (end < text.length && end - start < MOST_DIGITS && isDigitAt(text, end)) end++
  return Number(text.slice(start, end))
}

function isDigitAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return code >= 48 && code <= 57
}

/** The end of MurmurHash3: each bit of the number changes half of the result. */
function mixed(number: number): number {
  let hash = number
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** From this estimate of how much two texts have in common on, they are nearly the same. */
const ALIKE = 0.6
export const MOST_DIFFERENT = BINS * (1 - ALIKE)

/** Whether a text is nearly the same as the one whose bins lie in `all` from `from` on. */
export function isAlike(bins: Int32Array, all: Int32Array, from: number): boolean {
  let [different, filled] = [0, 0]
  for (let i = 0; i < WORDS; i++) {
    const [own, other] = [bins[i] ?? 0, all[from + i] ?? 0]
    different += sumOfBytes(differentBytes(own ^ other))
    filled += sumOfBytes(differentBytes(own | other))
  }
  const same = filled - different
  return different <= MOST_DIFFERENT && same > 0 && same / filled >= ALIKE
}

/** A 1 in each byte that is not zero: it reaches its highest bit when 127 is added to the rest of it. */
export function differentBytes(word: number): number {
  return ((((word & 0x7f7f7f7f) + 0x7f7f7f7f) | word) >>> 7) & 0x01010101
}

function sumOfBytes(word: number): number {
  return Math.imul(word, 0x01010101) >>> 24
}
