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
  #spentMs = 0
  #read = 0

  leftMs(deadlineMs: number): number {
    return deadlineMs * (1 + Math.floor(this.#read / FOR_ONE_DEADLINE)) - this.#spentMs
  }

  /** Throws where it was too much. */
  add(ms: number, deadlineMs: number): void {
    this.#spentMs += ms
    if (this.leftMs(deadlineMs) < 0) throw tooLate()
  }

  read(characters: number): void {
    this.#read += EACH + characters
  }
}

const times = new WeakMap<readonly object[], Map<string, GuardTime>>()

/** Of one guard, on the call that these guards were begun for. */
export function timeOf(guards: readonly object[], id: string): GuardTime {
  let known = times.get(guards)
  if (known === undefined) times.set(guards, (known = new Map()))
  let time = known.get(id)
  if (time === undefined) known.set(id, (time = new GuardTime()))
  return time
}
