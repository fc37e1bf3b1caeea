// Makes a text that a pattern of the credential tables matches. Examples and tests use it, so that no file of the
// project holds anything shaped like a credential. It knows the part of the regex language that the tables use.

/** A small deterministic generator (mulberry32): examples are the same in every run. */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const WORD = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_'
const CLASSES: Record<string, string> = { w: WORD, d: '0123456789', s: ' ', S: WORD, b: '' }
const PRINTABLE = Array.from({ length: 94 }, (_, i) => String.fromCharCode(33 + i)).join('')

export function sample(pattern: string, random: () => number): string {
  return new Sampler(pattern, random).alternatives()
}

class Sampler {
  readonly #pattern: string
  readonly #random: () => number
  #at = 0

  constructor(pattern: string, random: () => number) {
    this.#pattern = pattern
    this.#random = random
  }

  /** Up to the end or the closing bracket. */
  alternatives(): string {
    const options: string[] = []
    for (;;) {
      let text = ''
      while (this.#at < this.#pattern.length && !'|)'.includes(this.#peek())) text += this.#repeated()
      options.push(text)
      if (this.#peek() !== '|') break
      this.#at++
    }
    return this.#pick(options)
  }

  #repeated(): string {
    const from = this.#at
    let text = this.#atom()
    const until = this.#at
    const [least, most] = this.#quantifier()
    const after = this.#at
    const times = least + Math.floor(this.#random() * (Math.min(most, least + 8) - least + 1))
    if (times === 0) text = ''
    for (let i = 1; i < times; i++) {
      this.#at = from
      text += this.#atom()
    }
    this.#at = times > 1 ? after : Math.max(after, until)
    return text
  }

  #atom(): string {
    const char = this.#next()
    if (char === '(') return this.#group()
    if (char === '[') return this.#pick(this.#classChars())
    if (char === '\\') {
      const escaped = this.#next()
      const known = CLASSES[escaped]
      return known === undefined ? escaped : known === '' ? '' : this.#pick(known)
    }
    return char
  }

  #group(): string {
    const rest = this.#pattern.slice(this.#at)
    const look = /^\?<?[!=]/.exec(rest)
    const open = look ?? /^\?(?::|<\w+>)/.exec(rest)
    this.#at += open?.[0].length ?? 0
    const inside = this.alternatives()
    this.#at++
    return look ? '' : inside
  }

  #classChars(): string {
    const negated = this.#peek() === '^'
    if (negated) this.#at++
    let chars = ''
    while (this.#peek() !== ']') {
      const char = this.#next()
      if (char === '\\') {
        const escaped = this.#next()
        chars += CLASSES[escaped] ?? escaped
      } else if (this.#peek() === '-' && this.#pattern[this.#at + 1] !== ']') {
        this.#at++
        const to = this.#next().charCodeAt(0)
        for (let code = char.charCodeAt(0); code <= to; code++) chars += String.fromCharCode(code)
      } else chars += char
    }
    this.#at++
    return negated ? [...PRINTABLE].filter((char) => !chars.includes(char)).join('') : chars
  }

  #quantifier(): [number, number] {
    const found = /^(?:\{(\d+)(?:(,)(\d+)?)?\}|[?*+])\??/.exec(this.#pattern.slice(this.#at))
    if (!found) return [1, 1]
    this.#at += found[0].length
    if (found[1] === undefined) return found[0].startsWith('?') ? [0, 1] : found[0].startsWith('*') ? [0, 4] : [1, 4]
    const least = Number(found[1])
    return [least, found[2] === undefined ? least : Number(found[3] ?? least + 8)]
  }

  #peek(): string {
    return this.#pattern[this.#at] ?? ''
  }

  #next(): string {
    return this.#pattern[this.#at++] ?? ''
  }

  #pick(options: string | readonly string[]): string {
    return options[Math.floor(this.#random() * options.length)] ?? ''
  }
}
