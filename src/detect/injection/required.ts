// Words of which every match of a pattern holds at least one, read off the pattern itself. To look for a few words in a
// window takes a fraction of what the pattern does, and most windows hold none of them.
// Invariant: where in doubt there are no words, and the pattern is tried.

/** Shorter words are nearly everywhere. */
const SHORTEST = 3
/** Longer ones are hardly rarer. */
const LONGEST = 7
/** To look for more words than this costs as much as to try the pattern. */
const MOST = 10

/** In lower case; undefined where the pattern has none that are worth looking for. */
export function requiredWords({ source, flags }: RegExp): readonly string[] | undefined {
  // With both flags some letters beyond ASCII are taken for ASCII ones.
  if (flags.includes('i') && /[uv]/.test(flags)) return undefined
  return new Reader(source).alternatives()
}

/** One word of these must be there. */
type Words = readonly string[]

const QUANTIFIER = /(?:[*+?]|\{(\d+)(?:,\d*)?\})\??/y
const ESCAPE = /\\(?:[pP]\{[^}]*\}|u\{[^}]*\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|k<[^>]*>|c[A-Za-z]|[^])/y
const CLASS = /\[(?:\\[^]|[^\]\\])*\]/y
const GROUP = /\((?:\?(?::|<?[=!]|<[^>=!]+>))?/y
/** What stands for itself behind a backslash. */
const ITSELF = /^\\[^0-9A-Za-z]$/
const PLAIN = /^[ -~]$/
const NO_WIDTH = /^(?:\\[bB]|[$^])$/

class Reader {
  readonly #source: string
  #at = 0

  constructor(source: string) {
    this.#source = source
  }

  /** Up to the end of the source or of the group. */
  alternatives(): Words | undefined {
    const all = new Set<string>()
    let isCertain = true
    for (;;) {
      const words = this.#sequence()
      if (words === undefined) isCertain = false
      else for (const word of words) all.add(word)
      if (this.#source[this.#at] !== '|') break
      this.#at++
    }
    return isCertain && all.size <= MOST ? [...all] : undefined
  }

  /** The best of what its parts require. */
  #sequence(): Words | undefined {
    let best: Words | undefined
    let word = ''
    const consider = (words: Words | undefined) => {
      if (words !== undefined && worth(words) > worth(best)) best = words
    }
    const endWord = () => {
      if (word.length >= SHORTEST) consider([word])
      word = ''
    }
    while (this.#at < this.#source.length && !/[|)]/.test(this.#source[this.#at] ?? '')) {
      if (this.#source[this.#at] === '(') {
        const opening = this.#take(GROUP)
        const inside = this.alternatives()
        this.#at++
        // What only looks takes no room: the letters before and behind it still stand side by side.
        if (/[=!]$/.test(opening)) continue
        endWord()
        if (this.#fewest() > 0) consider(inside)
        continue
      }
      const atom = this.#atom()
      if (NO_WIDTH.test(atom)) continue
      const hasQuantifier = /[*+?{]/.test(this.#source[this.#at] ?? '')
      const letter = ITSELF.test(atom) ? atom.slice(1) : atom
      const isPlain = PLAIN.test(letter) && atom !== '.'
      const fewest = this.#fewest()
      if (isPlain && fewest > 0) word += letter.toLowerCase()
      if (!isPlain || hasQuantifier) endWord()
    }
    endWord()
    return best
  }

  #atom(): string {
    const char = this.#source[this.#at]
    return this.#take(char === '\\' ? ESCAPE : char === '[' ? CLASS : /[^]/y)
  }

  /** How often the part before the quantifier at hand is there at least. */
  #fewest(): number {
    const quantifier = this.#take(QUANTIFIER)
    if (quantifier.startsWith('{')) return Number.parseInt(quantifier.slice(1), 10)
    return /^[*?]/.test(quantifier) ? 0 : 1
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#at
    const taken = pattern.exec(this.#source)?.[0] ?? ''
    this.#at += taken.length
    return taken
  }
}

/** Long words are rare; of two equals the one with fewer words. */
function worth(words: Words | undefined): number {
  if (words === undefined) return 0
  const shortest = words.reduce((least, { length }) => Math.min(least, length), LONGEST)
  return shortest < SHORTEST ? 0 : shortest * 2 * MOST - words.length
}
