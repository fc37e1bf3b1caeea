// Bytes that can be read at any place: a file, a member of an archive, a buffer. Readers ask for what they need, so
// that a file of 100 GB costs what its headers cost.
import { readSync } from 'node:fs'

export interface ByteSource {
  readonly size: number
  /** Fewer bytes than asked for only where the source ends. The bytes are valid until the next read. */
  read(at: number, length: number): Uint8Array
}

export const EMPTY = new Uint8Array(0)

export function bytesSource(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    read: (at, length) => bytes.subarray(Math.min(at, bytes.length), Math.min(at + length, bytes.length)),
  }
}

export function sliceSource(source: ByteSource, start: number, length: number): ByteSource {
  const from = Math.min(Math.max(0, start), source.size)
  const size = Math.min(Math.max(0, length), source.size - from)
  return { size, read: (at, count) => (at >= size ? EMPTY : source.read(from + at, Math.min(count, size - at))) }
}

const WINDOW = 128 * 1024

/** Over an open file, through one window, since headers are read in small pieces. */
export function fileSource(descriptor: number, size: number): ByteSource {
  const buffer = new Uint8Array(Math.min(size, WINDOW))
  let window: Uint8Array = EMPTY
  let start = 0
  const fill = (into: Uint8Array, at: number) => {
    const bytes = into.subarray(0, Math.max(0, size - at))
    let done = 0
    while (done < bytes.length) {
      const count = readSync(descriptor, bytes, done, bytes.length - done, at + done)
      if (count === 0) break
      done += count
    }
    return bytes.subarray(0, done)
  }
  return {
    size,
    read(at, length) {
      if (at >= start && at + length <= start + window.length) return window.subarray(at - start, at - start + length)
      if (length > WINDOW / 2) return fill(new Uint8Array(Math.min(length, Math.max(0, size - at))), at)
      window = fill(buffer, at)
      start = at
      return window.subarray(0, length)
    },
  }
}

/** Little and big endian numbers of a few bytes, as headers have them. Beyond the end they are NaN, which no bound accepts. */
export class Fields {
  readonly #view: DataView
  readonly bytes: Uint8Array

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  get length(): number {
    return this.bytes.length
  }

  u8(at: number): number {
    return this.bytes[at] ?? Number.NaN
  }

  u16(at: number): number {
    return this.#has(at, 2) ? this.#view.getUint16(at, true) : Number.NaN
  }

  u32(at: number): number {
    return this.#has(at, 4) ? this.#view.getUint32(at, true) : Number.NaN
  }

  i32(at: number): number {
    return this.#has(at, 4) ? this.#view.getInt32(at, true) : Number.NaN
  }

  /** Beyond 2^53 not exact, which a comparison with a size does not mind. */
  u64(at: number): number {
    return this.#has(at, 8) ? Number(this.#view.getBigUint64(at, true)) : Number.NaN
  }

  u32be(at: number): number {
    return this.#has(at, 4) ? this.#view.getUint32(at, false) : Number.NaN
  }

  ascii(at: number, length: number): string {
    return latin1(this.bytes.subarray(at, at + length))
  }

  #has(at: number, length: number): boolean {
    return at >= 0 && at + length <= this.bytes.length
  }
}

export const latin1 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')

export const utf8 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')

export function startsWith(bytes: Uint8Array, magic: string): boolean {
  if (bytes.length < magic.length) return false
  for (let i = 0; i < magic.length; i++) if (bytes[i] !== magic.charCodeAt(i)) return false
  return true
}
