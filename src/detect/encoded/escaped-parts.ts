// The parts of a text in which characters are written as escapes, read as what they stand for. A part begins some way
// before its first escape, because a value may have its name there, and ends at white space a good way behind its last.
import type { Match, Reading } from '../define.ts'
import type { Tape } from '../text.ts'
import { Decoded } from './decoded.ts'
import { escapeAt, isInTags, nextMark, OPEN, UNSEEN_PAIR } from './escapes.ts'
import { LOOKALIKES } from './lookalikes.ts'

/** How far a part reaches before its first escape and behind its last. */
export const BEFORE = 320
const BEHIND = 256
/** How far before an escape it is asked what stands there. */
const LOOKS_BACK = 3
/** As far as a word is looked for that has letters of another alphabet. */
const WORD = 64
const SPACE = /\s/g
const IN_WORD = /[\w+/.=-]/
const STYLED_LETTER = /[\u24b6-\u24e9\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/
const WIDE_SIGN = /[\u3000\uff01-\uff5e]/
const NEVER = Number.POSITIVE_INFINITY

export class EscapedParts {
  readonly #open: () => Reading
  #at = 0
  /** Where the part before this one ended. */
  #ended = 0
  #part: Decoded | undefined
  /** Where its last escape ended; nothing before one is known to be one. */
  #last = -1

  constructor(open: () => Reading) {
    this.#open = open
  }

  read(tape: Tape, found: Match[]): void {
    const { base, seen, isWhole } = tape
    // What only seemed to begin is looked at anew.
    if (this.#last < 0) this.#part = undefined
    while (this.#at < seen) {
      const mark = base + nextMark(tape, this.#at - base)
      if (this.#part !== undefined && this.#leave(tape, mark, found)) continue
      const escape = mark === seen ? undefined : this.#escapeAt(tape, mark)
      if (escape === undefined) {
        this.#pass(tape, Math.min(seen, mark + 1))
        continue
      }
      if (this.#part === undefined && this.#enter(tape, mark)) continue
      this.#pass(tape, mark)
      if (escape === OPEN) break
      this.#part?.add(escape.text, mark, escape.end + base - mark)
      this.#at = this.#last = escape.end + base
    }
    if (this.#part === undefined) return
    if (isWhole) this.#end(found)
    else found.push(...this.#part.read())
  }

  settled(): number {
    return this.#part === undefined ? NEVER : Math.min(this.#part.settled(), this.#at)
  }

  /** From where on it wants to find the text again. */
  needs(): number {
    return this.#at - (this.#last < 0 ? BEFORE : LOOKS_BACK)
  }

  reset(): void {
    this.#at = 0
    this.#ended = 0
    this.#part = undefined
    this.#last = -1
  }

  #escapeAt({ string, base, isWhole }: Tape, mark: number): ReturnType<typeof escapeAt> {
    const at = mark - base
    if (this.#part === undefined) {
      // What stands behind it says whether it belongs to a Latin word, or to tags.
      if (!isWhole && at + 1 === string.length && LOOKALIKES.has(string.charAt(at))) return OPEN
      if (!isWhole && at + 4 > string.length && string.charCodeAt(at) === UNSEEN_PAIR) return OPEN
      if (!isSign(string, at)) return undefined
    }
    return escapeAt(string, at, isWhole)
  }

  /** Whether the word at hand has earlier letters to look at. */
  #enter({ string, base }: Tape, mark: number): boolean {
    const farthest = Math.max(this.#ended, mark - BEFORE, base)
    SPACE.lastIndex = farthest - base
    const space = base + (SPACE.exec(string)?.index ?? string.length)
    const from = farthest === this.#ended || space >= mark ? farthest : space
    this.#part = new Decoded(this.#open(), from)
    const first = Math.max(from, base + startOfMixed(string, mark - base))
    this.#at = Math.min(this.#at, first)
    this.#part.add(string.slice(from - base, this.#at - base), from)
    return first < mark
  }

  #pass({ string, base }: Tape, to: number): void {
    if (to > this.#at) this.#part?.add(string.slice(this.#at - base, to - base), this.#at)
    this.#at = to
  }

  /** Whether the part ends before this place. */
  #leave(tape: Tape, until: number, found: Match[]): boolean {
    const { string, base } = tape
    if (this.#last < 0 || until <= this.#last + BEHIND) return false
    SPACE.lastIndex = Math.max(this.#at, this.#last + BEHIND) - base
    const space = SPACE.exec(string)?.index
    if (space === undefined || space + base >= until) return false
    this.#pass(tape, space + base)
    this.#end(found)
    return true
  }

  #end(found: Match[]): void {
    if (this.#part !== undefined) found.push(...this.#part.end())
    this.#part = undefined
    this.#last = -1
    this.#ended = this.#at
  }
}

/**
 * What nobody sees makes a secret unreadable only within one; emoji and scripts of other kinds need such characters, and wide
 * signs and spaces are those of Chinese and Japanese.
 */
function isSign(string: string, at: number): boolean {
  const code = string.charCodeAt(at)
  if (code < 0x80 || code === 0xd835) return true
  if (isInTags(string, at)) return true
  const char = string.charAt(at)
  if (LOOKALIKES.has(char)) return IN_WORD.test(string.charAt(at - 1)) || IN_WORD.test(string.charAt(at + 1))
  return STYLED_LETTER.test(char) || (!WIDE_SIGN.test(char) && IN_WORD.test(string.charAt(at - 1)))
}

/** Where letters of other alphabets begin that stand before a place in one word, which nobody took for a sign. */
function startOfMixed(string: string, at: number): number {
  let start = at
  while (start > 0 && at - start < WORD && LOOKALIKES.has(string.charAt(start - 1))) start--
  return start
}
