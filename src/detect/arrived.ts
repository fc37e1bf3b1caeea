// A text as far as it has come, for who judges a place in it: it notes whether an answer was given that more of the text
// may change. A judge need not know what a stream is, and a stream waits no longer than for what a judge really looked at.
import { toOpen } from './partial.ts'

const openings = new Map<RegExp, RegExp>()

export class Arrived {
  string = ''
  #isWhole = true
  /** Some answer since the last `see` may change. */
  isOpen = false

  /** `isWhole`: nothing comes any more, or nothing that counts. */
  see(string: string, isWhole: boolean): void {
    this.string = string
    this.#isWhole = isWhole
    this.isOpen = false
  }

  charAt(at: number): string {
    if (at >= this.string.length) this.#miss()
    return this.string.charAt(at)
  }

  charCodeAt(at: number): number {
    if (at >= this.string.length) this.#miss()
    return this.string.charCodeAt(at)
  }

  slice(from: number, to: number): string {
    if (to > this.string.length) this.#miss()
    return this.string.slice(from, to)
  }

  /** What a sticky pattern matches at a place. */
  run(pattern: RegExp, at: number): string | undefined {
    return this.exec(pattern, at)?.[0]
  }

  exec(pattern: RegExp, at: number): RegExpExecArray | null {
    if (!this.#isWhole && !this.isOpen && this.#isOpenAt(pattern, at)) this.isOpen = true
    pattern.lastIndex = at
    return pattern.exec(this.string)
  }

  #isOpenAt(pattern: RegExp, at: number): boolean {
    const last = this.string.charCodeAt(this.string.length - 1)
    if (at >= this.string.length || (last >= 0xd800 && last <= 0xdbff)) return true
    let open = openings.get(pattern)
    if (!open) openings.set(pattern, (open = toOpen(pattern)))
    open.lastIndex = at
    return open.test(this.string)
  }

  #miss(): void {
    if (!this.#isWhole) this.isOpen = true
  }
}
