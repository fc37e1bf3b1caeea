// The common shape of what guards resources. It reads what comes from outside; a model's own words are bounded where they
// are asked for. A finding says where the limit was passed, once for each kind: cutting that place would not help.
import type { Speaker } from '../../../model/finding.ts'
import { defineDetector, type Detector, type Match, type Reader, type Reading } from '../../define.ts'
import { type Tape, toText } from '../../text.ts'

export const FROM_OUTSIDE: readonly Speaker[] = ['user', 'tool', 'document']

type Own<D> = Omit<D, 'control' | 'family' | 'roles'>

const COMMON = { control: 'dos-input-validation', family: 'resource', roles: FROM_OUTSIDE } as const

export function defineResourceDetector(detector: Own<Detector>): Detector {
  return defineDetector<Detector>({ ...COMMON, ...detector })
}

export function defineResourceReader(reader: Own<Reader>): Reader {
  return defineDetector<Reader>({ ...COMMON, ...reader })
}

interface GaugedReader extends Omit<Own<Reader>, 'reach' | 'open'> {
  /** No text shorter than this passes a limit, so that most texts need not be measured at all. */
  least: number
  open(): Gauge
}

export function defineResourceGauge({ open, least, ...rest }: GaugedReader): Reader {
  return defineResourceReader({
    ...rest,
    reach: { before: BLOCK, after: 0 },
    open: () => new GaugeReading(open, least),
  })
}

/** Measures a text that is handed to it in order. */
export interface Gauge {
  read(units: Uint16Array, from: number, to: number): void
  /** The limits that were passed so far. Asked at the end of each block; what was told before is not told again. */
  passed(): readonly Passed[]
}

export type Passed = Pick<Match, 'confidence' | 'severity' | 'note'> & { kind: string }

const BLOCK = 1024
const NONE: readonly Match[] = []

/** Asks at offsets that depend on the text alone, so that a stream gives what a whole text gives. */
class GaugeReading implements Reading {
  readonly #open: () => Gauge
  readonly #least: number
  #gauge: Gauge | undefined
  /** What arrived before it was worth measuring. */
  #held = ''
  readonly #told = new Set<string>()
  #at = 0

  constructor(open: () => Gauge, least: number) {
    this.#open = open
    this.#least = least
  }

  read({ string, units, fresh, isWhole }: Tape): readonly Match[] {
    const isShort = this.#gauge === undefined && this.#at + string.length - fresh < this.#least
    if (isShort && isWhole) return NONE
    const found: Match[] = []
    if (!this.#gauge) {
      if (isShort) {
        this.#held += string.slice(fresh)
        this.#at = this.#held.length
        return found
      }
      this.#gauge = this.#open()
      this.#at = 0
      this.#measure(this.#gauge, toText(this.#held).units, 0, this.#held.length, found)
      this.#held = ''
    }
    this.#measure(this.#gauge, units, fresh, string.length, found)
    if (isWhole && this.#at % BLOCK > 0) this.#ask(this.#gauge, found, this.settled())
    return found
  }

  reset(): void {
    this.#gauge = undefined
    this.#held = ''
    if (this.#told.size > 0) this.#told.clear()
    this.#at = 0
  }

  settled(): number {
    return this.#at - (this.#at % BLOCK)
  }

  #measure(gauge: Gauge, units: Uint16Array, first: number, end: number, found: Match[]): void {
    for (let from = first; from < end;) {
      const to = Math.min(end, from + BLOCK - (this.#at % BLOCK))
      gauge.read(units, from, to)
      this.#at += to - from
      from = to
      if (this.#at % BLOCK === 0) this.#ask(gauge, found, this.#at - BLOCK)
    }
  }

  #ask(gauge: Gauge, found: Match[], start: number): void {
    for (const passed of gauge.passed()) {
      if (this.#told.has(passed.kind)) continue
      this.#told.add(passed.kind)
      found.push({ ...passed, start, end: this.#at })
    }
  }
}
