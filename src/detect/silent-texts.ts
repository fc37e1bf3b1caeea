// Texts in which nothing was found, so that what comes with every call of a conversation – its system prompt, the turns
// before – is read once. A text is known by a digest that the caller makes: no words are kept.

/** Shorter ones are sooner read than hashed. */
export const SHORTEST = 128
const MOST = 4096

/** Equal for equal texts alone, as far as anybody can bring about: under a key, as it decides what is not read again. */
export type Digest = (text: string) => string

export class SilentTexts {
  readonly #digest: Digest
  /** Half of what is known, and the other half, which is forgotten when this one is full: who is met again stays. */
  #young = new Set<string>()
  #old = new Set<string>()

  constructor(digest: Digest) {
    this.#digest = digest
  }

  /** In UTF-8 all halves of characters are one, so a text that holds some is known by no hash. */
  static takes(text: string): boolean {
    return text.length >= SHORTEST && text.isWellFormed()
  }

  has(text: string): boolean {
    const digest = this.#digest(text)
    if (this.#young.has(digest)) return true
    if (!this.#old.has(digest)) return false
    this.#keep(digest)
    return true
  }

  add(text: string): void {
    this.#keep(this.#digest(text))
  }

  get size(): number {
    return this.#young.size + this.#old.size
  }

  #keep(digest: string): void {
    if (this.#young.size >= MOST / 2) {
      this.#old = this.#young
      this.#young = new Set()
    }
    this.#young.add(digest)
  }
}
