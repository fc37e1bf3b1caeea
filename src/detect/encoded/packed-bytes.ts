// Bytes that begin somewhere in a run of digits. Where they are letters for a while they are a text, and it is read; so is
// what they inflate to where they say that they are deflated; noise is none, and is let go as it comes.
import type { Match, Reading } from '../define.ts'
import { Decoded } from './decoded.ts'
import { Deflated } from './deflated.ts'
import { BACK, FEWEST_LETTERS, LETTERS, NONE, type PackedForm, STEP, UNSURE } from './packed-forms.ts'
import { mayBeLetter } from './packed-weigh.ts'

const NEVER = Number.POSITIVE_INFINITY
/** More digits than the fewest letters have in any way to write them, and a few that end the byte at hand. */
const EDGE = 40
/** So many digits make whole bytes, of however many bits a digit is, or of three digits each. */
const EVEN = 24
/** Different ones, in the digits of a text. */
export const FEWEST_DIGITS = 4
const NOWHERE = { length: FEWEST_LETTERS } as const

export class PackedBytes {
  readonly #open: () => Reading
  readonly #values: Uint8Array
  readonly #hasSteps: boolean
  readonly #unsure: number
  /** Of a digit; 0 where digits make a number. */
  readonly #bits: number
  readonly #radix: number
  readonly #most: number
  readonly #phase: number
  /** A text takes more than a few different digits. */
  readonly isWide: boolean
  /** Digits that are left out yet. */
  #skip: number
  #sum = 0
  /** Bits, or digits of a number, that came of the byte at hand. */
  #count = 0
  /** Where the first digit of the byte at hand stands, and where its last one ends. */
  #from = 0
  #end = 0
  #isFirst = true
  /** How many letters came in a row; the first of them, and where each stands. */
  #letters = 0
  /** Some byte of the run before them was none. */
  #isBroken = false
  readonly #codes = new Uint8Array(FEWEST_LETTERS)
  readonly #froms: number[] = Array.from(NOWHERE, () => 0)
  readonly #ends: number[] = Array.from(NOWHERE, () => 0)
  #least = 0
  #decoded: Decoded | undefined
  #deflated: Deflated | undefined

  constructor(open: () => Reading, { values, digits, unsure }: PackedForm, phase: number) {
    this.#open = open
    this.#values = values
    this.#hasSteps = values.includes(STEP)
    this.#unsure = unsure
    this.#bits = 'bits' in digits ? digits.bits : 0
    ;[this.#radix, this.#most] = 'bits' in digits ? [0, 0] : [digits.radix, digits.most]
    this.isWide = Math.max(this.#radix, 2 ** this.#bits) > FEWEST_DIGITS
    this.#phase = phase
    this.#skip = phase
  }

  /** Units of a text whose first one stands at `base`. */
  take(units: Uint16Array, from: number, to: number, base: number, found: Match[]): void {
    if (this.#bits > 0) this.#takeBits(units, from, to, base, found)
    else this.#takeNumbers(units, from, to, base, found)
  }

  /**
   * Units that no text begins in or ends: what came before them is read on in the first ones, what may go on behind them in
   * the last ones, and the rest is left out.
   */
  passNoise(units: Uint16Array, from: number, to: number, base: number, found: Match[]): void {
    const skipped = this.#digitsIn(units, from, to) - 2 * EDGE
    let at = skipped < EVEN ? to : this.#behindDigits(units, from, EDGE)
    this.take(units, from, at, base, found)
    // A byte begins where one did so before.
    while (at < to && !(this.#isCalm && this.#count === 0)) this.take(units, at, ++at, base, found)
    if (at === to) return
    this.#letters = 0
    this.take(units, this.#behindDigits(units, at, skipped - (skipped % EVEN)), to, base, found)
  }

  /** Units of so few different digits that they say nothing: what came before them is over in the first ones. */
  passDull(units: Uint16Array, from: number, to: number, base: number, found: Match[]): void {
    const skipped = this.#digitsIn(units, from, to) - 2 * EDGE
    if (skipped < EVEN) return this.take(units, from, to, base, found)
    const at = this.#behindDigits(units, from, EDGE)
    this.take(units, from, at, base, found)
    this.#close(found)
    this.#inflate(found)
    this.#isBroken = true
    this.take(units, this.#behindDigits(units, at, skipped - (skipped % EVEN)), to, base, found)
  }

  /** Units of which none begins a text and goes on behind what is no digit: all between the first and the last such is left out. */
  passBroken(units: Uint16Array, from: number, to: number, base: number, found: Match[]): void {
    const values = this.#values
    let first = from
    while (first < to && values[units[first] ?? 0] !== NONE) first++
    let last = to - 1
    while (last > first && values[units[last] ?? 0] !== NONE) last--
    if (last <= first) return this.take(units, from, to, base, found)
    this.take(units, from, first + 1, base, found)
    this.take(units, last, to, base, found)
  }

  /** After how many digits the next byte begins, where two make one. */
  get ahead(): number {
    if (this.#skip > 0) return this.#skip
    return this.#count === 0 ? 0 : 1
  }

  #behindDigits(units: Uint16Array, from: number, digits: number): number {
    const values = this.#values
    if (!this.#hasSteps) return from + digits
    let at = from
    for (let left = digits; left > 0; at++) if (values[units[at] ?? 0] !== STEP) left--
    return at
  }

  #digitsIn(units: Uint16Array, from: number, to: number): number {
    const values = this.#values
    if (!this.#hasSteps) return to - from
    let digits = 0
    for (let at = from; at < to; at++) if (values[units[at] ?? 0] !== STEP) digits++
    return digits
  }

  /** The run is over, and no text was in it, whatever the byte at hand is. */
  #drop(): boolean {
    if (this.#decoded !== undefined || this.#deflated !== undefined || this.#letters >= FEWEST_LETTERS - 1) return false
    this.#letters = 0
    this.#skip = this.#phase
    this.#isBroken = false
    this.#isFirst = true
    return true
  }

  #other(value: number, found: Match[]): void {
    if (value === BACK) this.#takeBack()
    else this.end(found)
  }

  #takeNumbers(units: Uint16Array, from: number, to: number, base: number, found: Match[]): void {
    const values = this.#values
    const radix = this.#radix
    const most = this.#most
    let sum = this.#sum
    let count = this.#count
    let end = this.#end
    for (let at = from; at < to; at++) {
      const value = values[units[at] ?? 0] ?? NONE
      if (value < BACK) {
        if (count === 0) this.#from = base + at
        end = base + at + 1
        sum = sum * radix + value
        if (++count < most) continue
      } else if (value !== STEP) {
        // Among digits of other numbers there are none of these that could end.
        if (count === 0 && this.#isFirst) continue
        if (value === NONE && this.#drop()) {
          sum = 0
          count = 0
          continue
        }
        this.#sum = sum
        this.#count = count
        this.#end = end
        this.#other(value, found)
        sum = this.#sum
        count = this.#count
        continue
      } else if (count === 0) continue
      this.#end = end
      if (this.#isCalm) this.#note(sum)
      else this.#byte(sum, found)
      sum = 0
      count = 0
    }
    this.#sum = sum
    this.#count = count
    this.#end = end
  }

  #takeBits(units: Uint16Array, from: number, to: number, base: number, found: Match[]): void {
    const values = this.#values
    const bits = this.#bits
    let sum = this.#sum
    let count = this.#count
    for (let at = from; at < to; at++) {
      const value = values[units[at] ?? 0] ?? NONE
      if (value === STEP) continue
      if (value >= BACK) {
        if (count === 0 && this.#isFirst && this.#skip === this.#phase) continue
        if (value === NONE && this.#drop()) {
          sum = 0
          count = 0
          continue
        }
        this.#sum = sum
        this.#count = count
        this.#other(value, found)
        sum = this.#sum
        count = this.#count
      } else if (this.#skip > 0) this.#skip--
      else {
        if (count === 0) this.#from = base + at
        sum = ((sum << bits) | value) & 0x3fff
        count += bits
        if (count < 8) continue
        count -= 8
        this.#end = base + at + 1
        if (this.#isCalm) this.#note((sum >> count) & 255)
        else this.#byte((sum >> count) & 255, found)
        this.#from = base + at
      }
    }
    this.#sum = sum
    this.#count = count
  }

  /** What stands between digits ends a number. */
  #between(found: Match[]): void {
    if (this.#bits > 0 || this.#count === 0) return
    const byte = this.#sum
    this.#sum = 0
    this.#count = 0
    this.#byte(byte, found)
  }

  /** The last digit was none. */
  #takeBack(): void {
    this.#count = Math.max(0, this.#count - Math.max(1, this.#bits))
    if (this.#bits === 0) this.#sum = Math.floor(this.#sum / this.#radix)
  }

  read(found: Match[]): void {
    if (this.#decoded !== undefined) found.push(...this.#decoded.read())
  }

  /** The run is over. */
  end(found: Match[]): void {
    this.#between(found)
    this.#close(found)
    this.#inflate(found)
    this.#skip = this.#phase
    this.#sum = 0
    this.#count = 0
    this.#isBroken = false
    this.#isFirst = true
  }

  /** No later find begins before this place. */
  settled(): number {
    return this.#deflated === undefined ? this.#lettersSettled() : Math.min(this.#deflated.from, this.#lettersSettled())
  }

  #lettersSettled(): number {
    const pending = this.#mayBeLetter() ? this.#from : NEVER
    if (this.#decoded !== undefined) return Math.min(this.#decoded.settled(), Math.max(this.#least, pending))
    const sure = this.#sure
    if (this.#letters > sure) return this.#froms[sure] ?? pending
    return this.#letters === sure ? pending : NEVER
  }

  #mayBeLetter(): boolean {
    return this.#count > 0 && (this.#bits === 0 || mayBeLetter(this.#sum, this.#count))
  }

  get #sure(): number {
    return this.#phase === 0 && !this.#isBroken ? this.#unsure : UNSURE
  }

  /** The next byte begins nothing and ends nothing. */
  get #isCalm(): boolean {
    return this.#letters < FEWEST_LETTERS - 1 && !this.#isFirst && this.#deflated === undefined
  }

  /** What `byte` does of a byte where all is calm, which is nearly all that is done in noise. */
  #note(byte: number): void {
    if (LETTERS[byte] !== 1) {
      this.#isBroken = true
      this.#letters = 0
    } else if (byte !== 0) {
      const at = this.#letters++
      this.#codes[at] = byte
      this.#froms[at] = this.#from
      this.#ends[at] = this.#end
    }
  }

  #byte(byte: number, found: Match[]): void {
    if (this.#isFirst && this.#phase === 0 && Deflated.mayBegin(byte))
      this.#deflated = new Deflated(this.#open, this.#from)
    this.#isFirst = false
    if (this.#deflated?.add(byte, this.#end) === false) this.#deflated = undefined
    if (this.#deflated?.isFull === true) this.#inflate(found)
    if (LETTERS[byte] !== 1) {
      this.#isBroken = true
      this.#close(found)
    } else if (byte !== 0) this.#letter(byte, this.#end)
  }

  #inflate(found: Match[]): void {
    if (this.#deflated !== undefined) found.push(...this.#deflated.end())
    this.#deflated = undefined
  }

  #letter(code: number, end: number): void {
    const at = this.#letters++
    if (at < FEWEST_LETTERS) {
      this.#codes[at] = code
      this.#froms[at] = this.#from
      this.#ends[at] = end
      if (at === FEWEST_LETTERS - 1) this.#decode()
    } else this.#decoded?.addLetter(code, this.#from, end - this.#from)
  }

  #decode(): void {
    this.#least = this.#froms[this.#sure] ?? 0
    this.#decoded = new Decoded(this.#open(), this.#least)
    for (const [i, from] of this.#froms.entries())
      this.#decoded.addLetter(this.#codes[i] ?? 0, from, (this.#ends[i] ?? from) - from)
  }

  #close(found: Match[]): void {
    this.#letters = 0
    if (this.#decoded === undefined) return
    found.push(...this.#decoded.end())
    this.#decoded = undefined
  }
}
