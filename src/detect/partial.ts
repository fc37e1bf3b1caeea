// Could what has arrived of a text be the beginning of a match? Makes of a pattern another one that matches where the text
// ends before the pattern does: each atom may be the end of the text instead. What is open may still change; what is not is
// decided, whatever comes. Where in doubt it says open; at the very end of the text anything is.

const END = '(?![^])'
/** What a pattern refers back to is no longer. */
const LONGEST_GROUP = 64

/** Matches at `lastIndex` where some match of `pattern` may reach to the end of the text or beyond it. */
export function toOpen(pattern: RegExp, flag: 'y' | 'g' = 'y'): RegExp {
  return new RegExp(
    `(?:${new Opening(pattern.source).alternatives()})${END}`,
    pattern.flags.replace(/[ygd]/g, '') + flag,
  )
}

const QUANTIFIER = /(?:[*+?]|\{(\d+)(?:,(\d*))?\})\??/y
const ESCAPE = /\\(?:[pP]\{[^}]*\}|u\{[^}]*\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|k<[^>]*>|c[A-Za-z]|[^])/y
const CLASS = /\[(?:\\[^]|[^\]\\])*\]/y
const GROUP = /\((?:\?(?::|<?[=!]|<[^>=!]+>))?/y
/** What may be true now and false with more text, or the other way round. */
const UNSETTLED = /\\[bB]|\(\?|\$/

class Opening {
  readonly #source: string
  #at = 0

  constructor(source: string) {
    this.#source = source
  }

  /**
   * Up to the end of the source or of the group, for where the text goes on: whoever opens a group asks first whether it
   * does, so that the alternatives can be told apart by their first characters.
   */
  alternatives(): string {
    let out = ''
    let isFirst = true
    while (this.#at < this.#source.length && this.#source[this.#at] !== ')') {
      if (this.#source[this.#at] === '|') {
        this.#at++
        out += '|'
        isFirst = true
      } else {
        out += this.#term(isFirst)
        isFirst = false
      }
    }
    return out
  }

  #term(isFirst: boolean): string {
    const char = this.#source[this.#at] ?? ''
    if (char === '(') return this.#group()
    if (char === '^' || char === '$') {
      this.#at++
      return or(char, END)
    }
    const atom = this.#take(char === '\\' ? ESCAPE : char === '[' ? CLASS : /[^]/y)
    if (/^\\[bB]$/.test(atom)) return or(atom, END)
    // Of what a group held, the end of the text may cut off any part.
    if (/^\\(?:[1-9]|k<)/.test(atom)) return or(atom, `[^]{0,${LONGEST_GROUP}}${END}`) + this.#take(QUANTIFIER)
    const fewest = this.#fewest()
    const quantifier = this.#take(QUANTIFIER)
    if (fewest === 0 || (isFirst && fewest === 1)) return atom + quantifier
    return or(atom + quantifier, fewest === 1 ? END : `${atom}{0,${fewest - 1}}${END}`)
  }

  #group(): string {
    const start = this.#at
    const opening = this.#take(GROUP)
    const inside = `${END}|${this.alternatives()}`
    this.#at++
    const whole = this.#source.slice(start, this.#at)
    if (opening === '(?=' || opening === '(?!') {
      // Where what is looked for reaches the end of the text, nothing about the rest is known.
      const unknown = `(?=(?:${inside})${END})[^]*${END}`
      return or(unknown, UNSETTLED.test(whole.slice(3)) ? '' : whole)
    }
    if (opening.startsWith('(?<=') || opening.startsWith('(?<!')) return or(whole, END)
    return `${opening}${inside})${this.#take(QUANTIFIER)}`
  }

  /** How often the quantifier at hand wants its atom at least. */
  #fewest(): number {
    QUANTIFIER.lastIndex = this.#at
    const [quantifier = '', least] = QUANTIFIER.exec(this.#source) ?? []
    if (least !== undefined) return Number(least)
    return quantifier.startsWith('*') || quantifier.startsWith('?') ? 0 : 1
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#at
    const taken = pattern.exec(this.#source)?.[0] ?? ''
    this.#at += taken.length
    return taken
  }
}

const or = (a: string, b: string): string => `(?:${a}|${b})`
