// The runs of digits in a text that may hold bytes, in ways to write them that share their digits. A run of so many digits covers every so-manieth
// place of the text, so that of ordinary words hardly any is looked at.
import type { Match, Reading } from '../define.ts'
import type { Tape } from '../text.ts'
import { FEWEST_DIGITS, PackedBytes } from './packed-bytes.ts'
import { BACK, type FormGroup, NONE, STEP } from './packed-forms.ts'
import { endOfBreak, mayBreak } from './line-breaks.ts'
import { mayInflate, openFrom } from './packed-weigh.ts'
import { SameRuns } from './same-runs.ts'

const NEVER = Number.POSITIVE_INFINITY
const NO_BYTES: readonly PackedBytes[] = []
/** Every phase. */
const ALL = -1

/** As long as a run is no longer than this, it is weighed anew with each piece of a text. */
const SHORT = 64
/** From here on it is sooner weighed than read. */
const LONG = 256

export class PackedRuns {
  readonly #group: FormGroup
  readonly #open: () => Reading
  /** Of each form, made when a run is read that may hold something in it. */
  readonly #made: PackedBytes[][] = []
  readonly #same = new SameRuns()
  #bytes: readonly PackedBytes[] = NO_BYTES
  #at = 0
  /** A run is read that may go on. */
  #isOpen = false
  /** Where its line began. */
  #line = 0
  /** Up to where nothing waits that is not read yet. */
  #hold = NEVER

  constructor(group: FormGroup, open: () => Reading) {
    this.#group = group
    this.#open = open
  }

  read(tape: Tape, found: Match[]): void {
    const { base, string, units, isWhole } = tape
    const end = string.length
    this.#hold = NEVER
    let at = this.#at - base
    while (at < end) {
      if (!this.#isOpen) {
        at = this.#nextRun(units, at, end, isWhole)
        if (at >= end) break
        const stop = this.#endOfRun(units, at, end)
        const goesOn = stop === end && !isWhole
        if (goesOn && end - at < SHORT) {
          this.#hold = base + this.#openFrom(units, at, end)
          break
        }
        if (!goesOn && !this.#isLine(units, at, stop, end)) {
          const from = at
          found.push(...this.#same.at(base + at, string.slice(at, stop), () => this.#wholeRun(units, from, stop, base)))
          at = stop
          continue
        }
        this.#bytes = this.#bytesOf(units, at, stop, true)
        this.#isOpen = true
        this.#line = base + at
      }
      at = this.#digits(units, at, end, base, found)
      if (at >= end) break
      const next = this.#nextLine(units, at, end, base)
      if (next > at && next >= end && !isWhole) break
      if (next > at && next < end && isDigit(this.#group.values, units[next] ?? NONE)) {
        this.#line = base + next
        at = next
      } else this.#close(found)
    }
    this.#at = base + at
    this.#same.forget()
    if (!this.#isOpen) return
    if (isWhole) this.#close(found)
    else for (const bytes of this.#bytes) bytes.read(found)
  }

  settled(): number {
    let settled = this.#hold
    if (!this.#isOpen) return settled
    for (const bytes of this.#bytes) settled = Math.min(settled, bytes.settled())
    return settled
  }

  /** From where on it wants to find the text again. */
  needs(): number {
    return this.#at
  }

  reset(): void {
    if (this.#isOpen) this.#close([])
    this.#at = 0
    this.#hold = NEVER
  }

  /** Where the next run begins that is long enough, or may become so. */
  #nextRun(units: Uint16Array, from: number, end: number, isWhole: boolean): number {
    const { shortest, values } = this.#group
    let first = from
    for (let probe = first + shortest - 1; probe < end; probe = first + shortest - 1) {
      if (!isDigit(values, units[probe] ?? 0)) {
        first = probe + 1
        continue
      }
      const start = startOfRun(values, units, probe, first)
      if (this.#isStep(units, start)) {
        first = this.#behindSteps(units, start, end)
        continue
      }
      let stop = probe + 1
      while (stop < end && stop - start < shortest && isDigit(values, units[stop] ?? 0)) stop++
      if (stop - start >= shortest || (stop === end && !isWhole)) return start
      first = stop + 1
    }
    return isWhole ? end : this.#behindSteps(units, startOfRun(values, units, end, first), end)
  }

  #isStep(units: Uint16Array, at: number): boolean {
    return this.#group.values[units[at] ?? NONE] === STEP
  }

  /** A run begins with a digit: lines of hyphens and blanks stand in many a text. */
  #behindSteps(units: Uint16Array, from: number, end: number): number {
    let at = from
    while (at < end && this.#isStep(units, at)) at++
    return at
  }

  #endOfRun(units: Uint16Array, from: number, end: number): number {
    const { values } = this.#group
    let stop = from
    while (stop < end && isDigit(values, units[stop] ?? 0)) stop++
    return stop
  }

  /** What begins in one line may go on in the next. */
  #isLine(units: Uint16Array, from: number, to: number, end: number): boolean {
    const { line } = this.#group
    return line > 0 && to - from >= line && to < end && mayBreak(units[to] ?? 0)
  }

  #openFrom(units: Uint16Array, from: number, to: number): number {
    let open = to
    const { forms } = this.#group
    for (let i = 0; i < forms.length; i++) {
      const form = forms[i]
      if (form === undefined) continue
      if (mayInflate(form, units, from, to)) return from
      open = Math.min(open, openFrom(form, units, from, to))
    }
    return open
  }

  /** Those that may find something in a run; in one that goes on, all of them. */
  #bytesOf(units: Uint16Array, from: number, to: number, goesOn: boolean): readonly PackedBytes[] {
    let bytes = NO_BYTES
    for (const [i, form] of this.#group.forms.entries()) {
      if (!goesOn && form.mayHold(units, from, to) === 0 && !mayInflate(form, units, from, to)) continue
      const made = (this.#made[i] ??= Array.from(
        { length: form.phases },
        (_, phase) => new PackedBytes(this.#open, form, phase),
      ))
      bytes = bytes.length === 0 ? made : [...bytes, ...made]
    }
    return bytes
  }

  #wholeRun(units: Uint16Array, from: number, to: number, base: number): readonly Match[] {
    const found: Match[] = []
    for (const bytes of this.#bytesOf(units, from, to, false)) {
      bytes.take(units, from, to, base, found)
      bytes.end(found)
    }
    return found
  }

  #digits(units: Uint16Array, from: number, end: number, base: number, found: Match[]): number {
    const all = this.#bytes
    const stop = this.#endOfRun(units, from, end)
    const { forms, values } = this.#group
    const isLong = stop - from >= LONG
    const isDull = isLong && saysNothing(values, units, from, stop)
    let i = 0
    for (const form of forms) {
      const held = isLong && !isDull ? form.mayHold(units, from, stop) : ALL
      for (let phase = 0; phase < form.phases; phase++) {
        const bytes = all[i++]
        if (bytes === undefined) continue
        if (isDull && bytes.isWide) bytes.passDull(units, from, stop, base, found)
        else if (held === ALL || (form.phases === 1 ? held !== 0 : ((held >> bytes.ahead) & 1) === 1))
          bytes.take(units, from, stop, base, found)
        else if (form === forms[0]) bytes.passNoise(units, from, stop, base, found)
        else bytes.passBroken(units, from, stop, base, found)
      }
    }
    return stop
  }

  /** Where the next line begins, behind one as long as lines of packed bytes are; else here. */
  #nextLine(units: Uint16Array, at: number, end: number, base: number): number {
    const { line } = this.#group
    return line === 0 || base + at - this.#line < line ? at : endOfBreak(units, at, end)
  }

  #close(found: Match[]): void {
    for (const bytes of this.#bytes ?? []) bytes.end(found)
    this.#isOpen = false
  }
}

const isDigit = (values: Uint8Array, unit: number): boolean => unit < values.length && values[unit] !== NONE

/** All of it is written in fewer different digits than any text. */
function saysNothing(values: Uint8Array, units: Uint16Array, from: number, to: number): boolean {
  const seen: number[] = []
  for (let at = from; at < to; at++) {
    const value = values[units[at] ?? 0] ?? NONE
    if (value >= BACK || seen.includes(value)) continue
    seen.push(value)
    if (seen.length >= FEWEST_DIGITS) return false
  }
  return true
}

/** Of the one that goes on up to a place, not before another. */
function startOfRun(values: Uint8Array, units: Uint16Array, at: number, first: number): number {
  let start = at
  while (start > first && isDigit(values, units[start - 1] ?? 0)) start--
  return start
}
