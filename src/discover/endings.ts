// Finds many words in bytes, whatever the case of their letters, and is ready as soon as it is made: an automaton for
// them takes longer to build than most scans need to read. A number made of the last four bytes says whether a word may
// end there; only then is anything compared.

/** Each byte pushes what came before by so many bits, until after four of them it has fallen out. */
const PUSHED = 4
const NUMBERS = 0xffff

interface Ending<Kind> {
  word: string
  kind: Kind
}

const NONE: readonly never[] = []

export class Endings<Kind> {
  /** Bytes that stand in no word are all alike, and so are letters of either case. */
  readonly #letterOf = new Uint8Array(256)
  /** 1 for each number in which a word ends. */
  readonly #any = new Uint8Array(NUMBERS + 1)
  /** For each number the bits of the two bytes before those four: most of what ends like a word is none. */
  readonly #before = new Int32Array(NUMBERS + 1)
  /** The same of the one byte before these. */
  readonly #earlier = new Int32Array(NUMBERS + 1)
  readonly #words = new Map<number, Ending<Kind>[]>()

  /** Words in lower case, of three letters at least. */
  constructor(words: ReadonlyMap<string, Kind>) {
    for (const word of words.keys()) {
      for (let at = 0; at < word.length; at++) {
        const letter = word.charCodeAt(at)
        this.#letterOf[letter] = letter
        if (letter >= 0x61 && letter <= 0x7a) this.#letterOf[letter - 0x20] = letter
      }
    }
    // What stands before a word of three letters is part of its number, whatever it is.
    const all = [...new Set(this.#letterOf)]
    for (const [word, kind] of words) {
      const ending = { word, kind }
      const size = word.length
      if (size >= 4) this.#add(numberOf(word, size - 4, 0), ending)
      else for (const first of all) this.#add(numberOf(word, 0, first), ending)
    }
    for (const endings of this.#words.values()) endings.sort((a, b) => b.word.length - a.word.length)
  }

  #add(number: number, ending: Ending<Kind>) {
    const { word } = ending
    const size = word.length
    const before = size < 6 ? -1 : bitOf(word.charCodeAt(size - 6), word.charCodeAt(size - 5))
    const earlier = size < 7 ? -1 : bitOf(word.charCodeAt(size - 7), 0)
    this.#any[number] = 1
    this.#before[number] = (this.#before[number] ?? 0) | before
    this.#earlier[number] = (this.#earlier[number] ?? 0) | earlier
    const known = this.#words.get(number)
    if (known) known.push(ending)
    else this.#words.set(number, [ending])
  }

  /** The first place from there on at which a word may end, or the end of the bytes. */
  next(bytes: Uint8Array, from: number): number {
    const letterOf = this.#letterOf
    const any = this.#any
    const before = this.#before
    const earlier = this.#earlier
    const size = bytes.length
    let number = this.#numberBefore(bytes, from)
    for (let at = from; at < size; at++) {
      number = ((number << PUSHED) ^ (letterOf[bytes[at] ?? 0] ?? 0)) & NUMBERS
      if (any[number] === 0) continue
      // Words this close to the beginning are too few to be told apart.
      if (at < 6) return at
      const pair = bitOf(letterOf[bytes[at - 5] ?? 0] ?? 0, letterOf[bytes[at - 4] ?? 0] ?? 0)
      if (((before[number] ?? 0) & pair) === 0) continue
      if (((earlier[number] ?? 0) & bitOf(letterOf[bytes[at - 6] ?? 0] ?? 0, 0)) !== 0) return at
    }
    return size
  }

  /** The words whose last letter stands at a place, the longest first. */
  at(bytes: Uint8Array, at: number): readonly Ending<Kind>[] {
    const endings = this.#words.get(this.#numberBefore(bytes, at + 1)) ?? []
    const stands = ({ word }: Ending<Kind>) => this.#standsAt(bytes, at + 1 - word.length, word)
    return endings.some(stands) ? endings.filter(stands) : NONE
  }

  #numberBefore(bytes: Uint8Array, at: number): number {
    let number = 0
    for (let back = Math.max(0, at - 4); back < at; back++)
      number = (number << PUSHED) ^ (this.#letterOf[bytes[back] ?? 0] ?? 0)
    return number & NUMBERS
  }

  #standsAt(bytes: Uint8Array, start: number, word: string): boolean {
    if (start < 0) return false
    for (let at = word.length - 1; at >= 0; at--)
      if (this.#letterOf[bytes[start + at] ?? 0] !== word.charCodeAt(at)) return false
    return true
  }
}

function numberOf(word: string, from: number, before: number): number {
  let number = before
  for (let at = from; at < word.length; at++) number = (number << PUSHED) ^ word.charCodeAt(at)
  return number & NUMBERS
}

const bitOf = (first: number, second: number) => 1 << ((first * 7 + second) & 31)
