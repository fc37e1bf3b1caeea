// Logistic regression over hashed features, trained on windows by AdaGrad. Only the window of an attack that looks most
// like one is taught as an attack (multiple-instance learning): the rest of a document that carries one is harmless.
// Sources weigh by the square root of their size, so that none of them sets the tone.
import { BITS } from '../../src/detect/injection/features.ts'
import type { Corpus } from './corpus.ts'

export interface Settings {
  epochs: number
  rate: number
  decay: number
  /** Rows that a feature must occur in. */
  fewestRows: number
  /** Share of features left out at each step. */
  dropout: number
  seed: number
  /** Models of different seeds whose weights are averaged: what only chance taught cancels out. */
  bags: number
  /** Weights stay between these: friendly words must not outweigh an attack that stands among them. */
  lowest: number
  highest: number
}

export const SETTINGS: Settings = {
  epochs: 8,
  rate: 0.1,
  decay: 1e-6,
  fewestRows: 3,
  dropout: 0.75,
  seed: 7,
  bags: 4,
  lowest: -0.3,
  highest: 4,
}

export function train(corpus: Corpus, rows: readonly number[], settings: Settings): Float32Array {
  const sum = new Float32Array(1 << BITS)
  for (let bag = 0; bag < settings.bags; bag++) {
    const weights = trainOne(corpus, rows, { ...settings, seed: settings.seed + bag })
    for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] ?? 0) + (weights[i] ?? 0) / settings.bags
  }
  return sum
}

function trainOne(corpus: Corpus, rows: readonly number[], settings: Settings): Float32Array {
  const random = mulberry(settings.seed)
  const kept = frequent(corpus, rows, settings)
  const size = 1 << BITS
  const weights = new Float32Array(size)
  const squares = new Float32Array(size).fill(1e-3)
  const importance = weigh(corpus, rows)
  let bias = 0
  let biasSquares = 1e-3
  const order = Int32Array.from(rows)

  const learn = (window: number, target: number, weight: number) => {
    const { features, from } = corpus
    const low = from[window >> 1] ?? 0
    const high = from[(window >> 1) + 1 + (window & 1)] ?? 0
    const dropped = settings.dropout
    const scale = 1 / (1 - dropped)
    const used: number[] = []
    let z = bias
    for (let i = low; i < high; i++) {
      const feature = features[i] ?? 0
      if (kept[feature] === 0 || (dropped > 0 && random() < dropped)) continue
      used.push(feature)
      z += (weights[feature] ?? 0) * scale
    }
    const gradient = (1 / (1 + Math.exp(-z)) - target) * weight
    biasSquares += gradient * gradient
    bias -= (settings.rate / Math.sqrt(biasSquares)) * gradient
    for (const feature of used) {
      const slope = gradient * scale + settings.decay * (weights[feature] ?? 0)
      squares[feature] = (squares[feature] ?? 0) + slope * slope
      const next = (weights[feature] ?? 0) - (settings.rate / Math.sqrt(squares[feature] ?? 1)) * slope
      weights[feature] = Math.max(settings.lowest, Math.min(settings.highest, next))
    }
  }

  for (let epoch = 0; epoch < settings.epochs; epoch++) {
    shuffle(order, random)
    for (const row of order) {
      const [first, last] = [corpus.blocks[row] ?? 0, (corpus.blocks[row + 1] ?? 0) - 1]
      if (last < first) continue
      const attack = corpus.rows[row]?.label === 1
      const windows = Math.max(1, last - first)
      if (attack && epoch === 0 && windows > 4) continue
      const weight = importance[row] ?? 0
      const best = bestWindow(corpus, row, weights, kept).window
      learn(best, attack ? 1 : 0, weight)
      if (!attack && windows > 1) learn(2 * first + Math.floor(random() * (2 * (last - first) + 1)), 0, weight)
    }
  }
  return weights
}

/**
 * The window that looks most like an attack, and how much so (without the bias): a block (2 × its number) or a block and
 * the next one (one more).
 */
export function bestWindow(corpus: Corpus, row: number, weights: Float32Array, kept?: Uint8Array) {
  const { features, from, blocks } = corpus
  const [first, end] = [blocks[row] ?? 0, blocks[row + 1] ?? 0]
  let [window, z, before] = [2 * first, Number.NEGATIVE_INFINITY, 0]
  for (let block = first; block < end; block++) {
    let sum = 0
    for (let i = from[block] ?? 0, stop = from[block + 1] ?? 0; i < stop; i++) {
      const feature = features[i] ?? 0
      if (!kept || kept[feature] !== 0) sum += weights[feature] ?? 0
    }
    if (sum > z) [window, z] = [2 * block, sum]
    if (block > first && sum + before > z) [window, z] = [2 * block - 1, sum + before]
    before = sum
  }
  return { window, z: end === first ? 0 : z }
}

/** Features that occur in enough rows. */
function frequent(corpus: Corpus, rows: readonly number[], { fewestRows }: Settings): Uint8Array {
  const seen = new Uint16Array(1 << BITS)
  const lastRow = new Int32Array(1 << BITS).fill(-1)
  for (const row of rows) {
    const low = corpus.from[corpus.blocks[row] ?? 0] ?? 0
    const high = corpus.from[corpus.blocks[row + 1] ?? 0] ?? 0
    for (let i = low; i < high; i++) {
      const feature = corpus.features[i] ?? 0
      if (lastRow[feature] === row) continue
      lastRow[feature] = row
      seen[feature] = Math.min(65_535, (seen[feature] ?? 0) + 1)
    }
  }
  return Uint8Array.from(seen, (count) => (count >= fewestRows ? 1 : 0))
}

/** Attacks and benign texts weigh the same in all; within each, sources do, as far as the square root of their size. */
function weigh(corpus: Corpus, rows: readonly number[]): Float32Array {
  const sizes = new Map<string, number>()
  const key = (row: number) => `${corpus.rows[row]?.label} ${corpus.rows[row]?.source}`
  for (const row of rows) sizes.set(key(row), (sizes.get(key(row)) ?? 0) + 1)
  const raw = new Float32Array(corpus.rows.length)
  const totals = [0, 0]
  for (const row of rows) {
    raw[row] = 1 / Math.sqrt(sizes.get(key(row)) ?? 1)
    totals[corpus.rows[row]?.label ?? 0] = (totals[corpus.rows[row]?.label ?? 0] ?? 0) + (raw[row] ?? 0)
  }
  for (const row of rows) raw[row] = ((raw[row] ?? 0) * rows.length) / (2 * (totals[corpus.rows[row]?.label ?? 0] ?? 1))
  return raw
}

function shuffle(order: Int32Array, random: () => number): void {
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    const [a, b] = [order[i] ?? 0, order[j] ?? 0]
    order[i] = b
    order[j] = a
  }
}

/** A small seeded generator (mulberry32): the same seed gives the same model on every machine. */
export function mulberry(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
