// How deep something is nested, with bounded memory. Openings that were never closed add up in any long text, so depth
// counts only where it was reached within a stretch that nested data would fill.

/** So many characters a level may take on the average. */
const SPREAD = 256
/** What was left open is closed with what holds it, so many levels up. */
const FORGIVES = 16

export class Depths {
  readonly #limit: number
  readonly #at: number[] = []
  readonly #kinds: number[] = []
  reached = false

  constructor(limit: number) {
    this.#limit = limit
  }

  get top(): number {
    return this.#kinds.at(-1) ?? -1
  }

  get topAt(): number {
    return this.#at.at(-1) ?? Number.NEGATIVE_INFINITY
  }

  open(kind: number, at: number): void {
    this.#at.push(at)
    this.#kinds.push(kind)
    if (this.#at.length <= this.#limit) return
    if (at - (this.#at[0] ?? 0) <= this.#limit * SPREAD) this.reached = true
    const half = this.#limit >> 1
    this.#at.splice(0, half)
    this.#kinds.splice(0, half)
  }

  /** Closes the innermost of this kind with all that was left open in it. */
  close(kind: number): void {
    const depth = this.#kinds.length
    for (let i = depth - 1; i >= 0 && i >= depth - FORGIVES; i--) {
      if (this.#kinds[i] !== kind) continue
      this.#kinds.length = i
      this.#at.length = i
      return
    }
  }

  drop(): void {
    this.#at.pop()
    this.#kinds.pop()
  }
}
