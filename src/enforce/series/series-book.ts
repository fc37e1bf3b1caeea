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
  const series = new Recent(MOST_SERIES, () => new Series())
  const baselines = new Recent(MOST_BASELINES, () => new Baseline())
  const agents = new Recent<Agents>(MOST_AGENTS, () => new Map())
  const uses = new Recent(MOST_USES, () => new UseHistory())
  /** What is kept of a caller, by the word that its id begins with. */
  const kept = [
    { kind: 'series', all: series, changed: new Set<string>() },
    { kind: 'usual', all: baselines, changed: new Set<string>() },
  ] as const
  return {
    series(caller) {
      kept[0].changed.add(caller)
      return series.of(caller)
    },
    baseline(caller) {
      kept[1].changed.add(caller)
      return baselines.of(caller)
    },
    agents: (caller) => agents.of(caller),
    uses: (caller) => uses.of(caller),
    takeChanged(most) {
      // Each kind has its share: many of one must not keep the others out.
      return kept.flatMap(({ kind, all, changed }) =>
        changed
          .values()
          .take(most / kept.length)
          .toArray()
          .flatMap((caller: string) => {
            changed.delete(caller)
            const state = all.peek(caller)?.state()
            // Who was forgotten in the meantime is kept no longer.
            return state === undefined ? [] : [{ id: `${kind} ${caller}`, state: JSON.stringify(state) }]
          }),
      )
    },
    restore(id, text) {
      const [kind] = id.split(' ', 1)
      const caller = id.slice(id.indexOf(' ') + 1)
      const state: unknown = JSON.parse(text)
      if (kind === 'series') keepFirst(series, caller, Series.from(state))
      else keepFirst(baselines, caller, Baseline.from(state))
    },
  }
}

/** What was seen since counts for more than what was kept. */
function keepFirst<T>(all: Recent<T>, caller: string, one: T): void {
  all.put(caller, all.peek(caller) ?? one)
}

/** A map is in the order in which its members were put in: who is used is put in again, unless it is the last already. */
class Recent<T> {
  readonly #all = new Map<string, T>()
  readonly #most: number
  readonly #make: () => T
  #last: { key: string; one: T } | undefined

  constructor(most: number, make: () => T) {
    this.#most = most
    this.#make = make
  }

  of(key: string): T {
    return this.#last?.key === key ? this.#last.one : this.put(key, this.#all.get(key) ?? this.#make())
  }

  peek(key: string): T | undefined {
    return this.#all.get(key)
  }

  put(key: string, one: T): T {
    this.#all.delete(key)
    this.#all.set(key, one)
    this.#last = { key, one }
    const [oldest] = this.#all.size > this.#most ? this.#all.keys() : []
    if (oldest !== undefined) this.#all.delete(oldest)
    return one
  }
}
