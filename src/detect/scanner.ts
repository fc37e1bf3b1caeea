// Reads a text piece by piece and says what was found and how much of the text nothing can touch any more.
// Invariant: findings depend on the text alone, never on how it was cut. Windows are therefore laid by absolute offset:
// the first hit of a detector opens a tile, later hits inside the tile join it, and the window round it is looked at
// once everything it can reach has arrived.
import { firstAfter } from '../lib/first-after.ts'
import type { Finding, Speaker } from '../model/finding.ts'
import { Collector } from './collect.ts'
import type { Program } from './compile.ts'
import { type Detector, LONGEST_TRIGGER, type Reader, type Reading } from './define.ts'
import { findHits, hitAt, hitState } from './hits.ts'
import { Holding } from './holding.ts'
import { LastWindows } from './last-windows.ts'
import { PIECE, Tape } from './text.ts'
import { endOfHit } from './trigger.ts'

const TRIGGER_LOOKS_BACK = 8

interface Tile {
  /** Where the first hit begins, and where the last one ends. */
  from: number
  to: number
  /** Hits that end up to here join. */
  until: number
}

export interface Progress {
  /** What became certain with this piece. */
  findings: readonly Finding[]
  /** No later finding begins before this offset: what lies before it may be let go. */
  safe: number
}

export class Scanner {
  readonly #program: Program
  readonly #role: Speaker
  readonly #collector = new Collector()
  readonly #tiles = new Map<number, Tile[]>()
  /** Up to where triggers were looked for; for each of them, and each seek, from where on it may hit again. */
  #triggersAt = 0
  readonly #freeFrom: number[]
  readonly #seeksAt: number[]
  readonly #readings: { reading: Reading; readonly reader: Reader }[]
  readonly #tape = new Tape()
  readonly #lastWindows = new LastWindows()
  /** By index of the detector; undefined where nobody asks what may go out early. */
  #holdings: Map<number, Holding> | undefined
  /** Where words that some detector wants to know about end, in order, and which they are. */
  #wordEnds: number[] = []
  #words: number[] = []
  #state = 0
  #ended = false

  constructor(program: Program, role: Speaker) {
    this.#program = program
    this.#role = role
    this.#freeFrom = program.triggers.map(() => 0)
    this.#seeksAt = program.seeks.map(() => 0)
    this.#readings = program.readers.map((reader) => ({ reading: reader.open(role), reader }))
  }

  push(chunk: string): Progress {
    if (this.#ended) throw new TypeError('the text has ended')
    this.#holdings ??= holdingsOf(this.#program)
    for (let at = 0; at < chunk.length; at += PIECE) this.#stride(chunk.slice(at, at + PIECE))
    return { findings: this.#collector.take(), safe: this.#safe() }
  }

  /** The last piece may come with the end: what is known to be whole need not wait for more. */
  end(chunk = ''): Progress {
    if (!this.#ended) {
      // Nothing is let go any more until all of it is.
      this.#holdings = undefined
      const last = chunk.length - (chunk.length % PIECE)
      for (let at = 0; at < last; at += PIECE) this.#stride(chunk.slice(at, at + PIECE))
      this.#tape.isWhole = true
      this.#stride(chunk.slice(last))
      this.#ended = true
      this.#tape.done()
    }
    return { findings: this.#collector.take(), safe: this.#tape.seen }
  }

  /** For another text: as it was when it was made, and with nothing left of the last one. */
  reset(): void {
    this.#collector.reset()
    // To clear what is empty costs as much as to make it.
    if (this.#tiles.size > 0) this.#tiles.clear()
    if (this.#words.length > 0) this.#dropWords(Number.POSITIVE_INFINITY)
    this.#triggersAt = 0
    for (let i = 0; i < this.#freeFrom.length; i++) this.#freeFrom[i] = 0
    for (let i = 0; i < this.#seeksAt.length; i++) this.#seeksAt[i] = 0
    for (let i = 0; i < this.#readings.length; i++) this.#again(i)
    this.#tape.reset()
    this.#holdings = undefined
    this.#state = 0
    this.#ended = false
  }

  /** 0 to 1: how likely what was read so far holds an injection. */
  get score(): number {
    let score = this.#collector.score
    for (const { reading } of this.#readings) score = Math.max(score, reading.score?.() ?? 0)
    return score
  }

  /** Detectors that found more than is kept. */
  get truncated(): string[] {
    return this.#collector.truncated
  }

  get isTruncated(): boolean {
    return this.#collector.isTruncated
  }

  #stride(piece: string): void {
    const tape = this.#tape
    tape.append(piece)
    this.#literals()
    if (this.#freeFrom.length > 0) this.#triggers()
    for (let i = 0; i < this.#seeksAt.length; i++) this.#seek(i)
    for (let i = 0; i < this.#readings.length; i++) this.#read(i)
    if (this.#tiles.size > 0) {
      for (const [index, tiles] of this.#tiles) this.#settle(index, tiles)
      this.#lastWindows.forget()
    }
    if (tape.isWhole) return
    this.#hold()
    tape.dropBefore(this.#needed())
    if (this.#words.length > 0) this.#dropWords(tape.base)
  }

  #again(i: number): void {
    const one = this.#readings[i]
    if (one?.reading.reset !== undefined) one.reading.reset()
    else if (one !== undefined) one.reading = one.reader.open(this.#role)
  }

  #read(i: number): void {
    const one = this.#readings[i]
    if (one === undefined) return
    const found = one.reading.read(this.#tape)
    if (found.length > 0) this.#collector.add(one.reader, found)
  }

  #literals(): void {
    if (this.#program.automaton.longest === 0) return
    const { automaton, waiting, isWord } = this.#program
    const { endsFrom, ends, lengths } = automaton
    const { string, units, base, fresh } = this.#tape
    const [hits, last] = findHits(automaton, units, { from: fresh, to: string.length, state: this.#state })
    for (let h = 0; h < hits; h++) {
      const state = hitState[h] ?? 0
      const end = base + (hitAt[h] ?? 0) + 1
      for (let e = endsFrom[state] ?? 0, stop = endsFrom[state + 1] ?? 0; e < stop; e++) {
        const literal = ends[e] ?? 0
        for (const index of waiting[literal] ?? []) this.#hit(index, end - (lengths[literal] ?? 0), end)
        if (isWord[literal] === 1) {
          this.#wordEnds.push(end)
          this.#words.push(literal)
        }
      }
    }
    this.#state = last
  }

  #triggers(): void {
    const { of, sets } = this.#program.triggerTable
    const { base, string, units, isWhole } = this.#tape
    const limit = string.length - (isWhole ? 0 : LONGEST_TRIGGER)
    let at = this.#triggersAt - base
    for (; at < limit; at++) {
      const set = of[units[at] ?? 0] ?? 0
      if (set !== 0) for (const i of sets[set] ?? []) this.#trigger(i, at)
    }
    this.#triggersAt = base + at
  }

  #trigger(i: number, at: number): void {
    const wanted = this.#program.triggers[i]
    const { base } = this.#tape
    if (!wanted || base + at < (this.#freeFrom[i] ?? 0)) return
    const end = endOfHit(wanted.trigger, this.#tape, at)
    if (end === 0) return
    this.#freeFrom[i] = base + end
    this.#hit(wanted.detector, base + at, base + end)
  }

  #seek(i: number): void {
    const wanted = this.#program.seeks[i]
    if (!wanted) return
    const { seek, detector } = wanted
    const { base, string, isWhole } = this.#tape
    const limit = string.length - (isWhole ? 0 : LONGEST_TRIGGER)
    let at = (this.#seeksAt[i] ?? 0) - base
    while (at < limit) {
      const found = seek(this.#tape, at)
      at = limit
      if (!found || found.start >= limit) break
      at = Math.max(found.start + 1, found.end)
      this.#hit(detector, base + found.start, base + at)
    }
    this.#seeksAt[i] = Math.max(0, base + at)
  }

  #hit(index: number, start: number, end: number): void {
    let tiles = this.#tiles.get(index)
    if (!tiles) this.#tiles.set(index, (tiles = []))
    const tile = tiles.at(-1)
    if (tile && end <= tile.until) {
      if (start < tile.from) tile.from = start
      if (end > tile.to) tile.to = end
      return
    }
    const after = this.#program.detectors[index]?.reach.after ?? 0
    tiles.push({ from: start, to: end, until: end + Math.max(16, after) })
  }

  /** Looks at the windows of one detector that nothing to come can change. */
  #settle(index: number, tiles: Tile[]): void {
    const detector = this.#program.detectors[index]
    if (!detector) return
    const { before, after } = detector.reach
    const { string, base, seen, isWhole } = this.#tape
    const hitsKnown = this.#hitsKnown(index, detector)
    let done = 0
    for (const tile of tiles) {
      const ready = isWhole || (seen > tile.to + after && (done < tiles.length - 1 || hitsKnown > tile.until))
      if (!ready) break
      done++
      const offset = Math.max(0, tile.from - before)
      const window = string.slice(offset - base, tile.to + after - base)
      const [atStart, atEnd] = [offset === 0, offset + window.length === seen]
      const words = this.#wordsIn(index, offset, offset + window.length)
      const told = this.#collector.toldUntil(detector) - offset
      const context = { role: this.#role, offset, atStart, atEnd, told, words }
      const matches = this.#lastWindows.judge(index, window, context, () => detector.detect(window, context))
      this.#collector.addWindow(detector, matches, window.length, context)
    }
    if (done === tiles.length) this.#tiles.delete(index)
    else tiles.splice(0, done)
  }

  /** A bit for each word of a detector in a part of the text. */
  #wordsIn(index: number, from: number, to: number): number {
    const bits = this.#program.wordBits[index]
    if (bits === undefined) return 0
    const { lengths } = this.#program.automaton
    const ends = this.#wordEnds
    let words = 0
    for (let i = firstAfter(ends, from); i < ends.length && (ends[i] ?? 0) <= to; i++) {
      const literal = this.#words[i] ?? 0
      if ((ends[i] ?? 0) - (lengths[literal] ?? 0) >= from) words |= bits[literal] ?? 0
    }
    return words
  }

  #dropWords(before: number): void {
    const gone = firstAfter(this.#wordEnds, before)
    if (gone === 0) return
    this.#wordEnds = this.#wordEnds.slice(gone)
    this.#words = this.#words.slice(gone)
  }

  #hitsKnown(index: number, { trigger }: Detector): number {
    if (typeof trigger === 'object') return this.#triggersAt
    return this.#seeksAt[this.#program.seeks.findIndex(({ detector }) => detector === index)] ?? this.#tape.seen
  }

  /** Where the first hit may begin that is not noticed yet. */
  #unnoticed(): number {
    const { automaton } = this.#program
    let from = this.#tape.seen - (automaton.depths[this.#state] ?? 0)
    if (this.#freeFrom.length > 0) from = Math.min(from, this.#triggersAt)
    for (const at of this.#seeksAt) from = Math.min(from, at)
    return from
  }

  #hold(): void {
    if (this.#holdings === undefined || this.#holdings.size === 0) return
    const unnoticed = this.#unnoticed()
    for (const [index, holding] of this.#holdings) {
      const first = Math.min(unnoticed, this.#tiles.get(index)?.[0]?.from ?? unnoticed)
      holding.advance(this.#tape.string, this.#tape.base, first - holding.detector.reach.before)
    }
  }

  #needed(): number {
    let needed = this.#unnoticed() - Math.max(this.#program.reachBack, TRIGGER_LOOKS_BACK)
    // To go through what is empty costs most of what an event does here.
    if (this.#tiles.size > 0)
      for (const [index, tiles] of this.#tiles) needed = Math.min(needed, this.#windowFrom(index, tiles))
    if (this.#holdings !== undefined && this.#holdings.size > 0)
      for (const { safe } of this.#holdings.values()) needed = Math.min(needed, safe)
    for (let i = 0; i < this.#readings.length; i++)
      needed = Math.min(needed, this.#readings[i]?.reading.needs?.() ?? needed)
    return needed - 1
  }

  #windowFrom(index: number, tiles: readonly Tile[]): number {
    return (tiles[0]?.from ?? this.#tape.seen) - (this.#program.detectors[index]?.reach.before ?? 0)
  }

  #safe(): number {
    const { string, base, seen } = this.#tape
    const { lookBack } = this.#program
    let safe = lookBack < 0 ? seen : this.#unnoticed() - lookBack
    if (this.#tiles.size > 0)
      for (const [index, tiles] of this.#tiles)
        if (this.#holdings?.has(index) !== true) safe = Math.min(safe, this.#windowFrom(index, tiles))
    if (this.#holdings !== undefined && this.#holdings.size > 0)
      for (const holding of this.#holdings.values()) safe = Math.min(safe, holding.safe)
    for (let i = 0; i < this.#readings.length; i++) safe = Math.min(safe, this.#readings[i]?.reading.settled() ?? safe)
    safe = Math.max(0, safe)
    const unit = string.charCodeAt(safe - base)
    return unit >= 0xdc00 && unit <= 0xdfff && safe > 0 ? safe - 1 : safe
  }
}

function holdingsOf({ detectors }: Program): Map<number, Holding> {
  const holdings = new Map<number, Holding>()
  for (const [index, detector] of detectors.entries())
    if (detector.shapes) holdings.set(index, new Holding(detector, detector.shapes))
  return holdings
}
