// Text that says the same over and over, at any distance: one letter, one word, one line, one page. It is cut where its
// content says so, at some thirty characters, and pieces seen before count against it while new ones count in its favour
// ninefold: a table or a log repeats much, but a text built to waste time repeats nearly everything.
import { defineResourceGauge, type Gauge, type Passed } from './define-resource.ts'
import type { ResourceLimits } from './limits.ts'

const WORDS = 'the ferry leaves at dawn and fog lifts slowly over islands while people walk along a quay'.split(' ')
/** Words in an order that does not come back. */
const wander = (words: number): string =>
  Array.from({ length: words }, (_, i) => WORDS[(Math.imul(i * i + i, 0x85ebca6b) >>> 16) % WORDS.length]).join(' ')

export const repetition = (limits: ResourceLimits) =>
  defineResourceGauge({
    id: 'repetition',
    title: 'The same over and over',
    severity: 'medium',
    least: limits.repeated,
    open: () => new RepetitionGauge(limits.repeated),
    examples: {
      hit: [
        'a'.repeat(2 * limits.repeated),
        'poem '.repeat(limits.repeated),
        `${'I will not stop until the last of the lines is written.'}\n`.repeat(limits.repeated / 16),
        Array.from({ length: limits.repeated * 4 }, (_, i) =>
          (Math.imul(i * i + i, 0x85ebca6b) >>> 16) & 1 ? '0' : '1',
        ).join(''),
      ],
      miss: ['ha '.repeat(20), '-'.repeat(200), wander(300)],
    },
  })

const SHORTEST = 8
const LONGEST = 64
/** A random number for each character. Summed up and shifted on, they say where a piece ends: one place in 32. */
const GEAR = Int32Array.from({ length: 256 }, (_, unit) =>
  Math.imul(Math.imul(unit + 1, 0x9e3779b1) ^ 0x5bd1e995, 0x85ebca6b),
)
const CUT_BITS = 5
const SEEN = 2048
const FRESH_WEIGHS = 9
/** One character in four is counted, those that follow their like left out. */
const SAMPLE = 512
const SAMPLED = 4 * SAMPLE
/** Of two characters drawn from the text, how often both are the same: a third is two or three letters at random. */
const POOR = 1 / 3

class RepetitionGauge implements Gauge {
  readonly #limit: number
  readonly #seen = new Int32Array(SEEN)
  readonly #counts = new Uint16Array(256)
  #before = 0
  #hash = 0
  #piece = 0
  #repeated = 0
  #mostRepeated = 0
  #sampled = 0
  #poor = 0
  #mostPoor = 0

  constructor(limit: number) {
    this.#limit = limit
  }

  read(units: Uint16Array, from: number, to: number): void {
    const counts = this.#counts
    let before = this.#before
    let hash = this.#hash
    let piece = this.#piece
    let sampled = this.#sampled
    for (let i = from; i < to; i++) {
      const unit = units[i] ?? 0
      hash = ((hash << 1) + (GEAR[unit & 255] ?? 0)) | 0
      piece++
      // The rarest is asked first.
      if ((hash >>> (32 - CUT_BITS) === 0 && piece >= SHORTEST) || piece === LONGEST) {
        this.#end(hash ^ piece, piece)
        piece = 0
      }
      if ((piece & 3) === 0 && unit !== before) {
        counts[unit & 255] = (counts[unit & 255] ?? 0) + 1
        if (++sampled === SAMPLE) {
          this.#sample()
          sampled = 0
        }
      }
      before = unit
    }
    this.#before = before
    this.#hash = hash
    this.#piece = piece
    this.#sampled = sampled
  }

  passed(): Passed[] {
    if (this.#mostRepeated >= this.#limit)
      return [{ kind: 'repetition', confidence: 0.8, note: 'Says the same over and over' }]
    // Repetition has first say: what repeats itself is poor as well.
    if (this.#mostPoor >= 2 * this.#limit)
      return [{ kind: 'low-entropy', confidence: 0.7, note: 'Goes on and on with next to no information in it' }]
    return []
  }

  #end(hash: number, length: number): void {
    const slot = (hash ^ (hash >>> 15)) & (SEEN - 1)
    const isRepeated = this.#seen[slot] === hash
    this.#seen[slot] = hash
    this.#repeated = Math.max(0, this.#repeated + (isRepeated ? length : -FRESH_WEIGHS * length))
    if (this.#repeated > this.#mostRepeated) this.#mostRepeated = this.#repeated
  }

  #sample(): void {
    let alike = 0
    for (const count of this.#counts) alike += count * count
    this.#poor = alike >= POOR * SAMPLE ** 2 ? this.#poor + SAMPLED : 0
    if (this.#poor > this.#mostPoor) this.#mostPoor = this.#poor
    this.#counts.fill(0)
  }
}
