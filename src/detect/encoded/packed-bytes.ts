// Bytes that begin somewhere in a run of digits. Where they are letters for a while they are a text, and it is read; noise
// is none, and is let go as it comes.
import type { Match, Reading } from '../define.ts'
import { Decoded } from './decoded.ts'
import { FEWEST_LETTERS, LETTERS, UNSURE } from './packed-forms.ts'

const NEVER = Number.POSITIVE_INFINITY
const NOWHERE = { length: FEWEST_LETTERS } as const

export class PackedBytes {
  readonly #open: () => Reading
  readonly #bits: number
  readonly #phase: number
  /** Digits that are left out yet. */
  #skip: number
  #sum = 0
  #count = 0
  /** Where the first digit of the byte at hand stands. */
  #from = 0
  /** How many letters came in a row; the first of them, and where each stands. */
  #letters = 0
  /** Bytes of the run before them. */
  #before = 0
  readonly #codes = new Uint8Array(FEWEST_LETTERS)
  readonly #froms: number[] = Array.from(NOWHERE, () => 0)
  readonly #ends: number[] = Array.from(NOWHERE, () => 0)
  #least = 0
  #decoded: Decoded | undefined

  constructor(open: () => Reading, bits: number, phase: number) {
    this.#open = open
    this.#bits = bits
    this.#phase = phase
    this.#skip = phase
  }

  digit(value: number, at: number, found: Match[]): void {
    if (this.#skip > 0) {
      this.#skip--
      return
    }
    if (this.#count === 0) this.#from = at
    this.#sum = ((this.#sum << this.#bits) | value) & 0x3fff
    this.#count += this.#bits
    if (this.#count < 8) return
    this.#count -= 8
    const byte = (this.#sum >> this.#count) & 255
    if (LETTERS[byte] !== 1) {
      this.#before += this.#letters + 1
      this.#close(found)
    } else if (byte !== 0) this.#letter(byte, at + 1)
    this.#from = at
  }

  /** The last digit was none. */
  takeBack(): void {
    this.#count = Math.max(0, this.#count - this.#bits)
  }

  read(found: Match[]): void {
    if (this.#decoded !== undefined) found.push(...this.#decoded.read())
  }

  /** The run is over. */
  end(found: Match[]): void {
    this.#close(found)
    this.#skip = this.#phase
    this.#count = 0
    this.#before = 0
  }

  /** No later find begins before this place. */
  settled(): number {
    const pending = this.#count > 0 ? this.#from : NEVER
    if (this.#decoded !== undefined) return Math.min(this.#decoded.settled(), Math.max(this.#least, pending))
    const sure = this.#sure
    if (this.#letters > sure) return this.#froms[sure] ?? pending
    return this.#letters === sure ? pending : NEVER
  }

  get #sure(): number {
    return this.#phase === 0 && this.#before === 0 ? 0 : UNSURE
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
