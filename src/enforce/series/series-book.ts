// What this process knows of its callers' inputs: their series and what is usual for them. Both are bounded, and whoever was
// silent for longest is forgotten first.
import { Baseline } from './baseline.ts'
import { Series } from './series.ts'

const MOST_SERIES = 4000
const MOST_BASELINES = 4000

export interface SeriesBook {
  series(caller: string): Series
  baseline(caller: string): Baseline
}

export function createSeriesBook(): SeriesBook {
  const series = new Map<string, Series>()
  const baselines = new Map<string, Baseline>()
  return {
    series: (caller) => recent(series, caller, MOST_SERIES, () => new Series()),
    baseline: (caller) => recent(baselines, caller, MOST_BASELINES, () => new Baseline()),
  }
}

/** A map is in the order in which its members were put in: who is used is put in again. */
function recent<T>(all: Map<string, T>, key: string, most: number, make: () => T): T {
  const one = all.get(key) ?? make()
  all.delete(key)
  all.set(key, one)
  const [oldest] = all.size > most ? all.keys() : []
  if (oldest !== undefined) all.delete(oldest)
  return one
}
