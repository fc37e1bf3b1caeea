// Whether each call that ended is on record: what the gateway counts is held against what the recorder kept, call by call.
// The recorder is not asked whether it lost any: a call that it never heard of is missed as well.
import type { Exchange } from '../model/exchange.ts'
import type { Telling, ToldOf } from '../model/telling.ts'
import type { KeptBatch } from './waiting.ts'

export const REQUEST_LOG = 'monitor-use.request-log'

/** What is kept of the words of calls on a route. */
type ContentOf = (route: string) => 'none' | 'redacted' | 'full'

interface Ended {
  asset: string
  route: string
  at: number
}

interface Sum extends Ended {
  kept: number
  wordless: number
  missing: number
}

/** A call that is not on record by then is late or lost. */
const LATE_MS = 60_000
const SEAL_LATE_MS = 600_000
/** More than the recorder lets wait. */
const MOST_OPEN = 50_000

export class Completeness {
  readonly #contentOf: ContentOf
  /** Ended, and not on record yet. In the order in which they ended. */
  readonly #open = new Map<string, Ended>()
  readonly #sums = new Map<string, Sum>()

  constructor(contentOf: ContentOf) {
    this.#contentOf = contentOf
  }

  /** A call is over, as the gateway knows it. */
  ended({ id, asset, route }: Exchange, now: Date): void {
    if (asset === undefined || route === undefined) return
    const ended = { asset, route, at: now.getTime() }
    if (this.#open.size < MOST_OPEN) this.#open.set(id, ended)
    else this.#sumOf(ended).missing++
  }

  kept({ exchanges, counted, wordless }: KeptBatch): void {
    for (const { id } of exchanges) {
      const sum = this.#close(id)
      if (sum === undefined) continue
      if (wordless.has(id)) sum.wordless++
      else sum.kept++
    }
    for (const { id } of counted) {
      const sum = this.#close(id)
      if (sum !== undefined) sum.kept++
    }
  }

  /** What there is to tell, once: of calls that were kept when they are sealed, of others when they are late. */
  tellings(now: Date, isSealed: boolean): (readonly [ToldOf, Telling, count: number])[] {
    const time = now.getTime()
    for (const [id, ended] of this.#open) {
      if (time - ended.at < LATE_MS) break
      this.#open.delete(id)
      this.#sumOf(ended).missing++
    }
    const told: (readonly [ToldOf, Telling, number])[] = []
    for (const [key, sum] of this.#sums) {
      const isWaiting = sum.kept > 0 && !isSealed
      if (isWaiting && time - sum.at < SEAL_LATE_MS && sum.missing + sum.wordless === 0) continue
      this.#sums.delete(key)
      const of: ToldOf = { asset: sum.asset, route: sum.route, at: new Date(sum.at) }
      const tell = (telling: Telling, count: number) => count > 0 && told.push([of, telling, count])
      tell(isWaiting ? UNSEALED : ON_RECORD[this.#contentOf(sum.route)], sum.kept)
      tell(WORDLESS, sum.wordless)
      tell(MISSING, sum.missing)
    }
    return told
  }

  #close(id: string): Sum | undefined {
    const ended = this.#open.get(id)
    this.#open.delete(id)
    return ended && this.#sumOf(ended)
  }

  #sumOf({ asset, route, at }: Ended): Sum {
    const key = `${asset}\n${route}`
    const sum = this.#sums.get(key) ?? { asset, route, at, kept: 0, wordless: 0, missing: 0 }
    this.#sums.set(key, sum)
    return sum
  }
}

function telling(says: Telling['says'], one: string, many: string): Telling {
  return { measure: REQUEST_LOG, says, words: (count) => (count === 1 ? `1 call ${one}` : `${count} calls ${many}`) }
}

const ON_RECORD = {
  none: telling('holds', 'is on record, without its words as the policy says', 'are on record, without their words as the policy says'), // prettier-ignore
  redacted: telling('holds', 'is on record with its words, redacted', 'are on record with their words, redacted'),
  full: telling('holds', 'is on record with its words', 'are on record with their words'),
}
const UNSEALED = telling('breaks', 'waits for its seal', 'wait for their seal')
const WORDLESS = telling('breaks', 'lost the words that the policy keeps', 'lost the words that the policy keeps')
const MISSING = telling('breaks', 'is not on record', 'are not on record')
