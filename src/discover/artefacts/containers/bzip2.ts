// bzip2: blocks of a Burrows-Wheeler transform under Huffman codes. One stream after the other, as `bzip2 -d` reads them.
import { Output } from './output.ts'

class Bits {
  readonly #bytes: Uint8Array
  #at = 0
  #buffer = 0
  #count = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  read(count: number): number {
    let value = 0
    for (let left = count; left > 0;) {
      if (this.#count === 0) {
        if (this.#at >= this.#bytes.length) throw new Error('bzip2 data is cut off')
        this.#buffer = this.#bytes[this.#at++] ?? 0
        this.#count = 8
      }
      const take = Math.min(left, this.#count)
      value = value * 2 ** take + ((this.#buffer >> (this.#count - take)) & ((1 << take) - 1))
      this.#count -= take
      left -= take
    }
    return value
  }

  align(): void {
    this.#count = 0
  }

  get left(): number {
    return this.#bytes.length - this.#at
  }
}

const BLOCK = 0x314159265359
const END = 0x177245385090

export function bunzip2(bytes: Uint8Array, most: number): Uint8Array {
  const bits = new Bits(bytes)
  const out = new Output(most)
  while (bits.left >= 14) {
    if (bits.read(24) !== 0x425a68) {
      if (out.length > 0) break
      throw new Error('no bzip2 data')
    }
    const level = bits.read(8) - 0x30
    if (!(level >= 1 && level <= 9)) throw new Error('a bzip2 level is out of range')
    for (;;) {
      const magic = bits.read(48)
      bits.read(32)
      if (magic === END) break
      if (magic !== BLOCK) throw new Error('a bzip2 block has no header')
      block(bits, level * 100_000, out)
    }
    bits.align()
  }
  return out.done()
}

function block(bits: Bits, size: number, out: Output): void {
  if (bits.read(1) === 1) throw new Error('randomised bzip2 blocks are not read')
  const origin = bits.read(24)
  const symbols = usedBytes(bits)
  const groups = bits.read(3)
  const selectorCount = bits.read(15)
  if (groups < 2 || groups > 6 || selectorCount < 1) throw new Error('a bzip2 block has no codes')
  const selectors = readSelectors(bits, groups, selectorCount)
  const codes = Array.from({ length: groups }, () => readCode(bits, symbols.length + 2))
  const text = new Uint32Array(size)
  const counts = new Uint32Array(256)
  let length = 0
  let run = 0
  let step = 1
  const flush = () => {
    const byte = symbols[0] ?? 0
    if (length + run > size) throw new Error('a bzip2 block is too long')
    text.fill(byte, length, length + run)
    counts[byte] = (counts[byte] ?? 0) + run
    length += run
    run = 0
    step = 1
  }
  for (let i = 0; ; i++) {
    const code = codes[selectors[Math.floor(i / 50)] ?? -1]
    if (!code) throw new Error('a bzip2 block has too few codes')
    const symbol = decode(bits, code)
    if (symbol <= 1) {
      run += step << symbol
      step <<= 1
      if (run > size) throw new Error('a bzip2 block is too long')
      continue
    }
    if (run > 0) flush()
    if (symbol === symbols.length + 1) break
    const byte = symbols.splice(symbol - 1, 1)[0] ?? 0
    symbols.unshift(byte)
    if (length >= size) throw new Error('a bzip2 block is too long')
    text[length++] = byte
    counts[byte] = (counts[byte] ?? 0) + 1
  }
  untransform(text, counts, length, origin, out)
}

function usedBytes(bits: Bits): number[] {
  const ranges = bits.read(16)
  const used: number[] = []
  for (let i = 0; i < 16; i++) {
    if (!(ranges & (0x8000 >> i))) continue
    const row = bits.read(16)
    for (let k = 0; k < 16; k++) if (row & (0x8000 >> k)) used.push(i * 16 + k)
  }
  if (used.length === 0) throw new Error('a bzip2 block uses no bytes')
  return used
}

function readSelectors(bits: Bits, groups: number, count: number): number[] {
  const order = [...Array(groups).keys()]
  return Array.from({ length: count }, () => {
    let index = 0
    while (bits.read(1) === 1) if (++index >= groups) throw new Error('a bzip2 selector is out of range')
    const [group = 0] = order.splice(index, 1)
    order.unshift(group)
    return group
  })
}

interface Code {
  /** By length: the first code, how many, and where its symbols begin. */
  first: number[]
  count: number[]
  start: number[]
  sorted: number[]
}

function readCode(bits: Bits, symbols: number): Code {
  const lengths: number[] = []
  let length = bits.read(5)
  for (let i = 0; i < symbols; i++) {
    while (bits.read(1) === 1) length += bits.read(1) === 0 ? 1 : -1
    if (length < 1 || length > 20) throw new Error('a bzip2 code is out of range')
    lengths.push(length)
  }
  const sorted = lengths.map((_, symbol) => symbol).toSorted((a, b) => (lengths[a] ?? 0) - (lengths[b] ?? 0) || a - b)
  const count = Array.from({ length: 21 }, (_, n) => lengths.filter((l) => l === n).length)
  const first: number[] = []
  const start: number[] = []
  let code = 0
  let seen = 0
  for (let n = 0; n <= 20; n++) {
    first.push(code)
    start.push(seen)
    code = (code + (count[n] ?? 0)) << 1
    seen += count[n] ?? 0
  }
  return { first, count, start, sorted }
}

function decode(bits: Bits, { first, count, start, sorted }: Code): number {
  let code = 0
  for (let n = 1; n <= 20; n++) {
    code = (code << 1) | bits.read(1)
    const index = code - (first[n] ?? 0)
    if (index >= 0 && index < (count[n] ?? 0)) return sorted[(start[n] ?? 0) + index] ?? 0
  }
  throw new Error('a bzip2 code is not known')
}

function untransform(text: Uint32Array, counts: Uint32Array, length: number, origin: number, out: Output): void {
  if (origin >= length) throw new Error('a bzip2 block points beyond itself')
  let sum = 0
  for (let i = 0; i < 256; i++) {
    const count = counts[i] ?? 0
    counts[i] = sum
    sum += count
  }
  for (let i = 0; i < length; i++) {
    const byte = (text[i] ?? 0) & 255
    const to = counts[byte] ?? 0
    counts[byte] = to + 1
    text[to] = ((text[to] ?? 0) & 255) | (i << 8)
  }
  let next = (text[origin] ?? 0) >>> 8
  let repeats = 0
  let last = -1
  for (let i = 0; i < length; i++) {
    const entry = text[next] ?? 0
    const byte = entry & 255
    next = entry >>> 8
    if (repeats === 4) {
      for (let k = 0; k < byte; k++) out.byte(last)
      repeats = 0
      last = -1
      continue
    }
    repeats = byte === last ? repeats + 1 : 1
    last = byte
    out.byte(byte)
  }
}
