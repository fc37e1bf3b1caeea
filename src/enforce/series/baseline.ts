// What is usual for one caller: the median of each trait over its last inputs, how far they stray from it, and which pairs of
// characters it writes. Medians, so that a few odd inputs do not make the next odd one usual.
import { z } from 'zod'
import { PAIRS, TRAITS, type Trait, type Traits } from './traits.ts'

const MOST = 64
/** Medians are made anew after so many inputs: sorting at each would cost more than reading does. */
const RENEWED_EVERY = 8
/** What is no deviation, however little a caller strays: of sizes in doublings, of shares, of bits. */
const FLOORS = [0.5, 0.04, 0.03, 0.03, 0.03, 0.2, 0.25] as const
const TO_SIGMA = 1.4826
/** Older inputs count for less: at this many pairs all counts are halved. */
const MOST_PAIRS = 65_536
/** So few times a count, which is no more than `MOST_PAIRS` and another text, take a product of less than `LARGE` not beyond all numbers. */
const FEW_TIMES = 8
const LARGE = 1e150
/** Shorter texts say too little of how somebody writes. */
const LEAST_PAIRS = 24

/** A trait that fewer inputs had says nothing. */
const LEAST_ROWS = 8

interface Middle {
  median: number
  spread: number
}

export interface Deviation {
  trait: Trait
  /** In robust standard deviations. */
  score: number
}

/** JSON has no word for a number that is none. */
const State = z.object({
  rows: z.array(z.array(z.number().nullable()).length(TRAITS.length)).max(MOST),
  pairs: z.array(z.number().min(0)).length(PAIRS),
})

export class Baseline {
  #rows: number[][] = []
  /** Of each trait the values of these rows in order of size, without those that say nothing. */
  readonly #columns = TRAITS.map(() => new Column())
  #next = 0
  #seen = 0
  #pairs = new Float64Array(PAIRS)
  #total = 0
  #middles: readonly (Middle | undefined)[] = []

  /** How far the input is from what was usual before it. Undefined while less than `warmUp` is known. */
  look(traits: Traits, warmUp: number): Deviation | undefined {
    const row = [...traits.values, this.#surprise(traits)]
    let worst: Deviation | undefined
    if (this.#rows.length >= Math.min(warmUp, MOST)) {
      if (this.#middles.length === 0) this.#renew()
      let [most, at] = [-1, 0]
      for (let i = 0; i < TRAITS.length; i++) {
        const usual = this.#middles[i]
        if (usual === undefined) continue
        const score = Math.abs((row[i] ?? Number.NaN) - usual.median) / usual.spread
        if (score > most) [most, at] = [score, i]
      }
      const trait = TRAITS[at]
      if (most >= 0 && trait !== undefined) worst = { trait, score: most }
    }
    this.#learn(row, traits)
    return worst
  }

  #learn(row: number[], { pairs, count }: Traits): void {
    this.#keep(row)
    if (++this.#seen % RENEWED_EVERY === 0) this.#middles = []
    const known = this.#pairs
    for (let i = 0; i < PAIRS; i++) known[i] = (known[i] ?? 0) + (pairs[i] ?? 0)
    this.#total += count
    if (this.#total <= MOST_PAIRS) return
    for (let i = 0; i < PAIRS; i++) known[i] = (known[i] ?? 0) / 2
    this.#total /= 2
  }

  /** In place of the oldest. */
  #keep(row: number[]): void {
    const oldest = this.#rows[this.#next]
    for (let i = 0; i < TRAITS.length; i++) this.#columns[i]?.put(row[i] ?? Number.NaN, oldest?.[i] ?? Number.NaN)
    this.#rows[this.#next] = row
    this.#next = (this.#next + 1) % MOST
  }

  /** Bits per pair that its writing costs who knows the caller's: another language or an encoding costs more. */
  #surprise({ pairs, count }: Traits): number {
    if (count < LEAST_PAIRS || this.#total < LEAST_PAIRS) return Number.NaN
    const known = this.#pairs
    let bits = 0
    // Of a product of many one logarithm is taken, before it gets too large to be a number.
    let product = 1
    for (let i = 0; i < PAIRS; i++) {
      const times = pairs[i] ?? 0
      if (times === 0) continue
      const often = (known[i] ?? 0) + 0.5
      if (times > FEW_TIMES) bits += times * Math.log2(often)
      else for (let time = 0; time < times; time++) product *= often
      if (product < LARGE) continue
      bits += Math.log2(product)
      product = 1
    }
    return Math.log2(this.#total + PAIRS / 2) - (bits + Math.log2(product)) / count
  }

  state(): z.input<typeof State> {
    const oldestFirst = [...this.#rows.slice(this.#next), ...this.#rows.slice(0, this.#next)]
    const rows = oldestFirst.map((row) => row.map((value) => (Number.isNaN(value) ? null : rounded(value))))
    return { rows, pairs: Array.from(this.#pairs, rounded) }
  }

  static from(state: unknown): Baseline {
    const { rows, pairs } = State.parse(state)
    const baseline = new Baseline()
    for (const row of rows) baseline.#keep(row.map((value) => value ?? Number.NaN))
    baseline.#pairs.set(pairs)
    baseline.#total = pairs.reduce((sum, one) => sum + one, 0)
    return baseline
  }

  #renew(): void {
    this.#middles = this.#columns.map((column, i) => column.middle(FLOORS[i] ?? 1))
  }
}

/** The last values of one trait, smallest first. NaN is none. */
class Column {
  readonly #sorted = new Float64Array(MOST)
  #count = 0

  put(value: number, instead: number): void {
    const sorted = this.#sorted
    let at = this.#count
    if (Number.isNaN(instead)) this.#count++
    else for (at = 0; at < this.#count && sorted[at] !== instead;) at++
    if (Number.isNaN(value)) {
      this.#count--
      sorted.copyWithin(at, at + 1, this.#count + 1)
      return
    }
    // The gap moves to where the value belongs.
    for (; at > 0 && (sorted[at - 1] ?? 0) > value; at--) sorted[at] = sorted[at - 1] ?? 0
    for (; at + 1 < this.#count && (sorted[at + 1] ?? 0) < value; at++) sorted[at] = sorted[at + 1] ?? 0
    sorted[at] = value
  }

  /** The median, and the median of how far they are from it. */
  middle(floor: number): Middle | undefined {
    const [sorted, count] = [this.#sorted, this.#count]
    if (count < LEAST_ROWS) return undefined
    const half = count >> 1
    const median = sorted[half] ?? 0
    // From the median outwards, to the nearer of both sides each time.
    let [low, high, away] = [half - 1, half + 1, 0]
    for (let taken = 0; taken < half; taken++) {
      const below = low < 0 ? Number.POSITIVE_INFINITY : median - (sorted[low] ?? 0)
      const above = high >= count ? Number.POSITIVE_INFINITY : (sorted[high] ?? 0) - median
      away = Math.min(below, above)
      if (below < above) low--
      else high++
    }
    return { median, spread: Math.max(away * TO_SIGMA, floor) }
  }
}

function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000
}
