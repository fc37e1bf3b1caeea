// The reading that the secrets and personal-data detectors share: hits are noticed in passing, judged in order once the
// text round them has arrived, and what overlaps is settled before it is told.
// Invariant: judging sees only the text, never how it was cut. A hit waits until nothing to come can change what is judged
// of it, and later hits wait behind it; overlapping candidates wait until nothing can join them.
import { Arrived } from '../arrived.ts'
import { type Match, moved, type Reading } from '../define.ts'
import { LONGEST_PERIOD, Repeats } from '../repeats.ts'
import type { Tape, Text } from '../text.ts'

/** Notices hits in a text that arrives in pieces. Made anew for each text. */
export interface Notice {
  /** Hits that end in `text` from `from` on, in the order in which they end. */
  read(text: Text, from: number, hit: (at: number, what: number) => void): void
  /** For another text. */
  reset(): void
  /** How many of the last characters may begin a hit that is not noticed yet, and something found with it. */
  begun(text: Text): number
}

export interface Sight {
  notice: Notice
  /** No hit is longer. */
  longest: number
  /** How far before a hit a candidate may begin, and how far before that judging may look. */
  lead: number
  keep: number
  /** How far behind a hit judging may look. */
  after(what: number): number
  /** Adds what is found at a hit. */
  judge(text: Arrived, at: number, what: number, found: Match[]): void
  /** Where a candidate may begin whose hit begins at `at` or later. */
  leadOf(text: string, at: number): number
}

/** A knot is cut here: nobody can make us compare everything with everything. */
const MOST_KNOT = 64

const NONE: readonly Match[] = []
const byPlace = (a: Match, b: Match): number => a.start - b.start || b.end - a.end

export class GatedReading implements Reading {
  readonly #sight: Sight
  readonly #arrived = new Arrived()
  #noticed = 0
  /** No candidate to come begins before this offset. What was once certain stays certain, whatever is noticed later. */
  #decided = 0
  #at: number[] = []
  #what: number[] = []
  #found: Match[] = []
  readonly #repeats = new Repeats()
  readonly #verdicts = new Verdicts()

  constructor(sight: Sight) {
    this.#sight = sight
  }

  read(tape: Tape): readonly Match[] {
    const { base, seen, isWhole } = tape
    this.#sight.notice.read(tape, this.#noticed - base, (at, what) => {
      this.#at.push(at + base)
      this.#what.push(what)
    })
    this.#noticed = seen
    this.#judge(tape)
    if (!isWhole) this.#decide(tape)
    return this.#settle(isWhole ? Number.POSITIVE_INFINITY : this.#decided)
  }

  needs(): number {
    return this.settled() - this.#sight.keep
  }

  reset(): void {
    this.#sight.notice.reset()
    this.#arrived.see('', true)
    this.#noticed = 0
    this.#decided = 0
    if (this.#at.length > 0) this.#at = []
    if (this.#what.length > 0) this.#what = []
    if (this.#found.length > 0) this.#found = []
    this.#repeats.reset()
    this.#verdicts.reset()
  }

  settled(): number {
    if (this.#found.length === 0) return this.#decided
    return this.#found.reduce((least, { start }) => Math.min(least, start), this.#decided)
  }

  #judge(tape: Tape): void {
    let judged = 0
    while (judged < this.#at.length && this.#judgeHit(tape, this.#at[judged] ?? 0, this.#what[judged] ?? 0)) judged++
    if (judged === 0) return
    this.#at = judged === this.#at.length ? [] : this.#at.slice(judged)
    this.#what = judged === this.#what.length ? [] : this.#what.slice(judged)
  }

  /** Whether nothing to come can change what was found. */
  #judgeHit(tape: Tape, at: number, what: number): boolean {
    const { base, string, seen, isWhole } = tape
    const { lead, keep, after } = this.#sight
    const end = at + after(what) + 1
    const period = this.#repeats.periodOf(tape, at - lead - keep, end)
    if (period > 0) return this.#find(at, what, this.#verdicts.again(at, what, period))
    const found: Match[] = []
    this.#arrived.see(string, isWhole || seen >= end)
    this.#sight.judge(this.#arrived, at - base, what, found)
    if (this.#arrived.isOpen) return false
    for (const match of found) {
      match.start += base
      match.end += base
    }
    return this.#find(at, what, found)
  }

  #find(at: number, what: number, found: readonly Match[]): true {
    if (found.length === 0) return true
    this.#verdicts.add(at, what, found)
    this.#found.push(...found)
    return true
  }

  #decide(tape: Tape): void {
    const { base, string, seen } = tape
    const { notice, longest, leadOf } = this.#sight
    let first = seen - notice.begun(tape)
    // Hits are noticed where they end, so a longer one may begin before the first in line.
    for (const at of this.#at) {
      if (at > (this.#at[0] ?? 0) + longest) break
      if (at < first) first = at
    }
    this.#decided = Math.max(this.#decided, base + leadOf(string, first - base))
  }

  /** Of each knot of overlapping candidates that ends before `until`, the surest stay; of equals the longest. */
  #settle(until: number): readonly Match[] {
    if (this.#found.length === 0) return NONE
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

type Found = Map<number, readonly Match[]>

/** What was found at which hit, of those that may come again. */
class Verdicts {
  /** Most texts hold nothing. */
  #young: Found | undefined
  #old: Found | undefined
  #since = 0

  add(at: number, what: number, found: readonly Match[]): void {
    if (this.#young === undefined || at - this.#since > 2 * LONGEST_PERIOD) {
      this.#old = this.#young
      this.#young = new Map()
      this.#since = at
    }
    this.#young.set(keyOf(at, what), found)
  }

  /** What was found at the same hit so far before, at its new place. */
  again(at: number, what: number, period: number): readonly Match[] {
    if (this.#young === undefined) return NONE
    const key = keyOf(at - period, what)
    const found = this.#young.get(key) ?? this.#old?.get(key) ?? NONE
    return found.map((match) => moved(match, period))
  }

  reset(): void {
    this.#young = undefined
    this.#old = undefined
  }
}

const MOST_SORTS = 65_536
const keyOf = (at: number, what: number): number => at * MOST_SORTS + what
