// What was said of the last windows of each detector, so that a text that says the same over and over is judged once. A
// verdict depends on the window and on what is told of it alone, so equal ones have equal verdicts.
import type { Context, Match } from './define.ts'

interface Judged {
  window: string
  context: Context
  matches: readonly Match[]
}

/** Of one detector: so many windows may take turns. */
const MOST = 8

export class LastWindows {
  readonly #of = new Map<number, Judged[]>()

  /** What is told of a window, of the detector with this number; asked where none of the last ones was the same. */
  judge(detector: number, window: string, context: Context, ask: () => readonly Match[]): readonly Match[] {
    let last = this.#of.get(detector)
    if (last === undefined) this.#of.set(detector, (last = []))
    const known = last.find((one) => one.window === window && isSame(one.context, context))
    if (known !== undefined) return known.matches
    const matches = ask()
    if (last.length === MOST) last.shift()
    last.push({ window, context, matches })
    return matches
  }

  /** A window keeps the text in memory that it was cut from. */
  forget(): void {
    if (this.#of.size > 0) this.#of.clear()
  }
}

const isSame = (a: Context, b: Context): boolean =>
  a.atStart === b.atStart &&
  a.atEnd === b.atEnd &&
  a.words === b.words &&
  Math.max(0, a.told ?? 0) === Math.max(0, b.told ?? 0)
