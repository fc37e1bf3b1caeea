// Does the answer repeat the protected prompt? Letters and digits alone are compared, in lower case, so that other
// spacing, punctuation or markup hides nothing; base64 in the answer is opened and compared as well. Whoever holds the
// prompt makes one detector of it: the prompt itself is not kept, only hashes of its stretches.
import { defineDetector, type Match, type Reader, type Reading } from '../../define.ts'
import type { Tape } from '../../text.ts'

/** So many letters and digits in the same order are no chance and no figure of speech: six or seven words. */
const STRETCH = 40
const SURE = 90
/** White space and signs between two letters of a stretch; more of them break it. */
const MOST_GAP = 64
const LONGEST_RUN = 4096
const SHORTEST_CODE = 56
const LONGEST_CODE = 8192
const FACTORS = [0x01000193, 0x5bd1e995] as const
const POWERS = FACTORS.map((factor) => {
  let power = 1
  for (let i = 1; i < STRETCH; i++) power = Math.imul(power, factor)
  return power
})

/** So many letters of the prompt in a row must have been said before anything is held back for what may follow. */
const OPENING = 8

interface Stretches {
  /** First hash → second: together 64 bits, so that no other text is taken for the prompt's. */
  whole: ReadonlyMap<number, number>
  /** Hashes of `OPENING` letters. */
  openings: ReadonlySet<number>
}

export function promptLeakage(protectedPrompt: string): Reader {
  const stretches = toStretches(protectedPrompt)
  return defineDetector<Reader>({
    id: 'prompt-leakage',
    control: 'sensitive-output-handling',
    family: 'output',
    title: 'The protected prompt, repeated',
    severity: 'high',
    roles: ['assistant'],
    reach: { before: LONGEST_CODE + MOST_GAP, after: LONGEST_CODE },
    open: () => new Leak(stretches),
    examples: {
      hit: [{ role: 'assistant', text: protectedPrompt.toUpperCase() }],
      miss: [{ role: 'assistant', text: 'I cannot share how I was set up.' }],
    },
  })
}

/** Shorter prompts have no stretch to compare, and so nothing is found. */
export function isLongEnough(protectedPrompt: string): boolean {
  return toStretches(protectedPrompt).whole.size > 0
}

function toStretches(text: string): Stretches {
  const whole = new Map<number, number>()
  const openings = new Set<number>()
  const window = new Window()
  for (let i = 0; i < text.length; i++) {
    const unit = normal(text.charCodeAt(i))
    if (unit === 0) continue
    if (window.add(unit, i)) whole.set(window.first, window.second)
    if (window.count >= OPENING) openings.add(window.opening)
  }
  return { whole, openings }
}

/** Lower-case letter or digit, or 0. Other scripts count as they are. */
function normal(unit: number): number {
  if (unit >= 65 && unit <= 90) return unit + 32
  if ((unit >= 97 && unit <= 122) || (unit >= 48 && unit <= 57)) return unit
  return unit > 191 && (unit < 0x2000 || unit > 0x206f) ? unit : 0
}

/** The last letters and digits, their places, and two rolling hashes over them. */
class Window {
  first = 0
  second = 0
  count = 0
  readonly #units = new Uint16Array(STRETCH)
  readonly #places = new Float64Array(STRETCH)

  /** True once a whole stretch is in it. */
  add(unit: number, place: number): boolean {
    const slot = this.count % STRETCH
    const old = this.count >= STRETCH ? (this.#units[slot] ?? 0) : 0
    this.first = (Math.imul((this.first - Math.imul(old, POWERS[0] ?? 0)) | 0, FACTORS[0]) + unit) | 0
    this.second = (Math.imul((this.second - Math.imul(old, POWERS[1] ?? 0)) | 0, FACTORS[1]) + unit) | 0
    this.#units[slot] = unit
    this.#places[slot] = place
    this.count++
    return this.count >= STRETCH
  }

  /** Of the last letters alone. */
  get opening(): number {
    let hash = 0
    for (let back = OPENING; back > 0; back--)
      hash = (Math.imul(hash, FACTORS[0]) + (this.#units[(this.count - back) % STRETCH] ?? 0)) | 0
    return hash
  }

  /** Where the letter stands that is so many before the next one. */
  placeOf(back: number): number {
    return this.#places[(this.count - back) % STRETCH] ?? 0
  }

  /** Where the oldest letter in it stands. */
  get from(): number {
    return this.#places[this.count >= STRETCH ? this.count % STRETCH : 0] ?? 0
  }

  clear(): void {
    this.first = this.second = this.count = 0
  }
}

class Leak implements Reading {
  readonly #stretches: Stretches
  readonly #window = new Window()
  #at = 0
  #gap = 0
  /** So many letters in a row end what the prompt says as well. */
  #alike = 0
  /** The part of the text that repeats the prompt, and how many letters of it. */
  #run: { start: number; end: number; letters: number } | undefined
  #code = ''
  #codeStart = 0

  constructor(stretches: Stretches) {
    this.#stretches = stretches
  }

  read({ string, units, fresh, isWhole }: Tape): readonly Match[] {
    const found: Match[] = []
    for (let i = fresh; i < string.length; i++, this.#at++) {
      const unit = units[i] ?? 0
      this.#letter(unit, found)
      this.#base64(unit, found)
    }
    if (isWhole) {
      this.#closeRun(found)
      this.#closeCode(found)
    }
    return found
  }

  settled(): number {
    const letters = Math.min(this.#window.count, this.#alike + OPENING - 1, STRETCH)
    const from = letters > 0 ? this.#window.placeOf(letters) : this.#at
    return Math.min(this.#run?.start ?? from, from, this.#code === '' ? this.#at : this.#codeStart)
  }

  #letter(raw: number, found: Match[]): void {
    const unit = normal(raw)
    if (unit === 0) {
      if (++this.#gap > MOST_GAP) {
        this.#closeRun(found)
        this.#window.clear()
      }
      return
    }
    this.#gap = 0
    const whole = this.#window.add(unit, this.#at)
    const isAlike = this.#window.count >= OPENING && this.#stretches.openings.has(this.#window.opening)
    this.#alike = isAlike ? this.#alike + 1 : 0
    if (!whole) return
    const repeats = this.#stretches.whole.get(this.#window.first) === this.#window.second
    if (!repeats) return this.#closeRun(found)
    if (this.#run) {
      this.#run.end = this.#at + 1
      this.#run.letters++
    } else this.#run = { start: this.#window.from, end: this.#at + 1, letters: STRETCH }
    if (this.#run.end - this.#run.start < LONGEST_RUN) return
    this.#closeRun(found)
    this.#window.clear()
  }

  #closeRun(found: Match[]): void {
    const run = this.#run
    if (!run) return
    this.#run = undefined
    const confidence = run.letters >= SURE ? 0.95 : 0.7
    found.push({
      start: run.start,
      end: run.end,
      confidence,
      note: 'Repeats the protected prompt',
      redaction: '[withheld]',
    })
  }

  #base64(unit: number, found: Match[]): void {
    if (isBase64(unit) && this.#code.length < LONGEST_CODE) {
      if (this.#code === '') this.#codeStart = this.#at
      this.#code += String.fromCharCode(unit)
    } else if (this.#code !== '') {
      this.#closeCode(found)
    }
  }

  #closeCode(found: Match[]): void {
    const code = this.#code
    this.#code = ''
    if (code.length < SHORTEST_CODE) return
    const text = Buffer.from(code, 'base64').toString('utf8')
    const inside = new Leak(this.#stretches)
    const hits = [...inside.#plain(text)]
    if (hits.length === 0) return
    const start = this.#codeStart
    found.push({
      start,
      end: start + code.length,
      confidence: 0.95,
      note: 'Repeats the protected prompt in base64',
      redaction: '[withheld]',
    })
  }

  /** One level deep: what is decoded is compared, not decoded again. */
  #plain(text: string): Match[] {
    const found: Match[] = []
    for (let i = 0; i < text.length; i++, this.#at++) this.#letter(text.charCodeAt(i), found)
    this.#closeRun(found)
    return found
  }
}

function isBase64(unit: number): boolean {
  return (
    (unit >= 97 && unit <= 122) ||
    (unit >= 65 && unit <= 90) ||
    (unit >= 48 && unit <= 57) ||
    unit === 43 ||
    unit === 47 ||
    unit === 45 ||
    unit === 95
  )
}
