// What a detector is worth on texts it has not seen, source by source: a mean over texts would be the score of the
// largest source.
import type { Row } from './corpus.ts'

export interface Scored {
  row: Row
  score: number
}

export interface Report {
  /** Attack source → area under the curve against all benign texts. */
  auc: Record<string, number>
  meanAuc: number
  /** Where the mean over benign sources lets 1 % pass wrongly. */
  threshold: number
  recall: Record<string, number>
  meanRecall: number
  falsePositives: Record<string, number>
}

export function evaluate(scored: readonly Scored[], rate = 0.01, at?: number): Report {
  const benign = bySource(scored.filter(({ row }) => row.label === 0))
  const attack = bySource(scored.filter(({ row }) => row.label === 1))
  const all = [...benign.values()].flat().toSorted((a, b) => a - b)
  const threshold = at ?? thresholdAt(benign, rate)
  const auc = mapValues(attack, (scores) => area(scores, all))
  const recall = mapValues(attack, (scores) => share(scores, threshold))
  return {
    auc,
    meanAuc: mean(Object.values(auc)),
    threshold,
    recall,
    meanRecall: mean(Object.values(recall)),
    falsePositives: mapValues(benign, (scores) => share(scores, threshold)),
  }
}

/** The lowest threshold at which the mean over sources of the share above it is at most `rate`. */
export function thresholdAt(benign: ReadonlyMap<string, readonly number[]>, rate: number): number {
  const sources = [...benign.values()].map((scores) => Float64Array.from(scores).toSorted())
  const candidates = sources.flatMap((scores) => [...scores]).toSorted((a, b) => b - a)
  let best = Number.POSITIVE_INFINITY
  for (const candidate of candidates) {
    if (mean(sources.map((scores) => share(scores, candidate))) > rate) break
    best = candidate
  }
  return best
}

export const share = (scores: ArrayLike<number>, threshold: number): number => {
  let above = 0
  for (let i = 0; i < scores.length; i++) if ((scores[i] ?? 0) >= threshold) above++
  return scores.length === 0 ? 0 : above / scores.length
}

/** Probability that an attack scores above a benign text; ties count half. */
export function area(attacks: readonly number[], benignSorted: readonly number[]): number {
  let sum = 0
  for (const score of attacks) sum += (below(benignSorted, score, false) + below(benignSorted, score, true)) / 2
  return sum / (attacks.length * benignSorted.length)
}

function below(sorted: readonly number[], value: number, orEqual: boolean): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    const at = sorted[middle] ?? 0
    if (at < value || (orEqual && at === value)) low = middle + 1
    else high = middle
  }
  return low
}

export function bySource(scored: readonly Scored[]): Map<string, number[]> {
  const groups = new Map<string, number[]>()
  for (const { row, score } of scored) {
    const group = groups.get(row.source)
    if (group) group.push(score)
    else groups.set(row.source, [score])
  }
  return groups
}

export const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

function mapValues(map: ReadonlyMap<string, number[]>, f: (values: number[]) => number): Record<string, number> {
  return Object.fromEntries([...map].map(([key, values]) => [key, f(values)]))
}
