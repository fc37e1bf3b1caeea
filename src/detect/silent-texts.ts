// Texts in which nothing was found, so that what comes with every call of a conversation – its system prompt, the turns
// before – is read once. A text is known by a digest that the caller makes: no words are kept. One memory serves all who
// read a text, one after the other: it is looked up for the first of them.

/** Shorter ones are sooner read than hashed. */
export const SHORTEST = 128
const MOST = 8192
/** Of those who read one text; who is gone is among them until others come. */
const MOST_READERS = 16

/** Equal for equal texts alone, as far as anybody can bring about, as it decides what is not read again. */
export type Digest = (text: string) => string

let readers = 0

/** For whoever reads texts always in the same way. */
export const nextReader = (): number => ++readers

export class SilentTexts {
  readonly #digest: Digest
  /** Who found nothing. Half of what is known, and the other half, which is forgotten when this one is full: who is met again stays. */
  #young = new Map<string, number[]>()
  #old = new Map<string, number[]>()
  /** The text that is read at the moment, and who found nothing in it. */
  #text = ''
  #known: number[] = []

  constructor(digest: Digest) {
    this.#digest = digest
  }

  /** In UTF-8 all halves of characters are one, so a text that holds some is known by no hash. */
  static takes(text: string): boolean {
    return text.length >= SHORTEST && text.isWellFormed()
  }

  has(text: string, reader: number): boolean {
    return this.#of(text).includes(reader)
  }

  add(text: string, reader: number): void {
    const known = this.#of(text)
    if (known.length === 0) this.#keep(this.#digest(text), known)
    else if (known.length >= MOST_READERS) known.shift()
    if (!known.includes(reader)) known.push(reader)
  }

  get size(): number {
    return this.#young.size + this.#old.size
  }

  #of(text: string): number[] {
    if (this.#text === text) return this.#known
    const known = this.#lookUp(this.#digest(text)) ?? []
    this.#text = text
    this.#known = known
    return known
  }

  #lookUp(digest: string): number[] | undefined {
    const known = this.#young.get(digest)
    if (known !== undefined) return known
    const old = this.#old.get(digest)
    if (old !== undefined) this.#keep(digest, old)
    return old
  }

  #keep(digest: string, known: number[]): void {
    if (this.#young.size >= MOST / 2) {
      this.#old = this.#young
      this.#young = new Map()
    }
    this.#young.set(digest, known)
  }
}
