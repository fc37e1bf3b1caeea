// Duration and tokens as histograms that only grow. Series are told apart by what we know, and a model only by a name that
// an upstream was asked for; beyond a bound all others share one series.
import { type Exchange, FIRST_WORDS } from '../../model/exchange.ts'
import { ATTRIBUTE, errorOf, METRIC, operationOf, providerOf } from './gen-ai.ts'
import { attributesOf, nanosOf, resourceOf, scopeOf, type Telling } from './otlp-values.ts'

const CUMULATIVE = 2
const MOST_SERIES = 2000
const OTHERS = '(all others)'

const KINDS = ['duration', 'firstChunk', 'tokens'] as const
type Kind = (typeof KINDS)[number]
type Labels = Record<string, string | undefined>

interface Series {
  labels: Labels
  counts: number[]
  count: number
  sum: number
}

export class GenAiMetrics {
  readonly #since: Date
  readonly #series = {
    duration: new Map<string, Series>(),
    firstChunk: new Map<string, Series>(),
    tokens: new Map<string, Series>(),
  }

  constructor(since: Date) {
    this.#since = since
  }

  add(exchange: Exchange): void {
    if (exchange.wire === undefined) return
    const labels: Labels = {
      [ATTRIBUTE.operation]: operationOf(exchange),
      [ATTRIBUTE.provider]: providerOf(exchange),
      [ATTRIBUTE.requestModel]: exchange.upstream === undefined ? undefined : exchange.model,
    }
    this.#observe('duration', { ...labels, [ATTRIBUTE.errorType]: errorOf(exchange) }, exchange.durationMs / 1000)
    const first = exchange.stages.findIndex(({ stage }) => stage === FIRST_WORDS)
    if (first >= 0) {
      const ms = exchange.stages.slice(0, first + 1).reduce((sum, stage) => sum + stage.ms, 0)
      this.#observe('firstChunk', labels, ms / 1000)
    }
    if (exchange.usage === undefined) return
    this.#observe('tokens', { ...labels, [ATTRIBUTE.tokenType]: 'input' }, exchange.usage.input)
    this.#observe('tokens', { ...labels, [ATTRIBUTE.tokenType]: 'output' }, exchange.usage.output)
  }

  /** The body of POST /v1/metrics. */
  toMetrics(now: Date, telling: Telling) {
    const metrics = KINDS.map((kind) => {
      const { name, description, unit, bounds } = METRIC[kind]
      const dataPoints = [...this.#series[kind].values()].map(({ labels, counts, count, sum }) => ({
        attributes: attributesOf(labels),
        startTimeUnixNano: nanosOf(this.#since.getTime()),
        timeUnixNano: nanosOf(now.getTime()),
        count: String(count),
        sum,
        bucketCounts: counts.map(String),
        explicitBounds: [...bounds],
      }))
      return { name, description, unit, histogram: { aggregationTemporality: CUMULATIVE, dataPoints } }
    })
    return {
      resourceMetrics: [{ resource: resourceOf(telling), scopeMetrics: [{ scope: scopeOf(telling), metrics }] }],
    }
  }

  #observe(kind: Kind, labels: Labels, value: number): void {
    if (!Number.isFinite(value) || value < 0) return
    const series = this.#of(kind, labels)
    const { bounds } = METRIC[kind]
    const bucket = bounds.findIndex((bound) => value <= bound)
    const at = bucket < 0 ? bounds.length : bucket
    series.counts[at] = (series.counts[at] ?? 0) + 1
    series.count++
    series.sum += value
  }

  #of(kind: Kind, labels: Labels): Series {
    const all = this.#series[kind]
    const key = Object.values(labels).join('\n')
    const known = all.get(key)
    if (known) return known
    if (all.size >= MOST_SERIES && labels[ATTRIBUTE.requestModel] !== OTHERS)
      return this.#of(kind, { ...labels, [ATTRIBUTE.requestModel]: OTHERS })
    const made = { labels, counts: Array.from({ length: METRIC[kind].bounds.length + 1 }, () => 0), count: 0, sum: 0 }
    all.set(key, made)
    return made
  }
}
