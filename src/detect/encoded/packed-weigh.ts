// What a short run of digits at the end of what arrived so far may become: many words of a text are such runs, so nothing is
// made for them.
import { Deflated } from './deflated.ts'
import { BACK, FEWEST_LETTERS, LETTERS, NONE, type PackedForm, STEP, UNSURE } from './packed-forms.ts'

/** The next letter from a byte on. */
const NEXT_LETTER = new Uint16Array(257).fill(256)
for (let byte = 255; byte >= 0; byte--) NEXT_LETTER[byte] = LETTERS[byte] === 1 ? byte : (NEXT_LETTER[byte + 1] ?? 256)

/** Whether a byte may be a letter of which so many bits have come, the last ones of a sum. */
export function mayBeLetter(sum: number, bits: number): boolean {
  const left = 8 - bits
  const least = (sum << left) & 255
  return (NEXT_LETTER[least] ?? 256) < least + (1 << left)
}

/** Where letters begin that may go on behind the run. */
export function openFrom(form: PackedForm, units: Uint16Array, from: number, to: number): number {
  const { digits, values } = form
  if ('radix' in digits) return numbersFrom(values, digits, units, from, to)
  let open = to
  for (let phase = 0; phase < form.phases; phase++) {
    // In a short word there are not enough letters.
    const unsure = phase === 0 ? form.unsure : UNSURE
    if ((to - from - phase) * digits.bits < 8 * unsure) continue
    open = Math.min(open, bitsFrom(form, digits.bits, phase, units, from, to))
  }
  return open
}

function bitsFrom(
  { values, unsure: first }: PackedForm,
  bits: number,
  phase: number,
  units: Uint16Array,
  from: number,
  to: number,
): number {
  let skip = phase
  let sum = 0
  let count = 0
  let letters = 0
  let start = to
  let held = to
  // Letters from the first digit on are a text; others may have come to look like one.
  let unsure = phase === 0 ? first : UNSURE
  for (let at = from; at < to; at++) {
    const value = values[units[at] ?? 0] ?? NONE
    if (value === STEP) continue
    if (value === BACK) return from
    if (value === NONE) {
      skip = phase
      count = 0
      letters = 0
      unsure = phase === 0 ? first : UNSURE
      continue
    }
    if (skip > 0) {
      skip--
      continue
    }
    if (count === 0) start = at
    sum = ((sum << bits) | value) & 0x3fff
    count += bits
    if (count < 8) continue
    count -= 8
    if (LETTERS[(sum >> count) & 255] === 1) {
      if (letters++ === unsure) held = start
    } else {
      // What is left is too short to hold anything back for.
      if ((to - at) * bits < 8 * UNSURE) return to
      letters = 0
      unsure = UNSURE
    }
    start = at
  }
  const goesOn = count === 0 || mayBeLetter(sum, count)
  if (letters < FEWEST_LETTERS && !goesOn) return to
  if (letters > unsure) return held
  return letters === unsure && count > 0 && goesOn ? start : to
}

/** As long as all of them are letters; what they are the end of is no text that begins with the run. */
function numbersFrom(
  values: Uint8Array,
  digits: { radix: number; most: number },
  units: Uint16Array,
  from: number,
  to: number,
): number {
  let sum = 0
  let count = 0
  let open = to
  for (let at = from; at <= to; at++) {
    const value = at < to ? (values[units[at] ?? 0] ?? NONE) : STEP
    if (value === BACK) return from
    if (value < BACK) {
      if (open === to) open = at
      sum = sum * digits.radix + value
      count++
    }
    if (at === to || count === 0 || (value < BACK && count < digits.most)) continue
    if (value === NONE || LETTERS[sum] !== 1) open = to
    sum = 0
    count = 0
  }
  return open
}

/** Whether the first bytes of a run say that they are deflated; of one that goes on, whether they may yet. */
export function mayInflate({ values, digits }: PackedForm, units: Uint16Array, from: number, to: number): boolean {
  if (!('bits' in digits)) return false
  let [sum, count] = [0, 0]
  for (let at = from; count < 16; at++) {
    if (at === to) return Deflated.mayGoOn(sum, count)
    const value = values[units[at] ?? NONE] ?? NONE
    if (value === NONE) return false
    if (value === STEP) continue
    if (value === BACK) {
      sum >>= Math.min(count, digits.bits)
      count = Math.max(0, count - digits.bits)
      continue
    }
    sum = (sum << digits.bits) | value
    count += digits.bits
  }
  sum >>= count - 16
  return Deflated.begins(sum >> 8, sum & 255)
}
