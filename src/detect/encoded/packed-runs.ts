// The runs of digits in a text that may hold bytes, in one way to write them. A run of so many digits covers every so-manieth
// place of the text, so that of ordinary words hardly any is looked at.
import type { Match, Reading } from '../define.ts'
import type { Tape } from '../text.ts'
import { PackedBytes } from './packed-bytes.ts'
import { BACK, NONE, type PackedForm, STEP } from './packed-forms.ts'

const [LINE_FEED, RETURN] = [10, 13]
const NEVER = Number.POSITIVE_INFINITY

/** As long as a run is no longer than this, it is weighed anew with each piece of a text. */
const SHORT = 64

export class PackedRuns {
  readonly #form: PackedForm
  readonly #bytes: readonly PackedBytes[]
  #at = 0
  /** A run is read that may go on. */
  #isOpen = false
  /** Where its line began. */
  #line = 0
  /** Up to where nothing waits that is not read yet. */
  #hold = NEVER

  constructor(form: PackedForm, open: () => Reading) {
    this.#form = form
    this.#bytes = Array.from({ length: form.phases }, (_, phase) => new PackedBytes(open, form.bits, phase))
  }

  read(tape: Tape, found: Match[]): void {
    const { base, string, units, isWhole } = tape
    const end = string.length
    this.#hold = NEVER
    let at = this.#at - base
    while (at < end) {
      if (!this.#isOpen) {
        at = this.#nextRun(units, at, end, isWhole)
        if (at >= end) break
        const stop = this.#endOfRun(units, at, end)
        const goesOn = stop === end && !isWhole
        if (goesOn && end - at < SHORT) {
          this.#hold = base + this.#form.openFrom(units, at, end)
          break
        }
        if (!goesOn && !this.#mayHold(units, at, stop, end)) {
          at = stop
          continue
        }
        this.#isOpen = true
        this.#line = base + at
      }
      at = this.#digits(units, at, end, base, found)
      if (at >= end) break
      const next = this.#nextLine(units, at, end, base)
      if (next > at && next >= end && !isWhole) break
      if (next > at && next < end && this.#valueOf(units, next) !== NONE) {
        this.#line = base + next
        at = next
      } else this.#close(found)
    }
    this.#at = base + at
    if (!this.#isOpen) return
    if (isWhole) this.#close(found)
    else for (const bytes of this.#bytes) bytes.read(found)
  }

  settled(): number {
    let settled = this.#hold
    if (!this.#isOpen) return settled
    for (const bytes of this.#bytes) settled = Math.min(settled, bytes.settled())
    return settled
  }

  /** From where on it wants to find the text again. */
  needs(): number {
    return this.#at
  }

  reset(): void {
    if (this.#isOpen) this.#close([])
    this.#at = 0
    this.#hold = NEVER
  }

  #valueOf(units: Uint16Array, at: number): number {
    return this.#form.values[units[at] ?? NONE] ?? NONE
  }

  /** Where the next run begins that is long enough, or may become so. */
  #nextRun(units: Uint16Array, from: number, end: number, isWhole: boolean): number {
    const { shortest } = this.#form
    let first = from
    for (let probe = first + shortest - 1; probe < end; probe = first + shortest - 1) {
      if (this.#valueOf(units, probe) === NONE) {
        first = probe + 1
        continue
      }
      let start = probe
      while (start > first && this.#valueOf(units, start - 1) !== NONE) start--
      let stop = probe + 1
      while (stop < end && stop - start < shortest && this.#valueOf(units, stop) !== NONE) stop++
      if (stop - start >= shortest || (stop === end && !isWhole)) return start
      first = stop + 1
    }
    if (isWhole) return end
    let start = end
    while (start > first && this.#valueOf(units, start - 1) !== NONE) start--
    return start
  }

  #endOfRun(units: Uint16Array, from: number, end: number): number {
    let stop = from
    while (stop < end && this.#valueOf(units, stop) !== NONE) stop++
    return stop
  }

  #mayHold(units: Uint16Array, from: number, to: number, end: number): boolean {
    const { line, mayHold, openFrom } = this.#form
    if (mayHold(units, from, to)) return true
    // What begins in one line may go on in the next.
    const isLine = line > 0 && to - from >= line && to < end && (units[to] === LINE_FEED || units[to] === RETURN)
    return isLine && openFrom(units, from, to) < to
  }

  #digits(units: Uint16Array, from: number, end: number, base: number, found: Match[]): number {
    for (let at = from; at < end; at++) {
      const value = this.#valueOf(units, at)
      if (value === NONE) return at
      if (value === STEP) continue
      for (const bytes of this.#bytes) {
        if (value === BACK) bytes.takeBack()
        else bytes.digit(value, base + at, found)
      }
    }
    return end
  }

  /** Behind the end of a line as long as lines of packed bytes are; else here. */
  #nextLine(units: Uint16Array, at: number, end: number, base: number): number {
    const { line } = this.#form
    if (line === 0 || base + at - this.#line < line) return at
    const isReturn = units[at] === RETURN
    if (isReturn && at + 1 >= end) return end
    const feed = isReturn ? at + 1 : at
    return units[feed] === LINE_FEED ? feed + 1 : at
  }

  #close(found: Match[]): void {
    for (const bytes of this.#bytes) bytes.end(found)
    this.#isOpen = false
  }
}
