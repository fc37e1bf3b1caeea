// Entries that belong to no change share commits: while one group is written the next gathers, so the price of making
// something durable is split by all who wait for it. One caller's bad entry fails that caller only.
import { setImmediate } from 'node:timers/promises'
import { Failure } from '../lib/failure.ts'
import type { NewEntry } from '../model/entry.ts'

const MOST_IN_GROUP = 1000
const MOST_WAITING = 20_000

export interface Waiting {
  entries: readonly NewEntry[]
  resolve(indexes: number[]): void
  reject(error: unknown): void
}

/** What became of each caller's entries. */
export type Outcome = { indexes: number[] } | { error: unknown }

export class GroupCommit {
  readonly #commit: (group: readonly (readonly NewEntry[])[]) => Promise<Outcome[]>
  #waiting: Waiting[] = []
  #count = 0
  #draining: Promise<void> | undefined

  constructor(commit: (group: readonly (readonly NewEntry[])[]) => Promise<Outcome[]>) {
    this.#commit = commit
  }

  add(entries: readonly NewEntry[]): Promise<number[]> {
    if (this.#count + entries.length > MOST_WAITING)
      return Promise.reject(
        new Failure('too_many', `${this.#count} entries already wait to be recorded`, {
          hint: 'try again in a moment',
        }),
      )
    this.#count += entries.length
    return new Promise((resolve, reject) => {
      this.#waiting.push({ entries, resolve, reject })
      this.#draining ??= Promise.resolve().then(() => this.#drain())
    })
  }

  /** Resolves when nothing waits any more. */
  async idle(): Promise<void> {
    await this.#draining
  }

  async #drain(): Promise<void> {
    for (;;) {
      const group = this.#take()
      await this.#settle(group)
      if (this.#waiting.length === 0) break
      await setImmediate()
    }
    this.#draining = undefined
  }

  #take(): Waiting[] {
    let [taken, entries] = [0, 0]
    for (const waiting of this.#waiting) {
      if (taken > 0 && entries + waiting.entries.length > MOST_IN_GROUP) break
      taken++
      entries += waiting.entries.length
    }
    return this.#waiting.splice(0, taken)
  }

  async #settle(group: readonly Waiting[]): Promise<void> {
    try {
      const outcomes = await this.#commit(group.map(({ entries }) => entries))
      for (const [i, waiting] of group.entries()) {
        const outcome = outcomes[i]
        if (outcome && 'indexes' in outcome) waiting.resolve(outcome.indexes)
        else waiting.reject(outcome?.error)
      }
    } catch (error) {
      if (group.length > 1 && error instanceof Failure && error.code === 'input_invalid')
        for (const waiting of group) await this.#settle([waiting])
      else for (const waiting of group) waiting.reject(error)
    } finally {
      if (group.length > 0) this.#count = this.#waiting.reduce((sum, { entries }) => sum + entries.length, 0)
    }
  }
}
