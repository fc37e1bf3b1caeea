// Line numbers from offsets into a text.
import { firstAfter } from './first-after.ts'

export class Lines {
  readonly #starts: number[] = [0]

  constructor(text: string) {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#starts.push(at + 1)
  }

  /** From 1. */
  at(offset: number): number {
    return firstAfter(this.#starts, offset)
  }
}
