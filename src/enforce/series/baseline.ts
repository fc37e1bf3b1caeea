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
/** So few times a share, which is no less than a millionth, take a product of more than `SMALL` not to nothing. */
const FEW_TIMES = 8
const SMALL = 1e-150
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
    this.#rows[this.#next] = row
    this.#next = (this.#next + 1) % MOST
    if (++this.#seen % RENEWED_EVERY === 0) this.#middles = []
    for (let i = 0; i < PAIRS; i++) this.#pairs[i] = (this.#pairs[i] ?? 0) + (pairs[i] ?? 0)
    this.#total += count
    if (this.#total <= MOST_PAIRS) return
    for (let i = 0; i < PAIRS; i++) this.#pairs[i] = (this.#pairs[i] ?? 0) / 2
    this.#total /= 2
  }

  /** Bits per pair that its writing costs who knows the caller's: another language or an encoding costs more. */
  #surprise({ pairs, count }: Traits): number {
    if (count < LEAST_PAIRS || this.#total < LEAST_PAIRS) return Number.NaN
    let bits = 0
    // Of a product of many one logarithm is taken, before it gets too small to be told from nothing.
    let product = 1
    for (let i = 0; i < PAIRS; i++) {
      const times = pairs[i] ?? 0
      if (times === 0) continue
      const share = ((this.#pairs[i] ?? 0) + 0.5) / (this.#total + PAIRS / 2)
      if (times > FEW_TIMES) bits -= times * Math.log2(share)
      else for (let time = 0; time < times; time++) product *= share
      if (product > SMALL) continue
      bits -= Math.log2(product)
      product = 1
    }
    return (bits - Math.log2(product)) / count
  }

  state(): z.input<typeof State> {
    const oldestFirst = [...this.#rows.slice(this.#next), ...this.#rows.slice(0, this.#next)]
    const rows = oldestFirst.map((row) => row.map((value) => (Number.isNaN(value) ? null : rounded(value))))
    return { rows, pairs: Array.from(this.#pairs, rounded) }
  }

  static from(state: unknown): Baseline {
    const { rows, pairs } = State.parse(state)
    const baseline = new Baseline()
    baseline.#rows = rows.map((row) => row.map((value) => value ?? Number.NaN))
    baseline.#next = rows.length % MOST
    baseline.#pairs.set(pairs)
    baseline.#total = pairs.reduce((sum, one) => sum + one, 0)
    return baseline
  }

  #renew(): void {
    this.#middles = TRAITS.map((_, i) => {
      let count = 0
      for (const row of this.#rows) {
        const value = row[i] ?? Number.NaN
        if (!Number.isNaN(value)) scratch[count++] = value
      }
      if (count < LEAST_ROWS) return undefined
      const median = middle(count)
      for (let at = 0; at < count; at++) scratch[at] = Math.abs((scratch[at] ?? 0) - median)
      return { median, spread: Math.max(middle(count) * TO_SIGMA, FLOORS[i] ?? 1) }
    })
  }
}

/** Serves one trait after the other. */
const scratch = new Float64Array(MOST)

/** Of the first `count`, which are put in another order: whole halves that it cannot be in are left as they are. */
function middle(count: number): number {
  const wanted = count >> 1
  let [from, to] = [0, count - 1]
  while (from < to) {
    const pivot = scratch[(from + to) >> 1] ?? 0
    let [low, high] = [from, to]
    while (low <= high) {
      while ((scratch[low] ?? 0) < pivot) low++
      while ((scratch[high] ?? 0) > pivot) high--
      if (low > high) break
      const one = scratch[low] ?? 0
      scratch[low++] = scratch[high] ?? 0
      scratch[high--] = one
    }
    if (wanted <= high) to = high
    else if (wanted >= low) from = low
    else break
  }
  return scratch[wanted] ?? 0
}

function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000
}
