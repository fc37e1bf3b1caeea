// Reversible redaction: within a session one value has one token, and tokens in the answer turn back into the values.
// The model works with `[EMAIL_x7k2p9w4ab]` and never sees the address. A token carries a word that nobody outside can
// write down; and one that stands in an address of the web stays a token, because an answer that was talked into
// `https://…?q=[EMAIL_…]` would otherwise carry the value out.
import { createHmac } from 'node:crypto'
import type { Finding } from '../model/finding.ts'
import { type Redactor, sameness } from './redact.ts'

const MOST_VALUES = 10_000
const ALPHABET = 'abcdefghijkmnpqrstuvwxyz23456789'
const [DRAWN_LENGTH, KEYED_LENGTH] = [6, 10]
const LONGEST_TOKEN = 64

/** How a token ends that is the `count`th of its kind; `attempt` counts up while another value has the same token. */
export type Naming = (key: string, count: number, attempt: number) => string

/** Numbers, with a word drawn for the session. `random`: as many random bytes as are asked for. */
export function drawn(random: (bytes: number) => Uint8Array): Naming {
  const word = wordOf(random(DRAWN_LENGTH))
  return (_key, count) => `${count}_${word}`
}

/** The same value has the same token in every session with this secret, so that a conversation reads the same each time. */
export function keyed(secret: Uint8Array): Naming {
  return (key, _count, attempt) =>
    wordOf(createHmac('sha256', secret).update(`${attempt}\0${key}`).digest().subarray(0, KEYED_LENGTH))
}

function wordOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => ALPHABET[byte % ALPHABET.length]).join('')
}

export class Pseudonyms implements Redactor {
  readonly #tokens = new Map<string, string>()
  readonly #values = new Map<string, string>()
  readonly #counts = new Map<string, number>()
  readonly #naming: Naming
  readonly #most: number

  constructor(naming: Naming, most = MOST_VALUES) {
    this.#naming = naming
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
    let token: string
    let attempt = 0
    do token = `[${name}_${this.#naming(key, count, attempt++)}]`
    while (this.#values.has(token))
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
    return new Restoring(this.finding())
  }

  /** The same for a caller who wants to know the places. */
  finding(): TokenFinder {
    return new TokenFinder((token) => this.#values.get(token))
  }
}

const TOKEN = /^\[[A-Z0-9-]{1,32}_(?:\d{1,6}_[a-z2-9]{6}|[a-z2-9]{10})\]/
const TOKEN_BEGINNING = /^\[(?:[A-Z0-9-]{0,32}|[A-Z0-9-]{1,32}_(?:\d{0,6}|\d{1,6}_[a-z2-9]{0,6}|[a-z2-9]{0,10}))$/

/** A token and its value. Offsets count from the start of the text. */
export interface Found {
  start: number
  end: number
  value: string
}

/** Where tokens stand that may turn back. Before `safe` nothing more is found. */
export class TokenFinder {
  readonly #valueOf: (token: string) => string | undefined
  readonly #surroundings = new Surroundings()
  #held = ''
  #base = 0

  constructor(valueOf: (token: string) => string | undefined) {
    this.#valueOf = valueOf
  }

  push(chunk: string): { found: Found[]; safe: number } {
    return this.#advance(this.#held + chunk, false)
  }

  end(): { found: Found[]; safe: number } {
    return this.#advance(this.#held, true)
  }

  #advance(text: string, last: boolean): { found: Found[]; safe: number } {
    const found: Found[] = []
    let at = 0
    for (let open = text.indexOf('['); open >= 0; open = text.indexOf('[', at)) {
      this.#surroundings.read(text.slice(at, open))
      at = open
      const rest = text.slice(open, open + LONGEST_TOKEN)
      const token = TOKEN.exec(rest)?.[0]
      if (token === undefined && !last && TOKEN_BEGINNING.test(rest)) break
      const value = token === undefined || this.#surroundings.isAddress ? undefined : this.#valueOf(token)
      const start = this.#base + open
      const end = start + (token?.length ?? 1)
      if (value === undefined) this.#surroundings.read(token ?? '[')
      else found.push({ start, end, value })
      at = end - this.#base
    }
    const holds = text.startsWith('[', at) && !last
    if (!holds) this.#surroundings.read(text.slice(at))
    this.#held = holds ? text.slice(at) : ''
    this.#base += text.length - this.#held.length
    return { found, safe: this.#base }
  }
}

export class Restoring {
  readonly #finder: TokenFinder
  #text = ''
  #base = 0

  constructor(finder: TokenFinder) {
    this.#finder = finder
  }

  push(chunk: string): string {
    this.#text += chunk
    return this.#give(this.#finder.push(chunk))
  }

  end(): string {
    return this.#give(this.#finder.end())
  }

  #give({ found, safe }: { found: readonly Found[]; safe: number }): string {
    let [out, at] = ['', 0]
    for (const { start, end, value } of found) {
      out += this.#text.slice(at, start - this.#base) + value
      at = end - this.#base
    }
    out += this.#text.slice(at, safe - this.#base)
    this.#text = this.#text.slice(safe - this.#base)
    this.#base = safe
    return out
  }
}

const BREAK = /[\s"'<>`]/g
/** Also as a browser reads it: slashes that lean the other way, characters written as entities. */
const ADDRESS = /[\\/]{2}|\bhttps?:|&#|&sol;|&colon;|\]\((?!mailto:|tel:)./i
const LONGEST_RUN = 2048

/**
 * Whether what comes next would be part of an address. White space and quotes end one, unless it began behind a quote or an
 * angle bracket: then only its counterpart does, or an empty line.
 */
class Surroundings {
  /** What stands since the last break. */
  #run = ''
  #break = ''
  #isLong = false
  /** What has to come before the address is over. */
  #closer = ''

  get isAddress(): boolean {
    return this.#closer !== '' || this.#isLong || ADDRESS.test(this.#run)
  }

  read(text: string): void {
    let at = 0
    for (const { 0: char, index } of text.matchAll(BREAK)) {
      this.#extend(text.slice(at, index))
      this.#stop(char)
      at = index + 1
    }
    this.#extend(text.slice(at))
  }

  /** In steps that the text alone decides, or what is seen would depend on how it was cut. */
  #extend(text: string): void {
    if (text !== '' && this.#closer !== '') this.#break = ''
    for (let at = 0; at < text.length && this.#closer === '' && !this.#isLong;) {
      const step = text.slice(at, at + LONGEST_RUN - this.#run.length)
      this.#run += step
      at += step.length
      if (this.#run.length < LONGEST_RUN) return
      this.#isLong = ADDRESS.test(this.#run)
      this.#run = this.#run.slice(-64)
    }
  }

  #stop(char: string): void {
    const closer = this.#break === '<' ? '>' : this.#break
    if (this.#closer !== '') {
      if (char === this.#closer || (char === '\n' && this.#break === '\n')) this.#closer = ''
    } else if (closer !== '' && closer !== char && '"\'>'.includes(closer) && this.isAddress) this.#closer = closer
    this.#break = char
    this.#run = ''
    this.#isLong = false
  }
}
