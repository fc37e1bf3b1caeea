// Takes what was found out of a text: masked, named, hashed with a key, or replaced by a token that can be turned back.
// Invariant: a text redacted in pieces equals the text redacted whole, and nothing that a finding covers is let through.
import { createHmac } from 'node:crypto'
import { Failure } from '../lib/failure.ts'
import type { Finding } from '../model/finding.ts'
import type { Scanner } from './scanner.ts'

/** What to put in place of a value that was found. */
export interface Redactor {
  replace(value: string, finding: Finding): string
}

/** Stars; of numbers that people know by their end, the last four stay. The length is not told. */
export const masked: Redactor = {
  replace(value, { kind }) {
    const digits = value.replaceAll(/\D/g, '')
    const showsEnd = (kind === 'card' || kind === 'iban' || kind === 'phone') && digits.length >= 9
    return showsEnd ? `****${digits.slice(-4)}` : '********'
  },
}

/** The kind in brackets, or what the detector suggests. */
export const labelled: Redactor = {
  replace: (_value, { kind, redaction }) => redaction ?? `[${kind}]`,
}

const SHORTEST_KEY = 16

/** The same value gives the same word under the same key; without the key nobody can try values out. */
export function hashed(key: Uint8Array): Redactor {
  if (key.length < SHORTEST_KEY) {
    throw new Failure('input_invalid', 'the key for hashed redaction is too short', {
      hint: `give at least ${SHORTEST_KEY} random bytes`,
    })
  }
  return {
    replace(value, { kind }) {
      const digest = createHmac('sha256', key)
        .update(`${kind}\0${sameness(kind, value)}`)
        .digest('hex')
      return `[${kind}:${digest.slice(0, 16)}]`
    },
  }
}

/** What two spellings of one value have in common. */
export function sameness(kind: string, value: string): string {
  if (kind === 'email') return value.toLowerCase()
  const bare = value.replaceAll(/[\s().\-/]/g, '')
  return /^\+?\d+$/.test(bare) || kind === 'iban' ? bare.toUpperCase() : value.normalize('NFC')
}

/** The whole text at once. Findings may overlap and come in any order; a scan that was truncated must not come here. */
export function redact(text: string, findings: readonly Finding[], redactor: Redactor): string {
  const cutter = new Cutter(redactor)
  return cutter.cut(text, 0, findings, text.length) + cutter.rest(text, 0, text.length)
}

/** A text in pieces: each push gives what is certain, redacted. `wants` picks the findings that are taken out. */
export class RedactingStream {
  readonly findings: Finding[] = []
  readonly #scanner: Scanner
  readonly #cutter: Cutter
  readonly #wants: (finding: Finding) => boolean
  #text = ''
  #base = 0
  #waiting: Finding[] = []

  constructor(scanner: Scanner, redactor: Redactor, wants: (finding: Finding) => boolean = () => true) {
    this.#scanner = scanner
    this.#cutter = new Cutter(redactor)
    this.#wants = wants
  }

  push(chunk: string): string {
    this.#text += chunk
    const { findings, safe } = this.#scanner.push(chunk)
    return this.#give(findings, safe)
  }

  end(): string {
    const { findings, safe } = this.#scanner.end()
    return this.#give(findings, safe)
  }

  #give(findings: readonly Finding[], safe: number): string {
    if (this.#scanner.truncated.length > 0) {
      throw new Failure('too_large', 'more was found in the text than can be taken out of it', {
        hint: 'cut the text into smaller parts',
      })
    }
    this.findings.push(...findings)
    this.#waiting.push(...findings.filter((finding) => this.#wants(finding)))
    const due = this.#waiting.filter(({ start }) => start < safe)
    this.#waiting = this.#waiting.filter(({ start }) => start >= safe)
    const given = this.#cutter.cut(this.#text, this.#base, due, safe) + this.#cutter.rest(this.#text, this.#base, safe)
    const keep = Math.max(this.#base, Math.min(safe, this.#base + this.#text.length))
    this.#text = this.#text.slice(keep - this.#base)
    this.#base = keep
    return given
  }
}

/** Goes through a text once, from left to right. A finding that begins inside one already cut loses its beginning. */
class Cutter {
  readonly #redactor: Redactor
  #at = 0

  constructor(redactor: Redactor) {
    this.#redactor = redactor
  }

  cut(text: string, base: number, findings: readonly Finding[], until: number): string {
    let out = ''
    const ordered = findings.toSorted((a, b) => a.start - b.start || b.confidence - a.confidence || b.end - a.end)
    for (const finding of ordered) {
      const from = Math.max(this.#at, finding.start)
      if (finding.end <= from) continue
      out += this.rest(text, base, Math.min(finding.start, until))
      out += this.#redactor.replace(text.slice(from - base, finding.end - base), finding)
      this.#at = finding.end
    }
    return out
  }

  rest(text: string, base: number, until: number): string {
    if (until <= this.#at) return ''
    const plain = text.slice(this.#at - base, until - base)
    this.#at = until
    return plain
  }
}
