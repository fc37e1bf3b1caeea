// How much of a text one detector must still hold back: up to where no match of its shapes begins that more of the text
// could complete, and none that its windows have not judged yet.
import type { Detector, Shape } from './define.ts'
import { toOpen } from './partial.ts'

/** Of all shapes of a detector: what finds the first one of some, or of one that has more to ask. */
interface Held {
  open: readonly RegExp[]
  whole: readonly { pattern: RegExp; counts: ((found: RegExpExecArray) => boolean) | undefined }[]
}

const made = new WeakMap<readonly Shape[], Held>()

function heldOf(shapes: readonly Shape[]): Held {
  let held = made.get(shapes)
  if (!held) {
    const alone = shapes.filter(({ pattern, counts }) => counts !== undefined || REFERS_BACK.test(pattern.source))
    const together = shapes.filter((shape) => !alone.includes(shape)).map(({ pattern }) => pattern)
    held = {
      open: joined(shapes.map(({ pattern }) => toOpen(pattern, 'g'))),
      whole: [
        ...joined(together).map((pattern) => ({ pattern, counts: undefined })),
        ...alone.map(({ pattern, counts }) => ({ pattern: new RegExp(pattern.source, pattern.flags), counts })),
      ],
    }
    made.set(shapes, held)
  }
  return held
}

const REFERS_BACK = /\\(?:[1-9]|k<)/
/** Patterns with more characters are compiled without care. */
const LONGEST = 16_384
const NAME = /\\[^]|\[(?:\\[^]|[^\]\\])*\]|\(\?<(?![=!])[^>]*>/g

/** What finds whichever of the patterns begins first: to ask each of some dozens costs most of what an event does here. */
function joined(patterns: readonly RegExp[]): RegExp[] {
  return [...Map.groupBy(patterns, ({ flags }) => flags)].flatMap(([flags, some]) => {
    const sources: string[] = []
    for (const { source } of some) {
      // Several may have groups of the same name.
      const bare = source.replaceAll(NAME, (part) => (part.startsWith('(?<') ? '(?:' : part))
      const last = sources.at(-1)
      if (last === undefined || last.length + bare.length > LONGEST) sources.push(bare)
      else sources[sources.length - 1] = `${last}|${bare}`
    }
    return sources.map((source) => new RegExp(source, flags))
  })
}

export class Holding {
  readonly detector: Detector
  readonly #held: Held
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
    for (const open of this.#held.open) {
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
    for (const { pattern: whole, counts } of this.#held.whole) {
      whole.lastIndex = Math.max(0, from)
      for (let found = whole.exec(string); found && found.index < first; found = whole.exec(string)) {
        if (counts === undefined || counts(found)) first = found.index
        whole.lastIndex = found.index + 1
      }
    }
    this.#searched = Math.max(this.#searched, base + first)
    return first < to ? base + first : undefined
  }
}
