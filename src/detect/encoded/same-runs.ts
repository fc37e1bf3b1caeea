// What was found in the last runs of one sort, so that the same run is decoded once. What is found in a run depends on its
// characters alone.
import { type Match, moved } from '../define.ts'

const MOST = 64
/** Longer ones are not remembered. */
const LONGEST = 1024

export class SameRuns {
  /** By run; places count from its beginning. */
  #found: Map<string, readonly Match[]> | undefined

  /** What is found in a run that begins at this place; `read` tells it where it is not known. */
  at(from: number, run: string, read: () => readonly Match[]): readonly Match[] {
    if (run.length > LONGEST) return read()
    const known = this.#found?.get(run)
    if (known !== undefined) return known.map((match) => moved(match, from))
    const found = read()
    this.#found ??= new Map()
    if (this.#found.size === MOST) this.#found.clear()
    this.#found.set(
      run,
      found.map((match) => moved(match, -from)),
    )
    return found
  }

  /** A run keeps the text in memory that it was cut from. */
  forget(): void {
    this.#found = undefined
  }
}
