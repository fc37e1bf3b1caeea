// Letters that stand apart, with the same between them each time: "s k - p r o j", a list of letters in JSON, one letter a
// line. Where two letters stand side by side there is none, so that of ordinary words hardly any is looked at.
import type { Match, Reading } from '../define.ts'
import type { Tape } from '../text.ts'
import { Decoded } from './decoded.ts'
import { SameRuns } from './same-runs.ts'

const NEVER = Number.POSITIVE_INFINITY
const WIDEST_GAP = 4
const FEWEST = 12
const SHORTEST = 2 * FEWEST - 1
/** A longer run is cut: it is looked at anew with each piece of a text. */
const LONGEST = 1024
/** No line of signs is a text. */
const HAS_LETTERS = /^(?:[^0-9A-Za-z]{0,2}[0-9A-Za-z]){6}/

/** What is none of these is neither between letters nor one. */
const SPACE = 1
const LETTER = 2
const SIGN = 3
const KINDS = new Uint8Array(65_536)
for (let unit = 0; unit < 128; unit++) {
  const char = String.fromCharCode(unit)
  KINDS[unit] = /\s/.test(char) ? SPACE : /[0-9A-Za-z]/.test(char) ? LETTER : SIGN
}

interface Run {
  gap: number
  /** Behind its last letter. */
  end: number
}

/** It may go on as a run. */
const OPEN = 'open'

export class SpacedRuns {
  readonly #open: () => Reading
  readonly #same = new SameRuns()
  #at = 0
  #hold = NEVER

  constructor(open: () => Reading) {
    this.#open = open
  }

  read(tape: Tape, found: Match[]): void {
    const { base, string, units, isWhole } = tape
    const end = string.length
    this.#hold = NEVER
    let at = this.#at - base
    /** Up to here it is known that no letters stand side by side. */
    let apart = at
    while (at < end) {
      if (at >= apart) {
        at = nextApart(units, at, end, isWhole)
        apart = at + SHORTEST - 1
      }
      if (at < end && KINDS[units[at] ?? 0] === LETTER && (at === 0 || KINDS[units[at - 1] ?? 0] !== LETTER)) {
        const run = runAt(tape, at)
        if (run === OPEN) {
          this.#hold = base + at
          break
        }
        if (run !== undefined) {
          const from = at
          found.push(...this.#same.at(base + at, string.slice(at, run.end), () => this.#told(tape, from, run)))
          at = run.end
          continue
        }
      }
      at++
    }
    this.#at = base + Math.min(at, end)
    this.#same.forget()
  }

  settled(): number {
    return this.#hold
  }

  /** From where on it wants to find the text again. */
  needs(): number {
    return this.#at - 1
  }

  reset(): void {
    this.#at = 0
    this.#hold = NEVER
  }

  #told({ string, base }: Tape, from: number, { gap, end }: Run): readonly Match[] {
    const decoded = new Decoded(this.#open(), base + from)
    for (let at = from; at < end; at += 1 + gap) decoded.add(string.charAt(at), base + at, Math.min(1 + gap, end - at))
    return decoded.end()
  }
}

const isPair = (units: Uint16Array, at: number): boolean =>
  KINDS[units[at] ?? 0] === LETTER && KINDS[units[at + 1] ?? 0] === LETTER

/** The next place from which on enough characters have no letters side by side; or where the text may go on so. */
function nextApart(units: Uint16Array, from: number, end: number, isWhole: boolean): number {
  let first = from
  while (first + SHORTEST <= end) {
    let pair = first + SHORTEST - 2
    while (pair >= first && !isPair(units, pair)) pair--
    if (pair < first) return first
    first = pair + 1
  }
  if (isWhole) return end
  let apart = end
  while (apart > first && !(apart < end && isPair(units, apart - 1))) apart--
  return apart
}

/** The run of letters that begins with one, or what may become one. */
function runAt(tape: Tape, at: number): Run | typeof OPEN | undefined {
  const { string, units } = tape
  for (let gap = 1; gap <= WIDEST_GAP; gap++) {
    const second = at + gap + 2
    if (second < string.length && units[second] !== units[at + 1]) continue
    const run = runOf(tape, at, gap)
    if (run !== undefined) return run
  }
  return undefined
}

function runOf({ string, units, isWhole }: Tape, from: number, gap: number): Run | typeof OPEN | undefined {
  const last = Math.min(string.length, from + LONGEST)
  const goesOn = last === string.length && !isWhole
  let joined = ''
  let end = from
  for (let at = from; ; at = end + gap) {
    if (at >= last) return goesOn ? OPEN : worth(joined, gap, end)
    if (at + 1 === last && goesOn) return OPEN
    const isAlone = at + 1 === string.length || KINDS[units[at + 1] ?? 0] !== LETTER
    if (!isAlone || (KINDS[units[at] ?? 0] ?? 0) <= SPACE) return worth(joined, gap, end)
    end = at + 1
    joined += string.charAt(at)
    if (joined.length === FEWEST && !HAS_LETTERS.test(joined)) return undefined
    for (let i = 0; i < gap; i++) {
      if (end + i >= last) return goesOn ? OPEN : worth(joined, gap, end)
      const kind = KINDS[units[end + i] ?? 0] ?? 0
      if (kind === LETTER || kind === 0 || units[end + i] !== units[from + 1 + i]) return worth(joined, gap, end)
    }
  }
}

const worth = ({ length }: string, gap: number, end: number): Run | undefined =>
  length < FEWEST ? undefined : { gap, end }
