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
    const at = Math.max(0, this.safe - base, judged - base)
    for (const { whole, counts } of this.#held) {
      whole.lastIndex = at
      for (let found = whole.exec(string); found && found.index < next; found = whole.exec(string)) {
        if (counts(found)) next = found.index
        whole.lastIndex = found.index + 1
      }
    }
    this.safe = Math.max(this.safe, base + next)
  }
}
