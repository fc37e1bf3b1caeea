// A text as a few bytes by which near-identical texts are known (one-permutation MinHash over runs of four characters), the
// frame that is left without its numbers, and those numbers. It is read once, and nothing of its words can be read back.

export const BINS = 32
const EMPTY = 0xffffffff
/** A number in a frame; further ones count as part of it. */
const MOST_SLOTS = 4
const MOST_DIGITS = 15

export interface Sketch {
  /** One byte for each bin; 0 stands for an empty one. */
  bins: Uint8Array
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
  let [frame, gram, seen, last] = [0x811c9dc5, 0, 0, SPACE]
  for (let i = 0; i < text.length; i++) {
    let code = text.charCodeAt(i)
    const isDigit = code >= 48 && code <= 57
    if (code >= 65 && code <= 90) code += 32
    else if (code <= SPACE || code === 0xa0) code = SPACE
    if (code === SPACE && last === SPACE) continue
    if (isDigit && (last < 48 || last > 57 || seen === 0) && slots.length < MOST_SLOTS) slots.push(numberAt(text, i))
    const isSameRun = isDigit && last >= 48 && last <= 57 && seen > 0
    if (!isSameRun) frame = Math.imul(frame ^ (isDigit ? ZERO : code), 0x01000193)
    gram = (gram << 8) ^ (code & 0xff) ^ (code >>> 8)
    seen++
    last = code
    if (seen < 4) continue
    const hash = mixed(gram)
    const bin = hash & (BINS - 1)
    if (hash < (least[bin] ?? 0)) least[bin] = hash
  }
  if (seen < 4) least[0] = mixed(gram)
  const bins = new Uint8Array(BINS)
  for (let bin = 0; bin < BINS; bin++) {
    const one = least[bin] ?? EMPTY
    if (one !== EMPTY) bins[bin] = 1 + ((one >>> 5) % 254)
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
const MOST_DIFFERENT = BINS * (1 - ALIKE)

/** Whether a text is nearly the same as the one whose bins lie in `all` from `from` on. */
export function isAlike(bins: Uint8Array, all: Uint8Array, from: number): boolean {
  let same = 0
  let different = 0
  for (let i = 0; i < BINS; i++) {
    const bin = bins[i] ?? 0
    if (bin !== all[from + i]) {
      if (++different > MOST_DIFFERENT) return false
    } else if (bin !== 0) same++
  }
  return same > 0 && same / (same + different) >= ALIKE
}
