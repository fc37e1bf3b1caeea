// Packed payloads that text carries in base64 or hexadecimal and that unpack to a hundred times their size. The beginning
// decides: a bomb is as dense at its start as anywhere, so of a long payload no more than the beginning is kept and judged.
import type { Match, Reading } from '../../define.ts'
import type { Tape } from '../../text.ts'
import { defineResourceReader } from './define-resource.ts'
import type { ResourceLimits } from './limits.ts'
import { tooMuchPacked } from './unpack.ts'

/** Shorter ones cannot hold enough. */
export const SHORTEST = 44
const LONGEST = 16_000

export const decompressionBomb = (limits: ResourceLimits) =>
  defineResourceReader({
    id: 'decompression-bomb',
    title: 'Packed data that unpack to far more',
    severity: 'high',
    reach: { before: LONGEST, after: 0 },
    open: () => new PayloadReading(limits),
    examples: {
      // Megabytes of zeros, shortened: packed they are zeros again.
      hit: [
        `{"file": "H4sIAAAAAAAAA+3BAQEAAACCIP+vbkhAAQ${'A'.repeat(2000)}"}`,
        `data:application/zlib;base64,eJztwQEBAAAAgiD/r25IQAE${'A'.repeat(2000)}`,
        `7cEBAQAAAIIg/69uSEAB${'A'.repeat(2000)}`,
        `1f8b0800000000000003edc101010000008220ffaf6e484001${'00'.repeat(2000)}`,
        `UEsDBBQAAAAIAAAAAAAAAAAAAAAAAAAAAEABAAAAYQ${'A'.repeat(60)}`,
        `KLUv/YBYwMYtAFQAABAAAAEA+/85wAICABAAAg${'AQAAIAEAACABAAAg'.repeat(5)}AQAAIAEAADNg4A`,
      ],
      miss: [
        `sha512-${'q7Zr1vXc0PmKs4Yd'.repeat(5)}==`,
        'H4sIAAAAAAAAA0tMSk5JTUvPyMzKzsnNyy8oLCouKS0rr6isAgBQ9o9FGgAAAA==',
        'A'.repeat(5000),
        'the_name_of_a_variable_that_somebody_made_far_too_long_for_their_own_good = 1',
      ],
    },
  })

const HEX = /^(?:[0-9a-f]{2})+$/i
/** What digits of base64, plain or for addresses, are made of; hexadecimal ones are among them. */
const IS_DIGIT = Uint8Array.from({ length: 128 }, (_, unit) =>
  Number(/[A-Za-z0-9+/_-]/.test(String.fromCharCode(unit))),
)
const [LINE_FEED, RETURN] = [10, 13]

/** Gathers runs of digits, over line ends once they are long, and judges each where it ends or is long enough. */
class PayloadReading implements Reading {
  readonly #limits: ResourceLimits
  /** The run up to here. */
  #run = ''
  #start = 0
  #isJudged = false
  #offset = 0

  constructor(limits: ResourceLimits) {
    this.#limits = limits
  }

  read({ string, units, fresh, isWhole }: Tape): readonly Match[] {
    const chunk = string.slice(fresh)
    const own = units.subarray(fresh, string.length)
    const found: Match[] = []
    /** Where the run began or goes on in this chunk. */
    let from = 0
    let i = 0
    while (i < chunk.length) {
      // A run that is too short is stepped over from behind: most of its characters are never looked at.
      const skipped = this.#run.length === 0 && !this.#isJudged ? lastNoDigit(own, from, from + SHORTEST) : -1
      if (skipped >= from) {
        from = i = skipped + 1
        this.#start = this.#offset + from
        continue
      }
      i = this.#endOfRun(chunk, Math.max(i, from))
      if (i === chunk.length) break
      this.#judge(this.#run + chunk.slice(from, i), found)
      this.#run = ''
      this.#isJudged = false
      from = ++i
      this.#start = this.#offset + from
    }
    this.#offset += chunk.length
    if (!this.#isJudged) this.#run += chunk.slice(from)
    if (isWhole || this.#run.length >= LONGEST) this.#judge(this.#run, found)
    return found
  }

  #endOfRun(chunk: string, from: number): number {
    for (let i = from; i < chunk.length; i++) {
      const unit = chunk.charCodeAt(i)
      if (isDigit(unit)) continue
      const isLong = this.#offset + i - this.#start >= SHORTEST
      if (!isLong || (unit !== LINE_FEED && unit !== RETURN)) return i
    }
    return chunk.length
  }

  reset(): void {
    this.#run = ''
    this.#start = 0
    this.#isJudged = false
    this.#offset = 0
  }

  settled(): number {
    return this.#isJudged ? this.#offset : this.#start
  }

  /** A payload is taken for hexadecimal where it can be, and for base64 else. */
  #judge(run: string, found: Match[]): void {
    if (this.#isJudged || run.length < SHORTEST) return
    this.#isJudged = true
    this.#run = ''
    const written = run.slice(0, LONGEST).trimEnd()
    const digits = written.replaceAll(/[\r\n]/g, '')
    const bytes = Buffer.from(digits, HEX.test(digits) ? 'hex' : 'base64')
    const { unpackRatio, unpackedBytes } = this.#limits
    const format = tooMuchPacked(bytes, unpackRatio, unpackedBytes)
    if (format === undefined) return
    const note = `Packed data (${format}) that unpack to more than ${unpackRatio} times their size`
    found.push({ start: this.#start, end: this.#start + written.length, confidence: 0.95, note })
  }
}

const isDigit = (unit: number): boolean => unit < 128 && IS_DIGIT[unit] === 1

/** Of the units from `from` to `to` or its end; -1 where all are digits. */
function lastNoDigit(units: Uint16Array, from: number, to: number): number {
  for (let i = Math.min(to, units.length) - 1; i >= from; i--) if (!isDigit(units[i] ?? 0)) return i
  return -1
}
