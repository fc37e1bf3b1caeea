// A way through a GGUF file: its numbers and texts one after the other, each held against what is left of the file.
import { type ByteSource, Fields, utf8 } from '../source.ts'

/** Bytes of a value, by the number of its type. */
export const SCALARS: Readonly<Record<number, number>> = {
  0: 1,
  1: 1,
  2: 2,
  3: 2,
  4: 4,
  5: 4,
  6: 4,
  7: 1,
  10: 8,
  11: 8,
  12: 8,
}
export const STRING = 8
export const ARRAY = 9
const ABSURD = 2 ** 40

/** The file ends before the structure does. */
export class Cut extends Error {}
/** A number that no file could have. */
export class Bomb extends Error {}

export class Cursor {
  readonly #source: ByteSource
  at = 0
  isWide = true

  constructor(source: ByteSource) {
    this.#source = source
  }

  take(length: number): Uint8Array {
    const bytes = this.#source.read(this.at, length)
    if (bytes.length < length) throw new Cut('it ends within its header')
    this.at += length
    return bytes
  }

  u32(): number {
    return new Fields(this.take(4)).u32(0)
  }

  u64(): number {
    return new Fields(this.take(8)).u64(0)
  }

  length(): number {
    return this.isWide ? this.u64() : this.u32()
  }

  skip(length: number): void {
    const left = this.#source.size - this.at
    if (length > left) {
      if (length > ABSURD) throw new Bomb(`a length of ${length} in a file of ${this.#source.size} bytes`)
      throw new Cut('it ends within its header')
    }
    this.at += length
  }

  text(most: number): string {
    const length = this.length()
    const start = this.at
    this.skip(length)
    return utf8(this.#source.read(start, Math.min(length, most)))
  }
}
