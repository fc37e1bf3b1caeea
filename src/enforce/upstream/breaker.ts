// Stops asking an upstream that keeps failing, and tries it again with one request after a while.
// Some requests fail wherever they go – far too long, or what makes a server fall over –, and whoever sends them should not
// close an upstream for everybody. So it rests for one caller once his requests keep failing, and for all only when those of
// others fail as well: of the failures that count, no caller has more than his share.
export interface Breaker {
  /** Whether a request of this caller may go now. Whoever is let through must say how it went. */
  allows(now: number, who: string): boolean
  succeeded(who: string): void
  failed(now: number, who: string): void
  /** Neither: the client left, or it was the request's own fault. */
  undecided(who: string): void
  /** It rests for all. */
  readonly isOpen: boolean
  /** For all, or for this caller. */
  isOpenFor(who: string): boolean
  /** Open, and one request is on its way to see whether it is well again. */
  readonly isProbing: boolean
  readonly failuresInARow: number
}

export interface BreakerRule {
  /** In a row. */
  failures: number
  /** Of these, what one caller can count for. */
  share: number
  restMs: number
}

interface Row {
  count: number
  /** What of it counts against the upstream, since the last success of anybody. */
  counted: number
  /** When the last one failed. */
  at: number
  isProbing: boolean
}

/** Callers whose requests fail; whose failed longest ago is forgotten first. */
const MOST_CALLERS = 1000

export function createBreaker({ failures, share, restMs }: BreakerRule): Breaker {
  const all: Row = { count: 0, counted: 0, at: 0, isProbing: false }
  const own = new Map<string, Row>()
  const rests = (row: Row | undefined, count: number, now: number) =>
    row !== undefined && count >= failures && (row.isProbing || now - row.at < restMs)

  return {
    get isOpen() {
      return all.counted >= failures
    },
    isOpenFor: (who) => all.counted >= failures || (own.get(who)?.count ?? 0) >= failures,
    get isProbing() {
      return all.isProbing
    },
    get failuresInARow() {
      return all.count
    },
    allows(now, who) {
      if (own.size === 0) return true
      const mine = own.get(who)
      if (rests(all, all.counted, now) || rests(mine, mine?.count ?? 0, now)) return false
      if (all.counted >= failures) all.isProbing = true
      if (mine !== undefined && mine.count >= failures) mine.isProbing = true
      return true
    },
    succeeded(who) {
      if (own.size === 0) return
      all.count = all.counted = 0
      all.isProbing = false
      own.delete(who)
      for (const row of own.values()) row.counted = 0
    },
    failed(now, who) {
      const mine = own.get(who) ?? { count: 0, counted: 0, at: now, isProbing: false }
      own.delete(who)
      own.set(who, mine)
      const [oldest] = own.size > MOST_CALLERS ? own.keys() : []
      if (oldest !== undefined) own.delete(oldest)
      mine.count++
      if (mine.counted < share) all.counted++
      mine.counted++
      all.count++
      all.at = mine.at = now
      all.isProbing = mine.isProbing = false
    },
    undecided(who) {
      all.isProbing = false
      const mine = own.get(who)
      if (mine !== undefined) mine.isProbing = false
    },
  }
}
