// Which calls of a key are under way, so that they end when the key does: what was allowed when a stream began may be
// allowed no more before it is over. A key ends when it is revoked, which is told, and at a time that was known before.
import { Failure } from '../lib/failure.ts'

interface Entered {
  readonly record: { code?: string | undefined }
  cut(why: Failure): void
}

/** How late a call may end after its key or token did. */
const LOOK_EVERY_MS = 250

export class CallsUnderWay {
  readonly #now: () => Date
  readonly #ofKey = new Map<string, Set<Entered>>()
  /** Those whose key or token has an end. Of one caller each token may have another. */
  readonly #until = new Map<Entered, number>()
  #looking: NodeJS.Timeout | undefined

  constructor(now: () => Date) {
    this.#now = now
  }

  enter({ keyId, until }: { keyId: string; until?: number | undefined }, visit: Entered): void {
    const calls = this.#ofKey.get(keyId)
    if (calls === undefined) this.#ofKey.set(keyId, new Set([visit]))
    else calls.add(visit)
    if (until === undefined) return
    this.#until.set(visit, until)
    this.#looking ??= setInterval(() => this.#endOver(), LOOK_EVERY_MS).unref()
  }

  leave(keyId: string, visit: Entered): void {
    const calls = this.#ofKey.get(keyId)
    if (calls?.delete(visit) === true && calls.size === 0) this.#ofKey.delete(keyId)
    this.#until.delete(visit)
    if (this.#until.size === 0) this.#rest()
  }

  end(keyId: string, why: Failure): void {
    for (const visit of this.#ofKey.get(keyId) ?? []) cut(visit, why)
  }

  #endOver(): void {
    const now = this.#now().getTime()
    for (const [visit, until] of this.#until) {
      if (until > now) continue
      this.#until.delete(visit)
      cut(visit, new Failure('unauthenticated', 'the gateway key or token expired meanwhile'))
    }
    if (this.#until.size === 0) this.#rest()
  }

  #rest(): void {
    clearInterval(this.#looking)
    this.#looking = undefined
  }
}

function cut(visit: Entered, why: Failure): void {
  visit.record.code = why.code
  visit.cut(why)
}
