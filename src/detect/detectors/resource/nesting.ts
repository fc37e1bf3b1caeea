// Structures nested deeper than parsers can follow: brackets of JSON and of formulas, elements, quotations, lists,
// indented keys, environments of LaTeX. One pass counts them all, without parsing any.
import { defineResourceGauge, type Gauge, type Passed } from './define-resource.ts'
import { Depths } from './depths.ts'
import { Elements } from './elements.ts'
import type { ResourceLimits } from './limits.ts'

const indented = (depth: number): string => Array.from({ length: depth }, (_, i) => `${' '.repeat(i)}k:`).join('\n')

export const nesting = (limits: ResourceLimits) =>
  defineResourceGauge({
    id: 'nesting',
    title: 'Nested deeper than parsers can follow',
    severity: 'medium',
    least: limits.depth,
    open: () => new NestingGauge(limits.depth),
    examples: {
      hit: [
        `{"a":${'['.repeat(limits.depth + 1)}1${']'.repeat(limits.depth + 1)}}`,
        '{"a":'.repeat(limits.depth + 2),
        '["]",'.repeat(limits.depth + 2),
        '<div><b class="x">'.repeat(limits.depth),
        `${'<x>\n  '.repeat(limits.depth + 2)}${'</x>'.repeat(limits.depth + 2)}`,
        `${'> '.repeat(limits.depth + 1)}said who?`,
        `${'- '.repeat(limits.depth + 1)}item`,
        `\\frac${'{\\sqrt'.repeat(limits.depth + 1)}`,
        '\\begin{center}\n'.repeat(limits.depth + 1),
        indented(limits.depth + 2),
      ],
      miss: [
        'A sad day :( '.repeat(limits.depth * 2),
        '1) one 2) two 3) three (and so on)',
        'Map<string, Array<number>> of <b>bold</b> words<br>'.repeat(limits.depth),
        '<ul><li>one<li>two</ul><p>a<p>b'.repeat(limits.depth),
        '<tr><td>1<td>2\n'.repeat(limits.depth * 2),
        `{"list": [${'{"a": [1, 2], "b": {"c": "]["}}, '.repeat(limits.depth)}]}`,
        '> quoted\n> > twice\n'.repeat(limits.depth),
        '---\n- - -\n'.repeat(limits.depth),
        'a:\n  b:\n    c: 1\n'.repeat(limits.depth),
      ],
    },
  })

const ROUND = 1
const LONGEST_STRING = 1000
const [QUOTE, BACKSLASH, COLON, SEMICOLON, MINUS, APOSTROPHE] = [34, 92, 58, 59, 45, 39]
/** Unit → sort of bracket, plus one. */
const OPENS = Uint8Array.from({ length: 128 }, (_, unit) => '([{'.indexOf(String.fromCharCode(unit)) + 1)
const CLOSES = Uint8Array.from({ length: 128 }, (_, unit) => ')]}'.indexOf(String.fromCharCode(unit)) + 1)
/** What has no part in any structure. */
const PLAIN = new Uint8Array(65_536).fill(1)
for (const char of '()[]{}"\\<>\n') PLAIN[char.charCodeAt(0)] = 0
const NOTHING = [0, 0] as const

class NestingGauge implements Gauge {
  readonly #brackets: Depths
  readonly #elements: Elements
  readonly #environments: Depths
  readonly #lines: LineStarts
  #offset = 0
  /** The last two characters of what was read before that are no white space. */
  #before: readonly [last: number, previous: number] = [0, 0]
  /** Where a string of JSON began; negative outside. */
  #string = -1
  #escaped = false
  /** Letters behind a backslash. */
  #command: string | undefined

  constructor(limit: number) {
    this.#brackets = new Depths(limit)
    this.#elements = new Elements(limit)
    this.#environments = new Depths(limit)
    this.#lines = new LineStarts(limit)
  }

  read(units: Uint16Array, from: number, to: number): void {
    let isQuiet = this.#isQuiet
    for (let i = from; i < to; i++) {
      const unit = units[i] ?? 0
      if (isQuiet && PLAIN[unit] === 1) continue
      this.#look(unit, this.#offset + i - from, units, from, i)
      isQuiet = this.#isQuiet
    }
    this.#before = this.#lastTwo(units, from, to)
    this.#offset += to - from
  }

  /** The last two characters before `at` that are no white space. */
  #lastTwo(units: Uint16Array, from: number, at: number): readonly [last: number, previous: number] {
    const found: number[] = []
    for (let i = at - 1; i >= from && found.length < 2; i--) if ((units[i] ?? 0) > 32) found.push(units[i] ?? 0)
    const [last = this.#before[0], previous = found.length === 0 ? this.#before[1] : this.#before[0]] = found
    return [last, previous]
  }

  passed(): Passed[] {
    const over: Passed[] = []
    const tell = (reached: boolean, kind: string, what: string) => {
      if (reached) over.push({ kind, confidence: 0.9, note: `${what} nested too deeply` })
    }
    tell(this.#brackets.reached, 'nested-brackets', 'Brackets')
    tell(this.#elements.depths.reached, 'nested-elements', 'Elements')
    tell(this.#environments.reached, 'nested-environments', 'Environments of LaTeX')
    tell(this.#lines.reached, 'nested-lines', 'Quotations, lists or keys')
    return over
  }

  /** Until something of structure comes, letters change nothing. */
  get #isQuiet(): boolean {
    return this.#string < 0 && this.#command === undefined && this.#lines.isQuiet && this.#elements.isQuiet
  }

  #look(unit: number, at: number, units: Uint16Array, from: number, i: number): void {
    this.#lines.read(unit, at)
    if (this.#string >= 0) return this.#inString(unit, at)
    if (this.#elements.read(unit, at)) return
    if (this.#command !== undefined) this.#inCommand(unit, at)
    if (OPENS[unit] === ROUND || unit === QUOTE) this.#structure(unit, at, this.#lastTwo(units, from, i))
    else if (unit < 128 && PLAIN[unit] === 0) this.#structure(unit, at, NOTHING)
  }

  #structure(unit: number, at: number, before: readonly [last: number, previous: number]): void {
    const opens = OPENS[unit] ?? 0
    const closes = CLOSES[unit] ?? 0
    if (opens > 0) {
      if (opens !== ROUND || !isFace(before)) this.#brackets.open(opens, at)
    } else if (closes > 0) this.#brackets.close(closes)
    else if (unit === BACKSLASH) this.#command = ''
    else if (unit === QUOTE && isBeforeString(before[0])) this.#string = at
  }

  #inString(unit: number, at: number): void {
    if (this.#escaped) this.#escaped = false
    else if (unit === BACKSLASH) this.#escaped = true
    else if (unit === QUOTE || unit === 10 || at - this.#string > LONGEST_STRING) this.#string = -1
  }

  #inCommand(unit: number, at: number): void {
    const command = this.#command ?? ''
    if (unit >= 97 && unit <= 122 && command.length < 6) this.#command = command + String.fromCharCode(unit)
    else {
      if (command === 'begin') this.#environments.open(0, at)
      else if (command === 'end') this.#environments.drop()
      this.#command = undefined
    }
  }
}

/** `:(` and its kin. */
function isFace([last, previous]: readonly [last: number, previous: number]): boolean {
  const eyes = last === MINUS || last === APOSTROPHE ? previous : last
  return eyes === COLON || eyes === SEMICOLON
}

function isBeforeString(unit: number): boolean {
  return unit === 44 || unit === COLON || unit === 91 || unit === 123
}

/** Marks of quotation and lists at the start of a line, and lines indented ever deeper. */
class LineStarts {
  readonly #limit: number
  /** How far each line is indented that holds the present one. */
  readonly #indents: Depths
  #markers = 0
  #indent = 0
  #before = 32
  #isStart = true
  #isBlank = true
  reached = false

  /** Nothing but the end of the line changes anything. */
  get isQuiet(): boolean {
    return !this.#isStart
  }

  constructor(limit: number) {
    this.#limit = limit
    this.#indents = new Depths(limit)
  }

  read(unit: number, at: number): void {
    if (unit === 10) {
      this.#isStart = true
      this.#isBlank = true
      this.#markers = 0
      this.#indent = 0
      this.#before = 32
      return
    }
    if (!this.#isStart) return
    if (unit === 32 || unit === 9) this.#indent++
    else {
      if (this.#isBlank) this.#step(at)
      this.#isBlank = false
      const isItem = (unit === MINUS || unit === 42 || unit === 43) && this.#before === 32
      if (unit === 62 || isItem) this.#markers++
      else this.#isStart = false
      if (this.#markers > this.#limit) this.reached = true
    }
    this.#before = unit
  }

  #step(at: number): void {
    while (this.#indents.top >= this.#indent) this.#indents.drop()
    this.#indents.open(this.#indent, at)
    if (this.#indents.reached) this.reached = true
  }
}
