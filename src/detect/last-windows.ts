// What was said of the last windows of each detector, so that a text that says the same over and over is judged once. A
// verdict depends on the window and on what is told of it alone, so equal ones have equal verdicts.
import type { Context, Match } from './define.ts'

interface Judged {
  window: string
  context: Context
  matches: readonly Match[]
}

/** Of one detector. */
const MOST = 128
/** The first characters, by which windows are told apart before they are compared. */
const FIRST = 24

export class LastWindows {
  readonly #of = new Map<number, Map<number, Judged>>()

  /** What is told of a window, of the detector with this number; asked where none of the last ones was the same. */
  judge(detector: number, window: string, context: Context, ask: () => readonly Match[]): readonly Match[] {
    let last = this.#of.get(detector)
    if (last === undefined) this.#of.set(detector, (last = new Map()))
    const sign = signOf(window, context)
    const known = last.get(sign)
    if (known !== undefined && isSame(known.context, context) && known.window === window) return known.matches
    const matches = ask()
    if (last.size >= MOST) last.clear()
    last.set(sign, { window, context, matches })
    return matches
  }

  /** A window keeps the text in memory that it was cut from. */
  forget(): void {
    if (this.#of.size > 0) this.#of.clear()
  }
}

function signOf(window: string, context: Context): number {
  let sign = Math.imul(window.length, 31) + toldOf(context)
  for (let i = Math.min(FIRST, window.length) - 1; i >= 0; i--) sign = Math.imul(sign, 31) + window.charCodeAt(i)
  return sign | 0
}

const isSame = (a: Context, b: Context): boolean =>
  a.atStart === b.atStart && a.atEnd === b.atEnd && a.words === b.words && toldOf(a) === toldOf(b)

const toldOf = ({ told = 0 }: Context): number => Math.max(0, told)
