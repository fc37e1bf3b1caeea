// What this process knows of its callers: the series of their inputs, what is usual for them, and as which agents they came.
// All of it is bounded, and whoever was silent for longest is forgotten first.
import { Baseline } from './baseline.ts'
import { Series } from './series.ts'
import { UseHistory } from './use-history.ts'

const MOST_SERIES = 4000
const MOST_BASELINES = 4000
const MOST_AGENTS = 10_000
const MOST_USES = 10_000

/** Names of agents, and when each was heard last (milliseconds). */
export type Agents = Map<string, number>

export interface SeriesBook {
  series(caller: string): Series
  baseline(caller: string): Baseline
  agents(caller: string): Agents
  uses(caller: string): UseHistory
  /** What was used since it was taken last, as text. */
  takeChanged(most: number): { id: string; state: string }[]
  /** Throws where the text is none of ours. */
  restore(id: string, state: string): void
}

export function createSeriesBook(): SeriesBook {
  const series = new Map<string, Series>()
  const baselines = new Map<string, Baseline>()
  const agents = new Map<string, Agents>()
  const uses = new Map<string, UseHistory>()
  const changed = new Set<string>()
  const stateOf = (id: string) => {
    const caller = id.slice(id.indexOf(' ') + 1)
    return id.startsWith('series ') ? series.get(caller)?.state() : baselines.get(caller)?.state()
  }
  return {
    series(caller) {
      changed.add(`series ${caller}`)
      return recent(series, caller, MOST_SERIES, () => new Series())
    },
    baseline(caller) {
      changed.add(`usual ${caller}`)
      return recent(baselines, caller, MOST_BASELINES, () => new Baseline())
    },
    agents: (caller) => recent(agents, caller, MOST_AGENTS, () => new Map()),
    uses: (caller) => recent(uses, caller, MOST_USES, () => new UseHistory()),
    takeChanged(most) {
      const taken: { id: string; state: string }[] = []
      for (const id of changed) {
        if (taken.length >= most) break
        changed.delete(id)
        const state = stateOf(id)
        // Who was forgotten in the meantime is kept no longer.
        if (state !== undefined) taken.push({ id, state: JSON.stringify(state) })
      }
      return taken
    },
    restore(id, text) {
      const [kind] = id.split(' ', 1)
      const caller = id.slice(id.indexOf(' ') + 1)
      const state: unknown = JSON.parse(text)
      if (kind === 'series') {
        const one = Series.from(state)
        recent(series, caller, MOST_SERIES, () => one)
      } else {
        const one = Baseline.from(state)
        recent(baselines, caller, MOST_BASELINES, () => one)
      }
    },
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
