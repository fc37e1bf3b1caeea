// One text on its way through the guards: what has arrived, how much of it may go out, and how it reads after the cuts.
// Invariant: text goes out once, in order, and never before every enforced watch has called it safe.
import type { Cut, Watched } from './guard.ts'

export interface LaneWatch {
  push(text: string): Watched
  end(): Watched
  /** Only an enforced watch holds text back and cuts it. */
  enforced: boolean
}

export class Lane {
  readonly #watches: readonly LaneWatch[]
  #safes: number[]
  #cuts: Cut[] = []
  #text = ''
  /** Offset of the first character that is kept. */
  #base = 0
  /** What lies before is covered by a cut that was already put. */
  #covered = 0
  #length = 0
  #ended = false

  constructor(watches: readonly LaneWatch[]) {
    this.#watches = watches
    this.#safes = watches.map(() => 0)
  }

  get length(): number {
    return this.#length
  }

  /** Everything before this offset is decided. */
  get safe(): number {
    const enforced = this.#safes.filter((_, i) => this.#watches[i]?.enforced)
    return this.#ended ? this.#length : Math.min(this.#length, ...enforced)
  }

  push(text: string): void {
    this.#text += text
    this.#length += text.length
    this.#hear((watch) => watch.push(text))
  }

  end(): void {
    if (this.#ended) return
    this.#hear((watch) => watch.end())
    this.#ended = true
  }

  get isCut(): boolean {
    return this.#cuts.length > 0
  }

  /** What goes out in place of the next characters, up to this offset. Call it in order, with what is safe. */
  take(to: number): string {
    let [out, at] = ['', this.#base]
    for (const cut of this.#cuts) {
      if (cut.start >= to) break
      if (cut.end <= Math.max(at, this.#covered)) continue
      const from = Math.max(at, this.#covered)
      if (cut.start > from) out += this.#slice(from, cut.start)
      if (cut.start >= this.#covered) out += cut.put
      this.#covered = Math.max(this.#covered, cut.end)
      at = Math.max(at, cut.start)
    }
    out += this.#slice(Math.max(at, this.#covered), to)
    this.#text = this.#text.slice(to - this.#base)
    this.#base = to
    this.#cuts = this.#cuts.filter(({ end }) => end > to)
    return out
  }

  #slice(from: number, to: number): string {
    return this.#text.slice(Math.max(0, from - this.#base), Math.max(0, to - this.#base))
  }

  #hear(ask: (watch: LaneWatch) => Watched): void {
    this.#safes = this.#watches.map((watch, i) => {
      const { safe, cuts } = ask(watch)
      if (watch.enforced) this.#cuts.push(...cuts)
      return Math.max(this.#safes[i] ?? 0, safe)
    })
    this.#cuts.sort((a, b) => a.start - b.start || b.end - a.end)
  }
}
