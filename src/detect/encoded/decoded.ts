// A text that stood encoded in another one, read by a reading of its own. What is found in it is told by its place in the
// text that it came from: each piece knows where its characters were.
import type { Match, Reading } from '../define.ts'
import { Tape } from '../text.ts'

interface Piece {
  /** Where it begins in the decoded text, and in the text that it came from. */
  at: number
  from: number
  /** Of what stands for a character there; 0 where each stands for itself. */
  width: number
  /** From one of its characters to the next there; 0 while it has but one. */
  step: number
}

/** Something decoded must stand in a find, or so few characters before it; else it was found in the open already. */
const NEAR = 8
const ENCODED = ', encoded'
const MOST_GONE = 256
/** Letters that are put together at once: one by one, each would be a string of its own. */
const MOST_LETTERS = 128
const NONE: readonly Match[] = []
/** Nothing goes on from here. */
const NEVER: Piece = { at: 0, from: 0, width: -1, step: 0 }
const NOWHERE: Piece = { at: 0, from: 0, width: 0, step: 1 }

export class Decoded {
  readonly #reading: Reading
  readonly #tape = new Tape()
  readonly #least: number
  #fresh = ''
  /** Of the letters behind `fresh`. */
  readonly #codes = new Uint8Array(MOST_LETTERS)
  #letters = 0
  /** How much was decoded, all in all. */
  #at = 0
  #pieces: Piece[] = []
  #last: Piece = NEVER

  /** No find begins before `least`, in the text that it came from. */
  constructor(reading: Reading, least: number) {
    this.#reading = reading
    this.#least = least
  }

  /** What stands at `from`, decoded; without a width, as it is. */
  add(text: string, from: number, width = 0): void {
    this.#spell()
    this.#place(from, width, text.length)
    this.#fresh += text
  }

  /** The same of one letter, by its code below 256. */
  addLetter(code: number, from: number, width: number): void {
    const { at, step, width: usual, from: first } = this.#last
    if (step > 0 && width === usual && from === first + (this.#at - at) * step) this.#at++
    else this.#place(from, width, 1)
    this.#codes[this.#letters++] = code
    if (this.#letters === MOST_LETTERS) this.#spell()
  }

  #place(from: number, width: number, length: number): void {
    const at = this.#at
    if (!goesOn(this.#last, at, from, width, length)) {
      this.#last = { at, from, width, step: width === 0 ? 1 : 0 }
      this.#pieces.push(this.#last)
    }
    this.#at = at + length
  }

  #spell(): void {
    if (this.#letters === 0) return
    const codes = this.#letters === MOST_LETTERS ? this.#codes : this.#codes.subarray(0, this.#letters)
    this.#fresh += String.fromCharCode.apply(undefined, codes as unknown as number[])
    this.#letters = 0
  }

  read(): readonly Match[] {
    if (this.#fresh === '' && this.#letters === 0) return NONE
    const found = this.#step()
    this.#tape.dropBefore((this.#reading.needs?.() ?? this.#tape.seen) - 1)
    this.#forget(this.#reading.settled() - NEAR)
    return found
  }

  end(): readonly Match[] {
    this.#tape.isWhole = true
    const found = this.#step()
    this.#tape.done()
    return found
  }

  /** No later find begins before this place of the text that it came from. */
  settled(): number {
    const settled = this.#reading.settled()
    return Math.max(this.#least, settled >= this.#tape.seen ? this.#endOf(settled) : this.#startOf(settled))
  }

  #step(): readonly Match[] {
    this.#spell()
    this.#tape.append(this.#fresh)
    this.#fresh = ''
    const found = this.#reading.read(this.#tape)
    return found.length === 0
      ? NONE
      : found.filter((match) => this.#isDecoded(match)).map((match) => this.#placed(match))
  }

  #isDecoded({ start, end }: Match): boolean {
    const first = this.#pieceAt(Math.max(0, start - NEAR))
    const piece = this.#pieces[first]
    const next = this.#pieces[first + 1]
    return (piece?.width ?? 0) > 0 || (next !== undefined && next.at < end)
  }

  #placed(match: Match): Match {
    const start = Math.max(this.#least, this.#startOf(match.start))
    // However deep it lies, and by whichever way it was reached.
    const note = match.note.endsWith(ENCODED) ? match.note : match.note + ENCODED
    return { ...match, start, end: Math.max(start + 1, this.#endOf(match.end)), note }
  }

  #startOf(at: number): number {
    const { at: first, from, step } = this.#pieces[this.#pieceAt(at)] ?? { at, from: this.#least, step: 0 }
    return from + (at - first) * step
  }

  #endOf(end: number): number {
    const {
      at: first,
      from,
      width,
      step,
    } = this.#pieces[this.#pieceAt(end - 1)] ?? { ...NOWHERE, at: end, from: this.#least }
    return width === 0 ? from + end - first : from + (end - 1 - first) * step + width
  }

  /** The last that begins there or before. */
  #pieceAt(at: number): number {
    let [low, high] = [0, this.#pieces.length - 1]
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.#pieces[middle]?.at ?? 0) <= at) low = middle
      else high = middle - 1
    }
    return low
  }

  #forget(before: number): void {
    const gone = this.#pieceAt(Math.max(0, before))
    if (gone > MOST_GONE) this.#pieces = this.#pieces.slice(gone)
  }
}

/** As far from the one before it as that from the one before. Texts longer than a character stand alone. */
function goesOn(last: Piece, at: number, from: number, width: number, length: number): boolean {
  if (last.width !== width) return false
  if (width > 0 && last.step === 0 && length === 1 && at === last.at + 1) last.step = from - last.from
  return last.step > 0 && (width === 0 || length === 1) && last.from + (at - last.at) * last.step === from
}
