// The key of an upstream, should what it says quote it: an echo of the request, a page for debugging, a model that was told
// its headers. It is looked for as it stands, as JSON and addresses spell it, in hexadecimal, and in base64 wherever it begins.
// No policy switches this off: whose key it is, is not whose answer it is.
import type { Cut, Watch, Watched } from '../guard.ts'

const PUT = '[key]'
/** Whoever needs none is given a word such as `ollama`, which messages say for other reasons. */
const SHORTEST = 8
/** An answer may say more words than an error: what is looked for there looks like a key. */
const TELLING = /^(?=.*\d)(?=.*[A-Za-z]).{16,}$/s
/** So many letters of it say nothing yet, and are no reason to hold a stream back; they go out wherever it is found. */
const HEAD = 3

export class QuotedKey {
  readonly #quotes: readonly string[]
  readonly #forms: readonly string[]
  readonly #begins: RegExp

  constructor(key = '') {
    // A key of several parts is a secret in each of them.
    const parts = [...new Set([key, ...key.split(':')])].filter(({ length }) => length >= SHORTEST)
    this.#quotes = formsOf(parts)
    this.#forms = formsOf(parts.filter((part) => TELLING.test(part)))
    this.#begins = new RegExp([...new Set(this.#forms.map(beginning))].join('|'))
  }

  /** Whether answers are read for it. */
  get isTelling(): boolean {
    return this.#forms.length > 0
  }

  without(text: string): string {
    return this.#quotes.reduce((left, quote) => left.replaceAll(quote, PUT), text)
  }

  /** For one text of an answer. */
  open(): Watch {
    return new KeyWatch(this.#forms, this.#begins)
  }
}

/** As a pattern. */
const beginning = (form: string): string => form.slice(0, HEAD + 1).replaceAll(/[^A-Za-z0-9]/g, String.raw`\$&`)

/** Longer ones first, because some hold others. */
function formsOf(parts: readonly string[]): string[] {
  const forms = parts.flatMap((part) => [
    part,
    JSON.stringify(part).slice(1, -1),
    encodeURIComponent(part),
    Buffer.from(part).toString('hex'),
    ...[0, 1, 2].map((shift) => inBase64(part, shift)),
  ])
  return [...new Set(forms)].toSorted((a, b) => b.length - a.length)
}

/** What is the same whatever stands around it: the letters at both ends depend on their neighbours too. */
function inBase64(part: string, shift: number): string {
  const bytes = Buffer.from(`${'\0'.repeat(shift)}${part}`)
  return bytes.toString('base64').slice(Math.ceil((shift * 4) / 3), Math.floor((bytes.length * 4) / 3))
}

const NONE: never[] = []

class KeyWatch implements Watch {
  readonly #forms: readonly string[]
  /** Where none of them may begin but in the last letters: so is nearly every piece of a stream, and this takes a moment. */
  readonly #begins: RegExp
  /** What may still be the beginning of one of them, and where it begins. */
  #held = ''
  #base = 0

  constructor(forms: readonly string[], begins: RegExp) {
    this.#forms = forms
    this.#begins = begins
  }

  push(piece: string): Watched {
    const text = this.#held + piece
    if (!this.#begins.test(text)) {
      this.#base += Math.max(0, text.length - HEAD)
      this.#held = text.slice(-HEAD)
      return { safe: this.#base + this.#held.length, findings: NONE, cuts: NONE }
    }
    const cuts = this.#cutsIn(text, this.#base)
    const from = this.#openFrom(text, (cuts.at(-1)?.end ?? 0) - this.#base)
    const isOpen = text.length - from > HEAD
    this.#held = text.slice(from)
    this.#base += from
    return { safe: this.#base + (isOpen ? HEAD : this.#held.length), findings: [], cuts }
  }

  end(): Watched {
    return { safe: this.#base + this.#held.length, findings: [], cuts: [] }
  }

  whole(text: string): Watched {
    return { safe: text.length, findings: [], cuts: this.#cutsIn(text, 0) }
  }

  #cutsIn(text: string, base: number): Cut[] {
    const cuts: Cut[] = []
    for (const form of this.#forms)
      for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + form.length)) {
        const [start, end] = [base + at + HEAD, base + at + form.length]
        if (!cuts.some((cut) => start < cut.end && cut.start < end)) cuts.push({ start, end, put: PUT })
      }
    return cuts.toSorted((a, b) => a.start - b.start)
  }

  /** Where the first of them begins that the text breaks off in. */
  #openFrom(text: string, least: number): number {
    let from = text.length
    for (const form of this.#forms) {
      const first = form[0] ?? ''
      const start = Math.max(least, text.length - form.length + 1, 0)
      for (let at = text.indexOf(first, start); at >= 0 && at < from; at = text.indexOf(first, at + 1))
        if (form.startsWith(text.slice(at))) from = at
    }
    return from
  }
}
