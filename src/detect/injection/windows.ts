// Judges a text by its worst window, a block of words or two neighbouring ones. A long text has many windows and so many
// chances to look bad by accident; a window therefore needs more the later it stands. Counting from the front keeps the
// answer independent of how much text is still to come.
import { WordReader, type Block } from './features.ts'

/** Blocks further apart than this do not form a window. */
const NEAR = 512

export interface Window {
  z: number
  start: number
  end: number
  /** How many blocks stood before it. */
  index: number
}

export class WindowReader {
  readonly #words: WordReader
  readonly #weights: ArrayLike<number>
  readonly #see: (window: Window) => void
  #before = { z: 0, start: 0, end: Number.NEGATIVE_INFINITY }
  #index = 0
  #offset = 0

  constructor(weights: ArrayLike<number>, see: (window: Window) => void) {
    this.#weights = weights
    this.#see = see
    this.#words = new WordReader((block) => this.#judge(block))
  }

  read(text: string): void {
    this.#offset += text.length
    this.#words.read(text)
  }

  finish(): void {
    this.#words.finish()
  }

  /** No later window begins before this offset. */
  get settled(): number {
    const { start, end } = this.#before
    return this.#offset - end <= NEAR || this.#words.start - end <= NEAR ? start : this.#words.start
  }

  #judge({ features, count, start, end }: Block): void {
    const weights = this.#weights
    let z = 0
    for (let i = 0; i < count; i++) z += weights[features[i] ?? 0] ?? 0
    const before = this.#before
    const index = this.#index++
    if (start - before.end <= NEAR && z + before.z > z) this.#see({ z: z + before.z, start: before.start, end, index })
    else this.#see({ z, start, end, index })
    this.#before = { z, start, end }
  }
}
