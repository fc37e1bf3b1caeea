// Judges a text by its worst window, a block of words or two neighbouring ones, each seen against what stands before it: an
// order in the midst of calm prose says more than one among orders. A long text has many windows and so many chances to
// look bad by accident; a window therefore needs more the later it stands.
// Invariant: a window's score depends on what is before its end alone, so it is the same however much is still to come.
import { WordReader, type Block } from './features.ts'

/** Blocks further apart than this do not form a window. */
const NEAR = 512
/** No block counts for more than this, up or down, in what stands before. */
const MOST = 4
/** The blocks before count as if there were this many more of no colour. */
const PRIOR = 2

export interface Weights {
  weights: ArrayLike<number>
  /** One step of a weight, in log-odds. */
  scale: number
}

/** How a window's place changes what it must reach. */
export interface Calibration {
  /** How much more for every doubling of the blocks before it. */
  later: number
  /** How much less a step counts for every doubling: scores of late windows scatter more. */
  spread: number
  /** How much of the mean of the blocks before is taken off, beyond the usual mean. */
  contrast: number
  usual: number
}

type See = (score: number, start: number, end: number) => void

export class WindowReader {
  readonly #words: WordReader
  readonly #model: Weights
  readonly #calibration: Calibration
  readonly #see: See
  #before = { z: 0, start: 0, end: Number.NEGATIVE_INFINITY }
  /** Of all blocks but the last. */
  #sum = 0
  #index = 0
  #offset = 0

  constructor(model: Weights, calibration: Calibration, see: See) {
    this.#model = model
    this.#calibration = calibration
    this.#see = see
    this.#words = new WordReader((block) => this.#judge(block))
  }

  read(units: Uint16Array, from: number, to: number): void {
    this.#offset += to - from
    this.#words.read(units, from, to)
  }

  finish(): void {
    this.#words.finish()
  }

  reset(): void {
    this.#words.reset()
    this.#before.z = 0
    this.#before.start = 0
    this.#before.end = Number.NEGATIVE_INFINITY
    this.#sum = 0
    this.#index = 0
    this.#offset = 0
  }

  /** No later window begins before this offset. */
  get settled(): number {
    const { start, end } = this.#before
    return this.#offset - end <= NEAR || this.#words.start - end <= NEAR ? start : this.#words.start
  }

  #judge({ features, count, start, end }: Block): void {
    const { weights, scale } = this.#model
    let sum = 0
    for (let i = 0; i < count; i++) sum += weights[features[i] ?? 0] ?? 0
    const z = sum * scale
    const before = this.#before
    const isPair = start - before.end <= NEAR && before.z > 0
    this.#see(this.#calibrate(isPair ? z + before.z : z), isPair ? before.start : start, end)
    if (this.#index > 0) this.#sum += Math.max(-MOST, Math.min(MOST, before.z))
    this.#index++
    before.z = z
    before.start = start
    before.end = end
  }

  #calibrate(z: number): number {
    const { later, spread, contrast, usual } = this.#calibration
    const doublings = Math.log2(1 + this.#index)
    const calm = this.#index < 2 ? usual : this.#sum / (this.#index - 1 + PRIOR)
    return (z - later * doublings - contrast * (calm - usual)) / (1 + spread * doublings)
  }
}
