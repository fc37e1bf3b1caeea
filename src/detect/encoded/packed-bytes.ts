// Bytes that begin somewhere in a run of digits. Where they are letters for a while they are a text, and it is read; so is
// what they inflate to where they say that they are deflated; noise is none, and is let go as it comes.
import type { Match, Reading } from '../define.ts'
import { Decoded } from './decoded.ts'
import { Deflated } from './deflated.ts'
import { BACK, FEWEST_LETTERS, LETTERS, NONE, type PackedForm, STEP, UNSURE } from './packed-forms.ts'
import { mayBeLetter } from './packed-weigh.ts'

const NEVER = Number.POSITIVE_INFINITY
const NOWHERE = { length: FEWEST_LETTERS } as const

export class PackedBytes {
  readonly #open: () => Reading
  readonly #values: Uint8Array
  readonly #unsure: number
  /** Of a digit; 0 where digits make a number. */
  readonly #bits: number
  readonly #radix: number
  readonly #most: number
  readonly #phase: number
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
  /** Bytes of the run before them. */
  #before = 0
  readonly #codes = new Uint8Array(FEWEST_LETTERS)
  readonly #froms: number[] = Array.from(NOWHERE, () => 0)
  readonly #ends: number[] = Array.from(NOWHERE, () => 0)
  #least = 0
  #decoded: Decoded | undefined
  #deflated: Deflated | undefined

  constructor(open: () => Reading, { values, digits, unsure }: PackedForm, phase: number) {
    this.#open = open
    this.#values = values
    this.#unsure = unsure
    this.#bits = 'bits' in digits ? digits.bits : 0
    ;[this.#radix, this.#most] = 'bits' in digits ? [0, 0] : [digits.radix, digits.most]
    this.#phase = phase
    this.#skip = phase
  }

  /** Units of a text whose first one stands at `base`. */
  take(units: Uint16Array, from: number, to: number, base: number, found: Match[]): void {
    const values = this.#values
    if (this.#bits > 0) this.#takeBits(units, from, to, base, found)
    else
      for (let at = from; at < to; at++) {
        const value = values[units[at] ?? 0] ?? NONE
        if (value < BACK) this.#digit(value, base + at, found)
        else this.#other(value, found)
      }
  }

  #other(value: number, found: Match[]): void {
    if (value === STEP) this.#between(found)
    else if (value === BACK) this.#takeBack()
    else this.end(found)
  }

  #digit(value: number, at: number, found: Match[]): void {
    if (this.#count === 0) this.#from = at
    this.#end = at + 1
    this.#sum = this.#sum * this.#radix + value
    if (++this.#count === this.#most) this.#between(found)
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
        this.#byte((sum >> count) & 255, found)
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
    this.#before = 0
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
    return this.#phase === 0 && this.#before === 0 ? this.#unsure : UNSURE
  }

  #byte(byte: number, found: Match[]): void {
    if (this.#isFirst && this.#phase === 0 && Deflated.mayBegin(byte))
      this.#deflated = new Deflated(this.#open, this.#from)
    this.#isFirst = false
    if (this.#deflated?.add(byte, this.#end) === false) this.#deflated = undefined
    if (this.#deflated?.isFull === true) this.#inflate(found)
    if (LETTERS[byte] !== 1) {
      this.#before += this.#letters + 1
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
    } else this.#decoded?.add(String.fromCharCode(code), this.#from, end - this.#from)
  }

  #decode(): void {
    this.#least = this.#froms[this.#sure] ?? 0
    this.#decoded = new Decoded(this.#open(), this.#least)
    for (const [i, from] of this.#froms.entries())
      this.#decoded.add(String.fromCharCode(this.#codes[i] ?? 0), from, (this.#ends[i] ?? from) - from)
  }

  #close(found: Match[]): void {
    this.#letters = 0
    if (this.#decoded === undefined) return
    found.push(...this.#decoded.end())
    this.#decoded = undefined
  }
}
