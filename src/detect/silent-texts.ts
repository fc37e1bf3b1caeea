// Texts in which nothing was found, so that what comes with every call of a conversation – its system prompt, the turns
// before – is read once. A text is known by a hash under a key that lives and dies with this process: no words are kept, and
// nobody outside can look for two texts that are taken for one.
import { hash, randomBytes } from 'node:crypto'

/** Shorter ones are sooner read than hashed. */
export const SHORTEST = 128
const MOST = 4096
const KEY = randomBytes(32).toString('base64')

/** What several readers of one text ask one after the other. */
let last = { text: '', digest: '' }

function digestOf(text: string): string {
  if (last.text !== text) last = { text, digest: hash('sha256', KEY + text, 'base64url') }
  return last.digest
}

export class SilentTexts {
  /** Half of what is known, and the other half, which is forgotten when this one is full: who is met again stays. */
  #young = new Set<string>()
  #old = new Set<string>()

  /** In UTF-8 all halves of characters are one, so a text that holds some is known by no hash. */
  static takes(text: string): boolean {
    return text.length >= SHORTEST && text.isWellFormed()
  }

  has(text: string): boolean {
    const digest = digestOf(text)
    if (this.#young.has(digest)) return true
    if (!this.#old.has(digest)) return false
    this.#keep(digest)
    return true
  }

  add(text: string): void {
    this.#keep(digestOf(text))
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
