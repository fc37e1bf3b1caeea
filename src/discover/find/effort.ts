// What it may cost to say what names stand for. A file of three lines can put a text together from a dozen of the next,
// and that from a dozen more: nobody could wait for it, and no time of a file bounds it, since all files are asked together.
// Invariant: what one file's questions cost takes nothing from those of another.
import type { Unit } from '../syntax/expr.ts'

/** Steps that nearly every question does with; they are free. */
const USUAL = 100
/** The most that one question may take. */
const MOST = 4_000
/** What all questions of a file may take together beyond the usual. */
const ALL = 20_000
/** Characters that are put together in a step. */
const CHARS = 64

export class Question {
  readonly most: number
  left: number

  constructor(most: number) {
    this.most = most
    this.left = most
  }

  /** False where it was the last. */
  step(chars = 0): boolean {
    this.left -= 1 + Math.floor(chars / CHARS)
    return this.left > 0
  }
}

export class Effort {
  readonly #left = new WeakMap<Unit, number>()
  /** Files of which some questions were given up. */
  readonly givenUp = new Set<string>()

  begin(unit: Unit): Question {
    return new Question(Math.min(MOST, USUAL + (this.#left.get(unit) ?? ALL)))
  }

  end(unit: Unit, { most, left }: Question) {
    const spent = most - left
    if (spent > USUAL) this.#left.set(unit, Math.max(0, (this.#left.get(unit) ?? ALL) - (spent - USUAL)))
    if (left <= 0) this.givenUp.add(unit.file)
  }
}
