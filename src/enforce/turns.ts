// Shares the thread. Large texts are worked on in small steps; of all steps that are due, a turn of the event
// loop takes so many as fit into its time, and the others wait for the next: whoever else has something to say is heard.

/** With the longest step behind it, a turn stays well below the time that anybody notices. With a quarter of it, many streams take twice as long. */
const TURN_MS = 16
/** Also of steps that take no time themselves, since most let something come that does. */
const MOST_STEPS = 8

export class Turns {
  readonly #clock: () => number
  #began: number | undefined
  readonly #due: (() => void)[] = []
  #called = 0

  /** In milliseconds; only differences count. */
  constructor(clock: () => number) {
    this.#clock = clock
  }

  /** There is time for a step in this turn. */
  get hasTime(): boolean {
    const now = this.#clock()
    if (this.#began === undefined) {
      this.#began = now
      setImmediate(this.#over)
    }
    return now - this.#began < TURN_MS
  }

  /** In a later turn, after all that came before. */
  soon(step: () => void): void {
    this.#due.push(step)
    this.#call()
  }

  next(): Promise<void> {
    return new Promise((resolve) => this.soon(resolve))
  }

  #call(): void {
    for (; this.#called < Math.min(MOST_STEPS, this.#due.length); this.#called++) setImmediate(this.#step)
  }

  readonly #step = () => {
    this.#called--
    if (this.hasTime) this.#due.shift()?.()
    this.#call()
  }

  readonly #over = () => {
    this.#began = undefined
  }
}
