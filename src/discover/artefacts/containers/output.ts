// Where a decoder writes: grows as needed up to a bound, and gives back what was written before, as matches need.
import { Limit } from '../piece.ts'

export class Output {
  #bytes: Uint8Array
  readonly #most: number
  length = 0

  constructor(most: number, expected = 65_536) {
    this.#most = most
    this.#bytes = new Uint8Array(Math.max(1024, Math.min(most, expected)))
  }

  #room(count: number): void {
    if (this.length + count <= this.#bytes.length) return
    if (this.length + count > this.#most) throw new Limit(`it expands to more than ${this.#most} bytes`)
    const grown = new Uint8Array(Math.min(this.#most, Math.max(this.#bytes.length * 2, this.length + count)))
    grown.set(this.#bytes.subarray(0, this.length))
    this.#bytes = grown
  }

  byte(value: number): void {
    if (this.length === this.#bytes.length) this.#room(1)
    this.#bytes[this.length++] = value
  }

  append(bytes: Uint8Array): void {
    this.#room(bytes.length)
    this.#bytes.set(bytes, this.length)
    this.length += bytes.length
  }

  /** The byte that was written `distance` ago. */
  back(distance: number): number {
    return this.#bytes[this.length - distance] ?? 0
  }

  copy(distance: number, count: number): void {
    if (distance <= 0 || distance > this.length) throw new Error('a match points before the start')
    this.#room(count)
    const bytes = this.#bytes
    for (let i = 0; i < count; i++) bytes[this.length + i] = bytes[this.length + i - distance] ?? 0
    this.length += count
  }

  done(): Uint8Array {
    return this.#bytes.subarray(0, this.length)
  }
}
