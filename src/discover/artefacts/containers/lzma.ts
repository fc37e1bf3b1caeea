// LZMA: literals and matches under a range coder. Serves .lzma files, zip method 14, and, through its chunks, xz and 7z.
import { Output } from './output.ts'

const STATES = 12
const TOP = 2 ** 24

interface Lengths {
  choice: Uint16Array
  low: Uint16Array
  mid: Uint16Array
  high: Uint16Array
}

export class LzmaDecoder {
  readonly out: Output
  #bytes: Uint8Array = new Uint8Array(0)
  #at = 0
  #range = 0
  #code = 0
  #lc = 0
  #lp = 0
  #pb = 0
  #state = 0
  #reps = [0, 0, 0, 0]
  #literal: Uint16Array = probabilities(0)
  #match: Uint16Array = probabilities(0)
  #isRep: Uint16Array = probabilities(0)
  #isRep0Long: Uint16Array = probabilities(0)
  #slots: Uint16Array = probabilities(0)
  #special: Uint16Array = probabilities(0)
  #align: Uint16Array = probabilities(0)
  #matchLength: Lengths = lengths()
  #repLength: Lengths = lengths()

  #base: number

  constructor(out: Output) {
    this.out = out
    this.#base = out.length
  }

  /** From here on nothing before is seen. */
  resetDictionary(): void {
    this.#base = this.out.length
  }

  properties(byte: number): void {
    if (byte >= 225) throw new Error('LZMA properties are out of range')
    this.#lc = byte % 9
    this.#lp = Math.floor(byte / 9) % 5
    this.#pb = Math.floor(byte / 45)
    this.reset()
  }

  reset(): void {
    this.#state = 0
    this.#reps = [0, 0, 0, 0]
    this.#literal = probabilities(0x300 << (this.#lc + this.#lp))
    this.#match = probabilities(STATES << 4)
    this.#isRep = probabilities(STATES * 4)
    this.#isRep0Long = probabilities(STATES << 4)
    this.#slots = probabilities(4 * 64)
    this.#special = probabilities(128)
    this.#align = probabilities(16)
    this.#matchLength = lengths()
    this.#repLength = lengths()
  }

  /** Decodes until `size` bytes more are out or an end mark; how many bytes were read. */
  decode(bytes: Uint8Array, at: number, size: number): number {
    this.#bytes = bytes
    this.#at = at + 1
    this.#range = 0xffffffff
    this.#code = 0
    for (let i = 0; i < 4; i++) this.#code = ((this.#code << 8) | this.#next()) >>> 0
    const end = this.out.length + size
    while (this.out.length < end) if (!this.#symbol(end)) break
    return this.#at - at
  }

  #next(): number {
    const byte = this.#bytes[this.#at++]
    if (byte === undefined) throw new Error('LZMA data is cut off')
    return byte
  }

  #bit(probs: Uint16Array, index: number): number {
    const prob = probs[index] ?? 0
    const bound = (this.#range >>> 11) * prob
    let bit = 0
    if (this.#code >>> 0 < bound >>> 0) {
      this.#range = bound >>> 0
      probs[index] = prob + ((2048 - prob) >>> 5)
    } else {
      this.#range = (this.#range - bound) >>> 0
      this.#code = (this.#code - bound) >>> 0
      probs[index] = prob - (prob >>> 5)
      bit = 1
    }
    if (this.#range < TOP) {
      this.#range = (this.#range << 8) >>> 0
      this.#code = ((this.#code << 8) | this.#next()) >>> 0
    }
    return bit
  }

  #direct(count: number): number {
    let value = 0
    for (let i = 0; i < count; i++) {
      this.#range = this.#range >>> 1
      const bit = this.#code >= this.#range ? 1 : 0
      if (bit) this.#code = (this.#code - this.#range) >>> 0
      value = value * 2 + bit
      if (this.#range < TOP) {
        this.#range = (this.#range << 8) >>> 0
        this.#code = ((this.#code << 8) | this.#next()) >>> 0
      }
    }
    return value
  }

  #tree(probs: Uint16Array, bits: number, base = 0): number {
    let m = 1
    for (let i = 0; i < bits; i++) m = (m << 1) | this.#bit(probs, base + m)
    return m - (1 << bits)
  }

  #reverseTree(probs: Uint16Array, bits: number, base: number): number {
    let m = 1
    let value = 0
    for (let i = 0; i < bits; i++) {
      const bit = this.#bit(probs, base + m)
      m = (m << 1) | bit
      value |= bit << i
    }
    return value
  }

  #length({ choice, low, mid, high }: Lengths, position: number): number {
    if (this.#bit(choice, 0) === 0) return 2 + this.#tree(low, 3, position << 3)
    if (this.#bit(choice, 1) === 0) return 10 + this.#tree(mid, 3, position << 3)
    return 18 + this.#tree(high, 8)
  }

  #symbol(end: number): boolean {
    const position = (this.out.length - this.#base) & ((1 << this.#pb) - 1)
    if (this.#bit(this.#match, (this.#state << 4) + position) === 0) {
      this.#literalByte()
      return true
    }
    let length: number
    if (this.#bit(this.#isRep, this.#state * 4) === 0) {
      length = this.#length(this.#matchLength, position)
      this.#state = this.#state < 7 ? 7 : 10
      const distance = this.#distance(length)
      if (distance === 0xffffffff) return false
      this.#reps = [distance, this.#reps[0] ?? 0, this.#reps[1] ?? 0, this.#reps[2] ?? 0]
    } else {
      const repeated = this.#repeat(position)
      if (repeated === 1) {
        this.out.copy((this.#reps[0] ?? 0) + 1, 1)
        return true
      }
      length = this.#length(this.#repLength, position)
      this.#state = this.#state < 7 ? 8 : 11
    }
    this.out.copy((this.#reps[0] ?? 0) + 1, Math.min(length, end - this.out.length))
    return true
  }

  /** Which of the last distances is used again; 1 where it is a single byte. */
  #repeat(position: number): number {
    const [a = 0, b = 0, c = 0, d = 0] = this.#reps
    if (this.#bit(this.#isRep, this.#state * 4 + 1) === 0) {
      if (this.#bit(this.#isRep0Long, (this.#state << 4) + position) === 0) {
        this.#state = this.#state < 7 ? 9 : 11
        return 1
      }
    } else if (this.#bit(this.#isRep, this.#state * 4 + 2) === 0) this.#reps = [b, a, c, d]
    else if (this.#bit(this.#isRep, this.#state * 4 + 3) === 0) this.#reps = [c, a, b, d]
    else this.#reps = [d, a, b, c]
    return 0
  }

  #literalByte(): void {
    const { out } = this
    const position = out.length - this.#base
    const previous = position > 0 ? out.back(1) : 0
    const context = ((position & ((1 << this.#lp) - 1)) << this.#lc) + (previous >> (8 - this.#lc))
    const base = 0x300 * context
    let symbol = 1
    if (this.#state >= 7) {
      let match = out.back((this.#reps[0] ?? 0) + 1)
      while (symbol < 0x100) {
        const matchBit = (match >> 7) & 1
        match <<= 1
        const bit = this.#bit(this.#literal, base + ((1 + matchBit) << 8) + symbol)
        symbol = (symbol << 1) | bit
        if (matchBit !== bit) break
      }
    }
    while (symbol < 0x100) symbol = (symbol << 1) | this.#bit(this.#literal, base + symbol)
    out.byte(symbol & 255)
    this.#state = this.#state < 4 ? 0 : this.#state < 10 ? this.#state - 3 : this.#state - 6
  }

  #distance(length: number): number {
    const slot = this.#tree(this.#slots, 6, Math.min(length - 2, 3) << 6)
    if (slot < 4) return slot
    const bits = (slot >> 1) - 1
    const high = (2 | (slot & 1)) * 2 ** bits
    if (slot < 14) return high + this.#reverseTree(this.#special, bits, high - slot)
    return high + this.#direct(bits - 4) * 16 + this.#reverseTree(this.#align, 4, 0)
  }
}

function probabilities(count: number): Uint16Array {
  return new Uint16Array(count).fill(1024)
}

function lengths(): Lengths {
  return { choice: probabilities(2), low: probabilities(16 * 8), mid: probabilities(16 * 8), high: probabilities(256) }
}

/** A .lzma file: properties, dictionary size, size, data. */
export function lzmaAlone(bytes: Uint8Array, most: number): Uint8Array {
  const size = Number(Buffer.from(bytes).readBigUInt64LE(5))
  return rawLzma(bytes, 13, bytes[0] ?? 255, Math.min(size, 2 ** 52), most)
}

/** Zip method 14: a version, the size of the properties, the properties, data. */
export function lzmaZip(bytes: Uint8Array, most: number): Uint8Array {
  return rawLzma(bytes, 9, bytes[4] ?? 255, 2 ** 52, most)
}

export function rawLzma(bytes: Uint8Array, at: number, properties: number, size: number, most: number): Uint8Array {
  const decoder = new LzmaDecoder(new Output(most))
  decoder.properties(properties)
  decoder.decode(bytes, at, size)
  return decoder.out.done()
}
