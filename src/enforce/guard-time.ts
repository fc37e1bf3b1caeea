// How long each guard has worked on a call: its request and its answer, in however many pieces they are read. A deadline
// that counted for each piece anew would be none for a large text.
// Invariant: what a guard may take grows with what it reads, and with nothing else.
import { Failure } from '../lib/failure.ts'

/** Characters that are read within one deadline, also on a busy machine. Who reads more has as much time again for each further so many. */
const FOR_ONE_DEADLINE = 250_000
/** What it costs that a piece is one, however short it is. */
const EACH = 32

export const tooLate = () => new Failure('unavailable', 'was later than its deadline')

export class GuardTime {
  readonly #deadlineMs: number
  #spentMs = 0
  #read = 0

  constructor(deadlineMs: number) {
    this.#deadlineMs = deadlineMs
  }

  get leftMs(): number {
    return this.#deadlineMs * (1 + Math.floor(this.#read / FOR_ONE_DEADLINE)) - this.#spentMs
  }

  /** Throws where it was too much. */
  add(ms: number): void {
    this.#spentMs += ms
    if (this.leftMs < 0) throw tooLate()
  }

  read(characters: number): void {
    this.#read += EACH + characters
  }
}
