// The common shape of what guards resources. It reads what comes from outside; a model's own words are bounded where they
// are asked for. A finding says where the limit was passed, once for each kind: cutting that place would not help.
import type { Speaker } from '../../../model/finding.ts'
import { defineDetector, type Detector, type Match, type Reader, type Reading } from '../../define.ts'
import { toUnits, UNITS } from '../../units.ts'

export const FROM_OUTSIDE: readonly Speaker[] = ['user', 'tool', 'document']

type Own<D> = Omit<D, 'control' | 'family' | 'roles'>

const COMMON = { control: 'dos-input-validation', family: 'resource', roles: FROM_OUTSIDE } as const

export function defineResourceDetector(detector: Own<Detector>): Detector {
  return defineDetector<Detector>({ ...COMMON, ...detector })
}

export function defineResourceReader(reader: Own<Reader>): Reader {
  return defineDetector<Reader>({ ...COMMON, ...reader })
}

export function defineResourceGauge({
  open,
  ...rest
}: Omit<Own<Reader>, 'reach' | 'open'> & { open(): Gauge }): Reader {
  return defineResourceReader({ ...rest, reach: { before: BLOCK, after: 0 }, open: () => new GaugeReading(open()) })
}

/** Measures a text that is handed to it in order. */
export interface Gauge {
  read(units: Uint16Array, length: number): void
  /** The limits that were passed so far. Asked at the end of each block; what was told before is not told again. */
  passed(): readonly Passed[]
}

export type Passed = Pick<Match, 'confidence' | 'severity' | 'note'> & { kind: string }

const BLOCK = 1024

/** Asks at offsets that depend on the text alone, so that a stream gives what a whole text gives. */
class GaugeReading implements Reading {
  readonly #gauge: Gauge
  readonly #told = new Set<string>()
  #at = 0

  constructor(gauge: Gauge) {
    this.#gauge = gauge
  }

  read(chunk: string): readonly Match[] {
    const found: Match[] = []
    for (let from = 0; from < chunk.length;) {
      const to = Math.min(chunk.length, from + BLOCK - (this.#at % BLOCK))
      this.#gauge.read(UNITS, toUnits(chunk.slice(from, to)))
      this.#at += to - from
      from = to
      if (this.#at % BLOCK === 0) this.#ask(found, this.#at - BLOCK)
    }
    return found
  }

  end(): readonly Match[] {
    const found: Match[] = []
    if (this.#at % BLOCK > 0) this.#ask(found, this.settled())
    return found
  }

  settled(): number {
    return this.#at - (this.#at % BLOCK)
  }

  #ask(found: Match[], start: number): void {
    for (const passed of this.#gauge.passed()) {
      if (this.#told.has(passed.kind)) continue
      this.#told.add(passed.kind)
      found.push({ ...passed, start, end: this.#at })
    }
  }
}
