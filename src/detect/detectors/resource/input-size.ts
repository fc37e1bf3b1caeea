// Texts longer than anybody has to read: in characters, and in the tokens that a model will be billed for.
import { MOST_TOKENS, TokenMeter } from '../../tokens.ts'
import { defineResourceGauge, type Gauge, type Passed } from './define-resource.ts'
import type { ResourceLimits } from './limits.ts'

export const inputSize = (limits: ResourceLimits) =>
  defineResourceGauge({
    id: 'input-size',
    title: 'Longer than what is allowed',
    severity: 'medium',
    least: Math.min(limits.characters, limits.tokens / MOST_TOKENS),
    open: () => new SizeGauge(limits),
    examples: {
      hit: ['x '.repeat(limits.characters / 2 + 1), '字'.repeat(limits.tokens + 1)],
      miss: ['A short question.', 'word '.repeat(Math.min(limits.tokens, limits.characters) / 8)],
    },
  })

class SizeGauge implements Gauge {
  readonly #limits: ResourceLimits
  readonly #meter = new TokenMeter()
  #length = 0

  constructor(limits: ResourceLimits) {
    this.#limits = limits
  }

  read(units: Uint16Array, from: number, to: number): void {
    this.#length += to - from
    // What is too much already need not be counted further.
    if (this.#meter.tokens <= this.#limits.tokens) this.#meter.read(units, from, to)
  }

  passed(): Passed[] {
    const { characters, tokens } = this.#limits
    const over: Passed[] = []
    if (this.#length > characters)
      over.push({ kind: 'input-length', confidence: 1, note: `Longer than ${characters} characters` })
    if (this.#meter.tokens > tokens)
      over.push({ kind: 'input-tokens', confidence: 0.9, note: `More than some ${tokens} tokens` })
    return over
  }
}
