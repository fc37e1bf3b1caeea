// One text on its way through the guards: what has arrived, how much of it may go out, and how it reads after the cuts.
// Invariant: text goes out once, in order, and never before every enforced watch has called it safe.
import { endOf } from '../detect/text.ts'
import type { Cut, Watched } from './guard.ts'

export interface Lane {
  /** Of what has arrived. */
  readonly length: number
  /** Everything before this offset is decided. */
  readonly safe: number
  /** Something was, or is to be, put in place of something else. */
  readonly isCut: boolean
  /** Every watch says what is safe, and not only those that are enforced. */
  readonly isExact: boolean
  /** It has arrived; the watches see it at the next `look`, together with what arrives until then. */
  push(text: string): void
  look(): void
  end(): void
  /** In place of all of them, for a text that comes in one piece. */
  whole(text: string): void
  /** What goes out in place of the next characters, up to this offset. Call it in order, with what is safe. */
  take(to: number): string
}

export interface LaneWatch {
  push(text: string): Watched
  end(): Watched
  whole(text: string): Watched
  /** Only an enforced watch holds text back and cuts it. */
  enforced: boolean
  /** The others read what it leaves. */
  isFirst: boolean
}

export function laneOf(watches: readonly LaneWatch[]): Lane {
  const first = watches.filter(({ isFirst }) => isFirst)
  if (first.length === 0) return new OneLane(watches)
  return new TwoLanes(new OneLane(first), new OneLane(watches.filter(({ isFirst }) => !isFirst)))
}

class OneLane implements Lane {
  readonly #watches: readonly LaneWatch[]
  readonly #safes: number[]
  #safe = 0
  #cuts: Cut[] = []
  #text = ''
  /** What the watches did not see yet. */
  #unseen = ''
  /** Offset of the first character that is kept. */
  #base = 0
  /** What lies before is covered by a cut that was already put. */
  #covered = 0
  #length = 0
  #ended = false
  #isCut = false

  constructor(watches: readonly LaneWatch[]) {
    this.#watches = watches
    this.#safes = watches.map(() => 0)
  }

  get length(): number {
    return this.#length
  }

  get safe(): number {
    const seen = this.#length - this.#unseen.length
    return this.#ended || this.#safe > seen ? seen : this.#safe
  }

  push(text: string): void {
    this.#text += text
    this.#unseen += text
    this.#length += text.length
  }

  look(): void {
    const text = this.#unseen
    if (text === '') return
    this.#unseen = ''
    for (let i = 0; i < this.#watches.length; i++) this.#hear(i, this.#watches[i]?.push(text))
    this.#settle()
  }

  end(): void {
    if (this.#ended) return
    this.look()
    for (let i = 0; i < this.#watches.length; i++) this.#hear(i, this.#watches[i]?.end())
    this.#settle()
    this.#ended = true
  }

  get isExact(): boolean {
    return this.#watches.every(({ enforced }) => enforced)
  }

  whole(text: string): void {
    this.#text = text
    this.#length = text.length
    for (let i = 0; i < this.#watches.length; i++) this.#hear(i, this.#watches[i]?.whole(text))
    this.#settle()
    this.#ended = true
  }

  get isCut(): boolean {
    return this.#isCut
  }

  take(to: number): string {
    if (this.#cuts.length === 0 && this.#covered <= this.#base) return this.#letGo(to)
    let [out, at] = ['', this.#base]
    for (const cut of this.#cuts) {
      const inserts = isInsert(cut)
      if (cut.start > to || (cut.start === to && !(inserts && this.#ended))) break
      const from = Math.max(at, this.#covered)
      if (inserts ? cut.start < this.#covered : cut.end <= from) continue
      if (cut.start > from) out += this.#slice(from, cut.start)
      if (cut.start >= this.#covered) out += cut.put
      this.#covered = Math.max(this.#covered, cut.end)
      at = Math.max(at, cut.start)
    }
    out += this.#slice(Math.max(at, this.#covered), to)
    this.#letGo(to)
    this.#cuts = this.#cuts.filter(({ start, end }) => end > to || (start === to && !this.#ended))
    return out
  }

  /** As it came. */
  #letGo(to: number): string {
    const [text, length] = [this.#text, to - this.#base]
    this.#base = to
    if (length === text.length) {
      this.#text = ''
      return text
    }
    this.#text = endOf(text, length)
    return text.slice(0, length)
  }

  #slice(from: number, to: number): string {
    return this.#text.slice(Math.max(0, from - this.#base), Math.max(0, to - this.#base))
  }

  #hear(i: number, seen: Watched | undefined): void {
    if (seen === undefined || !this.#watches[i]?.enforced) return
    for (const cut of seen.cuts) this.#cuts.push(cut)
    if (seen.safe > (this.#safes[i] ?? 0)) this.#safes[i] = seen.safe
  }

  #settle(): void {
    let safe = Number.POSITIVE_INFINITY
    for (let i = 0; i < this.#safes.length; i++)
      if (this.#watches[i]?.enforced) safe = Math.min(safe, this.#safes[i] ?? 0)
    this.#safe = safe
    if (this.#cuts.length === 0) return
    this.#isCut = true
    this.#cuts.sort((a, b) => a.start - b.start || Number(isInsert(b)) - Number(isInsert(a)) || b.end - a.end)
  }
}

function isInsert({ start, end }: Cut): boolean {
  return start === end
}

/** The second lane reads what comes out of the first. Between them places are known where a piece ended, and no finer. */
class TwoLanes implements Lane {
  readonly #first: Lane
  readonly #second: Lane
  /** Ends of pieces: where they lie in what arrived, and in what the first lane made of it. */
  #ends: { arrived: number; left: number | undefined }[] = []
  #safe = 0

  constructor(first: Lane, second: Lane) {
    this.#first = first
    this.#second = second
  }

  get length(): number {
    return this.#first.length
  }

  get safe(): number {
    const until = this.#second.safe
    for (const { arrived, left } of this.#ends) {
      if (left === undefined || left > until) break
      this.#safe = Math.max(this.#safe, arrived)
    }
    return this.#safe
  }

  get isCut(): boolean {
    return this.#first.isCut || this.#second.isCut
  }

  get isExact(): boolean {
    return this.#first.isExact && this.#second.isExact
  }

  push(text: string): void {
    this.#first.push(text)
    this.#ends.push({ arrived: this.#first.length, left: undefined })
  }

  look(): void {
    this.#first.look()
    this.#flow()
  }

  end(): void {
    this.#first.end()
    this.#flow()
    this.#second.end()
  }

  whole(text: string): void {
    this.#first.whole(text)
    this.#second.whole(this.#first.take(this.#first.length))
    this.#ends = [{ arrived: this.#first.length, left: this.#second.length }]
  }

  take(to: number): string {
    const end = this.#ends.findLast(({ arrived, left }) => arrived <= to && left !== undefined)
    this.#ends = this.#ends.filter(({ arrived }) => arrived > to)
    return end?.left === undefined ? '' : this.#second.take(end.left)
  }

  #flow(): void {
    for (const end of this.#ends) {
      if (end.left !== undefined) continue
      if (end.arrived > this.#first.safe) break
      this.#second.push(this.#first.take(end.arrived))
      end.left = this.#second.length
    }
    this.#second.look()
  }
}
