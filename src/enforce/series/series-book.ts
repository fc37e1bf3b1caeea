// What this process knows of its callers: the series of their inputs, what is usual for them, and as which agents they came.
// All of it is bounded, and whoever was silent for longest is forgotten first.
import { Baseline } from './baseline.ts'
import { Series } from './series.ts'

const MOST_SERIES = 4000
const MOST_BASELINES = 4000
const MOST_AGENTS = 10_000

/** Names of agents, and when each was heard last (milliseconds). */
export type Agents = Map<string, number>

export interface SeriesBook {
  series(caller: string): Series
  baseline(caller: string): Baseline
  agents(caller: string): Agents
}

export function createSeriesBook(): SeriesBook {
  const series = new Map<string, Series>()
  const baselines = new Map<string, Baseline>()
  const agents = new Map<string, Agents>()
  return {
    series: (caller) => recent(series, caller, MOST_SERIES, () => new Series()),
    baseline: (caller) => recent(baselines, caller, MOST_BASELINES, () => new Baseline()),
    agents: (caller) => recent(agents, caller, MOST_AGENTS, () => new Map()),
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
