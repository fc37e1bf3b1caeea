// Finds many words in bytes, whatever the case of their letters, and is ready as soon as it is made: an automaton for
// them takes longer to build than most scans need to read. A number made of the last four bytes says whether a word may
// end there; only then is anything compared.

/** Each byte pushes what came before by so many bits, until after four of them it has fallen out. */
const PUSHED = 4
const NUMBERS = 0xffff

interface Ending<Kind> {
  letters: Uint8Array
  kind: Kind
}

export class Endings<Kind> {
  /** Bytes that stand in no word are all alike, and so are letters of either case. */
  readonly #letterOf = new Uint8Array(256)
  /** 1 for each number in which a word ends. */
  readonly #any = new Uint8Array(NUMBERS + 1)
  /** For each number the bits of the two bytes before those four: most of what ends like a word is none. */
  readonly #before = new Int32Array(NUMBERS + 1)
  readonly #words = new Map<number, Ending<Kind>[]>()

  /** Words in lower case, of three letters at least. */
  constructor(words: ReadonlyMap<string, Kind>) {
    for (const char of new Set([...words.keys()].join(''))) {
      this.#letterOf[char.charCodeAt(0)] = char.charCodeAt(0)
      this.#letterOf[char.toUpperCase().charCodeAt(0)] = char.charCodeAt(0)
    }
    // What stands before a word of three letters is part of its number, whatever it is.
    const all = [...new Set(this.#letterOf)]
    for (const [word, kind] of [...words].toSorted(([a], [b]) => b.length - a.length)) {
      const letters = Buffer.from(word, 'latin1')
      const bits = word.length < 6 ? -1 : bitOf(letters.at(-6) ?? 0, letters.at(-5) ?? 0)
      const last = letters.subarray(-4)
      for (const first of word.length < 4 ? all : [0]) {
        const number = last.reduce((before, letter) => (before << PUSHED) ^ letter, first) & NUMBERS
        this.#any[number] = 1
        this.#before[number] = (this.#before[number] ?? 0) | bits
        const known = this.#words.get(number)
        if (known) known.push({ letters, kind })
        else this.#words.set(number, [{ letters, kind }])
      }
    }
  }

  /** The first place from there on at which a word may end, or the end of the bytes. */
  next(bytes: Uint8Array, from: number): number {
    const letterOf = this.#letterOf
    const any = this.#any
    const before = this.#before
    const size = bytes.length
    let number = this.#numberBefore(bytes, from)
    for (let at = from; at < size; at++) {
      number = ((number << PUSHED) ^ (letterOf[bytes[at] ?? 0] ?? 0)) & NUMBERS
      if (any[number] === 0) continue
      const bits = before[number] ?? 0
      if (at < 5 || (bits & bitOf(letterOf[bytes[at - 5] ?? 0] ?? 0, letterOf[bytes[at - 4] ?? 0] ?? 0)) !== 0)
        return at
    }
    return size
  }

  /** The words whose last letter stands at a place, the longest first. */
  *at(bytes: Uint8Array, at: number): Generator<{ start: number; kind: Kind }> {
    const number = this.#numberBefore(bytes, at + 1)
    for (const { letters, kind } of this.#words.get(number) ?? []) {
      const start = at + 1 - letters.length
      if (start >= 0 && this.#standsAt(bytes, start, letters)) yield { start, kind }
    }
  }

  #numberBefore(bytes: Uint8Array, at: number): number {
    let number = 0
    for (let back = Math.max(0, at - 4); back < at; back++)
      number = (number << PUSHED) ^ (this.#letterOf[bytes[back] ?? 0] ?? 0)
    return number & NUMBERS
  }

  #standsAt(bytes: Uint8Array, start: number, letters: Uint8Array): boolean {
    for (let at = letters.length - 1; at >= 0; at--)
      if (this.#letterOf[bytes[start + at] ?? 0] !== letters[at]) return false
    return true
  }
}

const bitOf = (first: number, second: number) => 1 << ((first * 7 + second) & 31)
