// Reads a pickle forwards through a window, as `pickle.load` reads a file: frames are no borders (C Python does not treat
// them as such either), and a string of a gigabyte is stepped over, not read.
import { type ByteSource, utf8 } from '../source.ts'

/** The pickle ends within an opcode, or an argument is not what CPython accepts. */
export class BrokenPickle extends Error {}

const WINDOW = 64 * 1024
/** Protocol 0 writes the bytes of an array as one line. */
const MOST_LINE = 64 * 1024 * 1024

const SHORT = 24
const SLOTS = 1024
/** Keys and names come again and again; to ask whether one is the last of its sum is quicker than to make it anew. */
const recent = Array<string>(SLOTS).fill('')

function shortText(bytes: Buffer, at: number, length: number): string {
  let sum = length
  let every = 0
  for (let i = at; i < at + length; i++) {
    const byte = bytes[i] ?? 0
    sum = (Math.imul(sum, 31) + byte) | 0
    every |= byte
  }
  if (every >= 0x80) return bytes.toString('utf8', at, at + length)
  const slot = (sum ^ (sum >>> 10)) & (SLOTS - 1)
  const known = recent[slot] ?? ''
  if (known.length === length && isSame(known, bytes, at)) return known
  return (recent[slot] = bytes.toString('latin1', at, at + length))
}

function isSame(text: string, bytes: Buffer, at: number): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) !== bytes[at + i]) return false
  return true
}

export class Tape {
  readonly source: ByteSource
  readonly #buffer = Buffer.allocUnsafe(WINDOW)
  #window: Buffer = this.#buffer.subarray(0, 0)
  #start = 0
  #at = 0

  constructor(source: ByteSource, at = 0) {
    this.source = source
    this.seek(at)
  }

  get position(): number {
    return this.#start + this.#at
  }

  get atEnd(): boolean {
    return this.position >= this.source.size
  }

  seek(position: number): void {
    if (position >= this.#start && position <= this.#start + this.#window.length) this.#at = position - this.#start
    else {
      this.#window = this.#buffer.subarray(0, 0)
      this.#start = position
      this.#at = 0
    }
  }

  /** Makes `count` bytes stand in the window. */
  #need(count: number): number {
    if (this.#at + count > this.#window.length) this.#refill(count)
    const at = this.#at
    this.#at += count
    return at
  }

  #refill(count: number): void {
    const position = this.position
    const bytes = this.source.read(position, Math.max(count, WINDOW))
    if (bytes.length < count) throw new BrokenPickle('it ends within an opcode')
    // Copied, since the source may be read elsewhere before this window is used up.
    const window = bytes.length <= WINDOW ? this.#buffer.subarray(0, bytes.length) : Buffer.allocUnsafe(bytes.length)
    window.set(bytes)
    this.#window = window
    this.#start = position
    this.#at = 0
  }

  u8(): number {
    const at = this.#need(1)
    return this.#window[at] ?? 0
  }

  u16(): number {
    const at = this.#need(2)
    return this.#window.readUInt16LE(at)
  }

  u32(): number {
    const at = this.#need(4)
    return this.#window.readUInt32LE(at)
  }

  i32(): number {
    const at = this.#need(4)
    return this.#window.readInt32LE(at)
  }

  u64(): number {
    const at = this.#need(8)
    return Number(this.#window.readBigUInt64LE(at))
  }

  f64(): number {
    const at = this.#need(8)
    return this.#window.readDoubleBE(at)
  }

  /** Steps over data; its place. */
  skip(length: number): number {
    const at = this.position
    if (!(length <= this.source.size - at)) throw new BrokenPickle('a length points beyond the end')
    if (this.#at + length <= this.#window.length) this.#at += length
    else this.seek(at + length)
    return at
  }

  text(length: number): string {
    const at = this.#need(length)
    return length <= SHORT ? shortText(this.#window, at, length) : this.#window.toString('utf8', at, at + length)
  }

  slice(length: number): Buffer {
    const at = this.#need(length)
    return this.#window.subarray(at, at + length)
  }

  /** Up to a newline, without it. */
  line(): Buffer {
    const length = this.#lineLength()
    const at = this.#need(length + 1)
    return this.#window.subarray(at, at + length)
  }

  /** The end is looked for piece by piece, so that a line without one fills no memory. */
  #lineLength(): number {
    const near = this.#window.indexOf(10, this.#at)
    if (near >= 0) return near - this.#at
    const start = this.position
    for (let at = this.#start + this.#window.length; at < this.source.size && at - start <= MOST_LINE; at += WINDOW) {
      const end = this.source.read(at, WINDOW).indexOf(10)
      if (end >= 0) return at + end - start
    }
    throw new BrokenPickle('a line has no end')
  }

  /** Reads elsewhere without moving. */
  peek(at: number, length: number): Uint8Array {
    return this.source.read(at, length)
  }

  lineText(): string {
    return utf8(this.line())
  }
}
