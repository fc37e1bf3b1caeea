// The reading that the secrets and personal-data detectors share: hits are noticed in passing, judged in order once the
// text round them has arrived, and what overlaps is settled before it is told.
// Invariant: judging sees only the text, never how it was cut. A hit waits until `judge` says it has seen enough, and
// later hits wait behind it; overlapping candidates wait until nothing can join them.
import type { Match, Reading } from '../define.ts'
import type { Tape, Text } from '../text.ts'

export interface Sight {
  /** How far before its hit a candidate may begin. */
  back: number
  /** How far before a hit judging may look. */
  keep: number
  /** How far behind the end of the text a hit may still begin. */
  lag: number
  /** Notices hits in `text` from `from` on; every hit lies at or after `from - lag`. Says where to go on next time. */
  notice(text: Text, from: number, last: boolean, hit: (at: number, what: number) => void): number
  /** Adds what is found at a hit; false: more text is needed. With `last` it must decide. */
  judge(text: string, at: number, what: number, last: boolean, found: Match[]): boolean
}

/** A knot is cut here: nobody can make us compare everything with everything. */
const MOST_KNOT = 64

const byPlace = (a: Match, b: Match): number => a.start - b.start || b.end - a.end

export class GatedReading implements Reading {
  readonly #sight: Sight
  #seen = 0
  #noticed = 0
  #decided = 0
  #at: number[] = []
  #what: number[] = []
  #found: Match[] = []

  constructor(sight: Sight) {
    this.#sight = sight
  }

  read(tape: Tape): readonly Match[] {
    return this.#advance(tape, false)
  }

  end(tape: Tape): readonly Match[] {
    return this.#advance(tape, true)
  }

  needs(): number {
    return Math.min(this.settled(), this.#noticed) - this.#sight.keep
  }

  settled(): number {
    return this.#found.reduce((least, { start }) => Math.min(least, start), this.#undecided())
  }

  /** No candidate to come begins before this offset. */
  #undecided(): number {
    const unnoticed = this.#seen - this.#sight.lag
    // Hits are noticed where their literal ends, so a longer one may begin up to a literal before the first in line.
    const unjudged = (this.#at[0] ?? unnoticed) - this.#sight.lag
    // What was once certain stays certain, whatever is noticed later.
    this.#decided = Math.max(this.#decided, Math.min(unnoticed, unjudged) - this.#sight.back)
    return this.#decided
  }

  #advance(tape: Tape, last: boolean): Match[] {
    const { notice, judge } = this.#sight
    const { base, string, seen } = tape
    this.#seen = seen
    this.#noticed =
      base +
      notice(tape, this.#noticed - base, last, (at, what) => {
        this.#at.push(at + base)
        this.#what.push(what)
      })
    let judged = 0
    const fresh: Match[] = []
    for (; judged < this.#at.length; judged++) {
      const at = (this.#at[judged] ?? 0) - base
      if (!judge(string, at, this.#what[judged] ?? 0, last, fresh)) break
    }
    for (const match of fresh) this.#found.push({ ...match, start: match.start + base, end: match.end + base })
    this.#at = this.#at.slice(judged)
    this.#what = this.#what.slice(judged)
    return this.#settle(last ? Number.POSITIVE_INFINITY : this.#undecided())
  }

  /** Of each knot of overlapping candidates that ends before `until`, the surest stay; of equals the longest. */
  #settle(until: number): Match[] {
    if (this.#found.length === 0) return []
    const told: Match[] = []
    const waiting: Match[] = []
    let knot: Match[] = []
    let end = 0
    const close = () => {
      if (end <= until) told.push(...withoutOverlap(knot))
      else waiting.push(...knot)
    }
    for (const match of this.#found.toSorted(byPlace)) {
      const isFull = knot.length >= MOST_KNOT && match.start < until
      if (knot.length > 0 && (match.start >= end || isFull)) {
        if (isFull) end = match.start
        close()
        knot = []
      }
      knot.push(match)
      end = knot.length === 1 ? match.end : Math.max(end, match.end)
    }
    close()
    this.#found = waiting
    return told
  }
}

function withoutOverlap(knot: readonly Match[]): Match[] {
  const kept: Match[] = []
  const best = knot.toSorted(
    (a, b) => b.confidence - a.confidence || b.end - b.start - (a.end - a.start) || a.start - b.start,
  )
  for (const match of best) {
    if (kept.every((other) => match.start >= other.end || match.end <= other.start)) kept.push(match)
  }
  return kept
}
