// Letters that stand in reverse behind a character that has them shown the other way round, so that people read them and
// nothing else does.
import type { Match, Reading } from '../define.ts'
import type { Tape } from '../text.ts'
import { Decoded } from './decoded.ts'

const NEVER = Number.POSITIVE_INFINITY
const REVERSE = '\u202e'
/** What ends it, or a line; one that is longer is cut. */
const ENDS = /[\u202c\u2069\n\r\u2029]/
const LONGEST = 1024

export class ReversedRuns {
  readonly #open: () => Reading
  #at = 0
  #hold = NEVER

  constructor(open: () => Reading) {
    this.#open = open
  }

  read({ base, string, isWhole }: Tape, found: Match[]): void {
    this.#hold = NEVER
    let at = Math.max(0, this.#at - base)
    for (;;) {
      const mark = string.indexOf(REVERSE, at)
      if (mark < 0) break
      const near = string.slice(mark, mark + LONGEST)
      const ended = near.search(ENDS)
      if (ended < 0 && near.length < LONGEST && !isWhole) {
        this.#at = this.#hold = base + mark
        return
      }
      const end = mark + (ended < 0 ? near.length : ended)
      const decoded = new Decoded(this.#open(), base + mark)
      const letters = string.slice(mark + 1, end).split('')
      decoded.add(letters.toReversed().join(''), base + mark, end - mark)
      found.push(...decoded.end())
      at = end
    }
    this.#at = base + string.length
  }

  settled(): number {
    return this.#hold
  }

  /** From where on it wants to find the text again. */
  needs(): number {
    return this.#at
  }

  reset(): void {
    this.#at = 0
    this.#hold = NEVER
  }
}
