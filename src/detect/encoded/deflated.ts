// Bytes that begin as gzip or zlib do, read as what they inflate to. A character of that has no place among the digits, so
// whatever is found is told by all of them; and a stream holds all of them back until the last one has come.
import { constants, unzipSync } from 'node:zlib'
import type { Match, Reading } from '../define.ts'
import { Decoded } from './decoded.ts'

/** What frames a text, and what is left of one. */
const FEWEST_BYTES = 16
/** Of more, only the beginning is read. */
const MOST_BYTES = 32_768
const MOST_INFLATED = 1_048_576
const GZIP = [0x1f, 0x8b] as const
const ZLIB = 0x78
/** Its second byte: how hard the packer tried. */
const EFFORTS: ReadonlySet<number> = new Set([0x01, 0x5e, 0x9c, 0xda])
/** Of two bytes each. */
const BEGINNINGS = [(GZIP[0] << 8) | GZIP[1], ...Array.from(EFFORTS, (effort) => (ZLIB << 8) | effort)]
const NONE: readonly Match[] = []

export class Deflated {
  /** Where the first byte stands. */
  readonly from: number
  readonly #open: () => Reading
  readonly #bytes: number[] = []
  #end = 0

  constructor(open: () => Reading, from: number) {
    this.#open = open
    this.from = from
  }

  static mayBegin(first: number): boolean {
    return first === ZLIB || first === GZIP[0]
  }

  static begins(first: number, second: number): boolean {
    return first === ZLIB ? EFFORTS.has(second) : first === GZIP[0] && second === GZIP[1]
  }

  /** The same of so many bits, fewer than two bytes have. */
  static mayGoOn(bits: number, count: number): boolean {
    return BEGINNINGS.some((beginning) => beginning >> (16 - count) === bits)
  }

  /** False: it is none, after all. */
  add(byte: number, end: number): boolean {
    this.#end = end
    this.#bytes.push(byte)
    return this.#bytes.length !== 2 || Deflated.begins(this.#bytes[0] ?? 0, byte)
  }

  get isFull(): boolean {
    return this.#bytes.length === MOST_BYTES
  }

  end(): readonly Match[] {
    if (this.#bytes.length < FEWEST_BYTES) return NONE
    const text = this.#inflated()
    if (text === '') return NONE
    const decoded = new Decoded(this.#open(), this.from)
    decoded.add(text, this.from, this.#end - this.from)
    return decoded.end()
  }

  #inflated(): string {
    const options = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: MOST_INFLATED }
    try {
      return unzipSync(Uint8Array.from(this.#bytes), options).toString('utf8')
    } catch (error) {
      // Noise, or a bomb: there is a detector of its own for those.
      if (error instanceof RangeError || (error instanceof Error && 'errno' in error)) return ''
      throw error
    }
  }
}
