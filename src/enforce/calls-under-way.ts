// Which calls of a key are under way, so that they end when the key does: what was allowed when a stream began may be
// allowed no more before it is over.
import type { Failure } from '../lib/failure.ts'

interface Entered {
  readonly record: { code?: string | undefined }
  cut(why: Failure): void
}

export class CallsUnderWay {
  readonly #ofKey = new Map<string, Set<Entered>>()

  enter(keyId: string, visit: Entered): void {
    const calls = this.#ofKey.get(keyId)
    if (calls === undefined) this.#ofKey.set(keyId, new Set([visit]))
    else calls.add(visit)
  }

  leave(keyId: string, visit: Entered): void {
    const calls = this.#ofKey.get(keyId)
    if (calls?.delete(visit) === true && calls.size === 0) this.#ofKey.delete(keyId)
  }

  end(keyId: string, why: Failure): void {
    for (const visit of this.#ofKey.get(keyId) ?? []) {
      visit.record.code = why.code
      visit.cut(why)
    }
  }
}
