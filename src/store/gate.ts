// Lets a fixed number of changes through at a time and a fixed number wait, in order. Beyond that it refuses: a queue
// without a bound only turns an overload into a slow one.
import { Failure } from '../lib/failure.ts'

export class Gate {
  readonly #width: number
  readonly #mostWaiting: number
  #inside = 0
  #waiting: (() => void)[] = []
  #idle: (() => void)[] = []

  constructor(width: number, mostWaiting: number) {
    this.#width = width
    this.#mostWaiting = mostWaiting
  }

  async pass<T>(work: () => Promise<T>): Promise<T> {
    if (this.#inside < this.#width) this.#inside++
    else {
      if (this.#waiting.length >= this.#mostWaiting)
        throw new Failure('too_many', `${this.#mostWaiting} changes already wait for the store`, {
          hint: 'try again in a moment',
        })
      await new Promise<void>((go) => this.#waiting.push(go))
    }
    try {
      return await work()
    } finally {
      const next = this.#waiting.shift()
      if (next) next()
      else if (--this.#inside === 0) for (const done of this.#idle.splice(0)) done()
    }
  }

  /** Resolves when nobody is inside or waits. */
  async idle(): Promise<void> {
    if (this.#inside > 0) await new Promise<void>((done) => this.#idle.push(done))
  }
}
