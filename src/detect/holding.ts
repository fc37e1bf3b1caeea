// How much of a text one detector must still hold back: up to where no match of its shapes begins that more of the text
// could complete, and none that its windows have not judged yet.
import type { Detector, Shape } from './define.ts'
import { toOpen } from './partial.ts'

interface Held {
  whole: RegExp
  open: RegExp
  counts: (found: RegExpExecArray) => boolean
}

const made = new WeakMap<readonly Shape[], readonly Held[]>()

function heldOf(shapes: readonly Shape[]): readonly Held[] {
  let held = made.get(shapes)
  if (!held) {
    held = shapes.map(({ pattern, counts }) => ({
      whole: new RegExp(pattern.source, pattern.flags),
      open: toOpen(pattern, 'g'),
      counts: counts ?? (() => true),
    }))
    made.set(shapes, held)
  }
  return held
}

export class Holding {
  readonly detector: Detector
  readonly #held: readonly Held[]
  /** No match to come begins before this offset. */
  safe = 0
  /** Nothing before this offset is open. What is not stays so, and need not be asked again. */
  #open = 0
  /** The first complete match that no window has told of; and before this offset begins no other. */
  #whole: number | undefined
  #searched = 0

  constructor(detector: Detector, shapes: readonly Shape[]) {
    this.detector = detector
    this.#held = heldOf(shapes)
  }

  /** `judged`: no window to come reaches back behind this offset. */
  advance(string: string, base: number, judged: number): void {
    const end = string.length
    let next = end
    for (const { open } of this.#held) {
      open.lastIndex = Math.max(0, this.#open - base)
      next = Math.min(next, open.exec(string)?.index ?? end)
    }
    this.#open = base + next
    // What is complete counts until a window has told of it.
    const told = Math.max(this.safe, judged)
    if (this.#whole !== undefined && this.#whole < told) this.#whole = undefined
    this.#whole ??= this.#complete(string, base, Math.max(told, this.#searched) - base, next)
    this.safe = Math.max(this.safe, Math.min(base + next, this.#whole ?? base + next))
  }

  /** The first match that begins in a part of the string where nothing is open, so that nobody need look there again. */
  #complete(string: string, base: number, from: number, to: number): number | undefined {
    let first = to
    for (const { whole, counts } of this.#held) {
      whole.lastIndex = Math.max(0, from)
      for (let found = whole.exec(string); found && found.index < first; found = whole.exec(string)) {
        if (counts(found)) first = found.index
        whole.lastIndex = found.index + 1
      }
    }
    this.#searched = Math.max(this.#searched, base + first)
    return first < to ? base + first : undefined
  }
}
