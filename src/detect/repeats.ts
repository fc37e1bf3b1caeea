// Where a text only says again what it said right before. What was judged there need not be judged again, as long as all that
// a judgement may look at is the same. To look for a beginning costs a thousand comparisons, so that is done now and then.
import type { Tape } from './text.ts'

/** What comes again after more characters than this is not noticed. */
export const LONGEST_PERIOD = 1024
/** So many characters must be the same before it is believed. */
const SAME = 32
/** Of a text that does not repeat itself, so many characters are passed from one look to the next. */
const STEP = 2048

export class Repeats {
  #period = 0
  /** From here on each character is the one `period` before it; up to where that is known. */
  #from = 0
  #until = 0
  /** No look before this offset. */
  #next = LONGEST_PERIOD

  /**
   * How far before a part of the text, from one offset up to another, the same part stands; 0 where that is not known. Asked
   * from the beginning of a text to its end; what lies before the part is still on the tape.
   */
  periodOf(tape: Tape, from: number, to: number): number {
    if (to > tape.seen || (this.#period === 0 && !this.#mayBegin(tape, from))) return 0
    if (from < this.#from) return 0
    this.#goOn(tape, to)
    if (this.#until >= to) return this.#period
    if (from >= this.#until) this.#period = 0
    return 0
  }

  reset(): void {
    this.#period = 0
    this.#next = LONGEST_PERIOD
  }

  #mayBegin({ units, base, string }: Tape, from: number): boolean {
    const at = from - base
    if (from < this.#next || at < LONGEST_PERIOD || at + SAME > string.length) return false
    this.#next = from + STEP
    for (let period = 1; period <= LONGEST_PERIOD; period++) {
      let same = 0
      while (same < SAME && units[at + same] === units[at + same - period]) same++
      if (same < SAME) continue
      this.#period = period
      this.#from = from
      this.#until = from + SAME
      return true
    }
    return false
  }

  #goOn({ units, base }: Tape, to: number): void {
    const period = this.#period
    let at = this.#until - base
    const end = at < period ? at : to - base
    while (at < end && units[at] === units[at - period]) at++
    this.#until = base + at
  }
}
