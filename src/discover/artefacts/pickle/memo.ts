// What a pickle remembers, under the numbers that it gives. Dense as picklers write it; the far numbers of a hand-made one
// must not make a giant array.
import { BrokenPickle } from './tape.ts'
import type { Value } from './values.ts'

const NEAR = 1024

export class Memo {
  readonly #dense: Value[] = []
  readonly #sparse = new Map<number, Value>()
  readonly #asked: ReadonlySet<number> | undefined
  #count = 0

  /** `asked` is all that it is ever asked for, where that is known. */
  constructor(asked: ReadonlySet<number> | undefined) {
    this.#asked = asked
  }

  /** Under the next number. */
  add(value: Value): void {
    this.set(this.#count, value)
  }

  set(index: number, value: Value): void {
    if (index < 0) throw new BrokenPickle('a memo index is negative')
    this.#count++
    if (this.#asked && !this.#asked.has(index)) return
    if (index <= this.#dense.length + NEAR) this.#dense[index] = value
    else this.#sparse.set(index, value)
  }

  get(index: number): Value {
    if (index in this.#dense) return this.#dense[index]
    if (this.#sparse.has(index)) return this.#sparse.get(index)
    throw new BrokenPickle('it recalls what it did not remember')
  }
}
