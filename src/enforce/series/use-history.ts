// How one identity has been using models lately: what of it was stopped, what it was refused, and how much it took in each
// hour. It lives as long as the process, and has a bound in every direction.
const MOST_TIMES = 1000
const MOST_HOURS = 72
const HOUR_MS = 3_600_000
/** Before that nobody knows what is usual. */
const HOURS_TO_KNOW = 3

export class UseHistory {
  /** When something of it was stopped for what it said, and when it was refused for how much, or what, it asked for. */
  readonly stopped: number[] = []
  readonly refused: number[] = []
  readonly #tokens = new Map<number, number>()
  readonly #toldAt = new Map<string, number>()

  forgetBefore(at: number): void {
    forgetEarlier(this.stopped, at)
    forgetEarlier(this.refused, at)
  }

  note(kind: 'stopped' | 'refused', at: number): void {
    this[kind].push(at)
    if (this[kind].length > MOST_TIMES) this[kind].shift()
  }

  use(tokens: number, at: number): void {
    const hour = Math.floor(at / HOUR_MS)
    this.#tokens.set(hour, (this.#tokens.get(hour) ?? 0) + tokens)
    const [oldest] = this.#tokens.size > MOST_HOURS ? this.#tokens.keys() : []
    if (oldest !== undefined) this.#tokens.delete(oldest)
  }

  /** What was taken in this hour. */
  tokens(at: number): number {
    return this.#tokens.get(Math.floor(at / HOUR_MS)) ?? 0
  }

  /** The median of the earlier hours in which anything was taken. */
  usualTokens(at: number): number | undefined {
    if (this.#tokens.size < HOURS_TO_KNOW) return undefined
    const now = Math.floor(at / HOUR_MS)
    const earlier = [...this.#tokens]
      .flatMap(([hour, tokens]) => (hour < now ? [tokens] : []))
      .toSorted((a, b) => a - b)
    return earlier.length < HOURS_TO_KNOW ? undefined : earlier[Math.floor(earlier.length / 2)]
  }

  /** Whether it is news: told once, and again when it was quiet for so long. */
  isNews(what: string, at: number, quietMs: number): boolean {
    if (at - (this.#toldAt.get(what) ?? Number.NEGATIVE_INFINITY) < quietMs) return false
    this.#toldAt.set(what, at)
    return true
  }
}

/** Of times in order. Mostly there are none, or none that is old. */
function forgetEarlier(times: number[], at: number): void {
  if ((times[0] ?? at) >= at) return
  const first = times.findIndex((one) => one >= at)
  times.splice(0, first < 0 ? times.length : first)
}
