// Entries that belong to no change share commits: while one group is written the next gathers, so the price of making
// something durable is split by all who wait for it. Entries are checked before they join, so that nobody's bad entry
// takes the others down.
import { setImmediate } from 'node:timers/promises'
import { Failure } from '../lib/failure.ts'
import type { ReadyEntry } from '../prove/leaf.ts'

const MOST_IN_GROUP = 1000
const MOST_WAITING = 20_000

interface Waiting {
  entries: readonly ReadyEntry[]
  resolve(indexes: number[]): void
  reject(error: unknown): void
}

/** Makes entries durable, and tells the index of the first. */
type Commit = (entries: readonly ReadyEntry[]) => Promise<number>

export class GroupCommit {
  readonly #commit: Commit
  readonly #waiting: Waiting[] = []
  #count = 0
  #draining: Promise<void> | undefined

  constructor(commit: Commit) {
    this.#commit = commit
  }

  async add(entries: readonly ReadyEntry[]): Promise<number[]> {
    if (this.#count + entries.length > MOST_WAITING)
      throw new Failure('too_many', `${this.#count} entries already wait to be recorded`, {
        hint: 'try again in a moment',
      })
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
      await this.#settle(this.#take())
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
    const entries = group.flatMap((waiting) => waiting.entries)
    try {
      let index = await this.#commit(entries)
      for (const waiting of group) waiting.resolve(waiting.entries.map(() => index++))
    } catch (error) {
      for (const waiting of group) waiting.reject(error)
    } finally {
      this.#count -= entries.length
    }
  }
}
