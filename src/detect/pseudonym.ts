// Reversible redaction: within a session one value has one token, and tokens in the answer turn back into the values.
// The model works with `[EMAIL_1_x7k2p9]` and never sees the address. A token carries a word drawn for its session, so
// that nobody outside can write one down; and one that stands in an address of the web stays a token, because an answer
// that was talked into `https://…?q=[EMAIL_1_…]` would otherwise carry the value out.
import type { Finding } from '../model/finding.ts'
import { type Redactor, sameness } from './redact.ts'

const MOST_VALUES = 10_000
const ALPHABET = 'abcdefghijkmnpqrstuvwxyz23456789'
const WORD_LENGTH = 6
/** `[KIND_number_word]` */
const LONGEST_TOKEN = 64

export class Pseudonyms implements Redactor {
  readonly #tokens = new Map<string, string>()
  readonly #values = new Map<string, string>()
  readonly #counts = new Map<string, number>()
  readonly #word: string
  readonly #most: number

  /** `random`: as many random bytes as are asked for. */
  constructor(random: (bytes: number) => Uint8Array, most = MOST_VALUES) {
    this.#word = Array.from(random(WORD_LENGTH), (byte) => ALPHABET[byte % ALPHABET.length]).join('')
    this.#most = most
  }

  get size(): number {
    return this.#values.size
  }

  /** Once a session knows too many values, new ones are named and stay lost. */
  replace(value: string, { kind }: Pick<Finding, 'kind'>): string {
    const key = `${kind}\0${sameness(kind, value)}`
    const known = this.#tokens.get(key)
    if (known !== undefined) return known
    const name = kind
      .toUpperCase()
      .replaceAll(/[^A-Z0-9]/g, '-')
      .slice(0, 32)
    if (this.#values.size >= this.#most) return `[${name}]`
    const count = (this.#counts.get(name) ?? 0) + 1
    this.#counts.set(name, count)
    const token = `[${name}_${count}_${this.#word}]`
    this.#tokens.set(key, token)
    this.#values.set(token, value)
    return token
  }

  restore(text: string): string {
    const restoring = this.restoring()
    return restoring.push(text) + restoring.end()
  }

  /** For an answer that arrives in pieces; only the beginning of a token is ever held back. */
  restoring(): Restoring {
    return new Restoring((token) => this.#values.get(token))
  }
}

const TOKEN = /^\[[A-Z0-9-]{1,32}_\d{1,6}_[a-z2-9]{6}\]/
const TOKEN_BEGINNING = /^\[(?:[A-Z0-9-]{0,32}|[A-Z0-9-]{1,32}_(?:\d{0,6}|\d{1,6}_[a-z2-9]{0,6}))$/

export class Restoring {
  readonly #valueOf: (token: string) => string | undefined
  #held = ''
  /** The last characters before what is held, as far as they may tell that an address of the web is being written. */
  #tail = ''
  #inAddress = false

  constructor(valueOf: (token: string) => string | undefined) {
    this.#valueOf = valueOf
  }

  push(chunk: string): string {
    return this.#advance(this.#held + chunk, false)
  }

  end(): string {
    return this.#advance(this.#held, true)
  }

  #advance(text: string, last: boolean): string {
    let out = ''
    let at = 0
    for (let open = text.indexOf('['); open >= 0; open = text.indexOf('[', at)) {
      out += this.#plain(text.slice(at, open))
      at = open
      const rest = text.slice(open, open + LONGEST_TOKEN)
      const token = TOKEN.exec(rest)?.[0]
      if (token === undefined) {
        if (!last && TOKEN_BEGINNING.test(rest)) break
        out += this.#plain('[')
        at = open + 1
        continue
      }
      const value = this.#inAddress ? undefined : this.#valueOf(token)
      out += value ?? token
      if (value === undefined) this.#plain(token)
      else this.#tail = ''
      at = open + token.length
    }
    const holds = text.startsWith('[', at) && !last && TOKEN_BEGINNING.test(text.slice(at, at + LONGEST_TOKEN))
    if (!holds) out += this.#plain(text.slice(at))
    this.#held = holds ? text.slice(at) : ''
    return out
  }

  /** White space, quotes and angle brackets end an address. */
  #plain(text: string): string {
    if (text === '') return text
    const seen = this.#tail + text
    const end = Math.max(...[' ', '\n', '\t', '\r', '"', "'", '<', '>', '`'].map((char) => seen.lastIndexOf(char)))
    if (end >= this.#tail.length) this.#inAddress = false
    const run = seen.slice(end + 1)
    if (run.includes('://') || run.includes('](//')) this.#inAddress = true
    this.#tail = run.slice(-4)
    return text
  }
}
