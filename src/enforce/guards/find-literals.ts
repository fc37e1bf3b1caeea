// Finds fixed words in a text that comes in pieces, in any case of their letters. Of words that begin at one place the
// longest counts; nothing is held back but what may still become one of them.
export interface Literal {
  text: string
  put: string
}

export interface FoundLiteral extends Literal {
  start: number
  end: number
}

export class LiteralFinder {
  readonly #literals: ReadonlyMap<string, Literal>
  readonly #pattern: RegExp
  readonly #longest: number
  #held = ''
  #base = 0

  constructor(literals: readonly Literal[]) {
    const ordered = literals.toSorted((a, b) => b.text.length - a.text.length)
    this.#literals = new Map(ordered.map((one) => [lower(one.text), one]))
    this.#pattern = new RegExp(ordered.map(({ text }) => text.replaceAll(/[^\w\s]/g, String.raw`\$&`)).join('|'), 'gi')
    this.#longest = ordered[0]?.text.length ?? 0
  }

  push(piece: string): { found: FoundLiteral[]; safe: number } {
    return this.#advance(this.#held + piece, false)
  }

  end(): { found: FoundLiteral[]; safe: number } {
    return this.#advance(this.#held, true)
  }

  #advance(text: string, last: boolean): { found: FoundLiteral[]; safe: number } {
    const found: FoundLiteral[] = []
    let at = 0
    for (const { 0: match, index } of text.matchAll(this.#pattern)) {
      // It may be the beginning of a longer one.
      if (!last && index >= this.#openFrom(text, at)) break
      const literal = this.#literals.get(lower(match))
      at = index + match.length
      if (literal) found.push({ ...literal, start: this.#base + index, end: this.#base + at })
    }
    const keep = last ? text.length : this.#openFrom(text, at)
    this.#held = text.slice(keep)
    this.#base += keep
    return { found, safe: this.#base }
  }

  /** Where the first beginning of a word stands that the text breaks off in. */
  #openFrom(text: string, from: number): number {
    for (let at = Math.max(from, text.length - this.#longest + 1); at < text.length; at++) {
      const tail = lower(text.slice(at))
      for (const literal of this.#literals.keys())
        if (literal.length > tail.length && literal.startsWith(tail)) return at
    }
    return text.length
  }
}

/** Latin letters only: no other change keeps all offsets. */
function lower(text: string): string {
  return text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())
}
