// Python's marshalled code, as Keras keeps lambdas: which names it uses and which strings it holds, without running a byte of
// it. The layout of a code object changes with each Python, but names and strings are marshalled alike in all of them.
export interface MarshalledCode {
  names: string[]
  strings: string[]
}

const MOST_DEPTH = 64
const MOST_OBJECTS = 200_000

class Unmarshal {
  readonly #bytes: Buffer
  readonly #layout: Layout
  readonly #refs: unknown[] = []
  #at = 0
  #objects = 0
  readonly code: MarshalledCode = { names: [], strings: [] }

  constructor(bytes: Uint8Array, layout: Layout) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.#layout = layout
  }

  get atEnd(): boolean {
    return this.#at >= this.#bytes.length
  }

  #u8(): number {
    return this.#bytes.readUInt8(this.#at++)
  }

  #i32(): number {
    this.#at += 4
    return this.#bytes.readInt32LE(this.#at - 4)
  }

  #text(length: number, encoding: 'latin1' | 'utf8'): string {
    if (length < 0 || this.#at + length > this.#bytes.length) throw new Error('marshalled data is cut off')
    this.#at += length
    return this.#bytes.toString(encoding, this.#at - length, this.#at)
  }

  read(depth = 0): unknown {
    if (depth > MOST_DEPTH || ++this.#objects > MOST_OBJECTS) throw new Error('marshalled data is too large')
    const code = this.#u8()
    const index = code & 0x80 ? this.#refs.push(undefined) - 1 : -1
    const value = this.#value(String.fromCharCode(code & 0x7f), depth)
    if (index >= 0) this.#refs[index] = value
    return value
  }

  #value(type: string, depth: number): unknown {
    switch (type) {
      case '0':
      case 'N':
      case 'F':
      case 'T':
      case 'S':
      case '.':
        return null
      case 'i':
        return this.#i32()
      case 'I':
      case 'g':
        this.#at += 8
        return null
      case 'y':
        this.#at += 16
        return null
      case 'f':
        this.#text(this.#u8(), 'latin1')
        return null
      case 'l':
        this.#at += 2 * Math.abs(this.#i32())
        return null
      case 's':
        return Buffer.from(this.#text(this.#i32(), 'latin1'), 'latin1')
      case 't':
      case 'u':
        return this.#text(this.#i32(), 'utf8')
      case 'a':
      case 'A':
        return this.#text(this.#i32(), 'latin1')
      case 'z':
      case 'Z':
        return this.#text(this.#u8(), 'latin1')
      case 'r':
        return this.#refs[this.#i32()]
      case 'R':
        this.#i32()
        return ''
      case ')':
        return this.#items(this.#u8(), depth)
      case '(':
      case '[':
      case '<':
      case '>':
        return this.#items(this.#i32(), depth)
      case ':':
        return this.#items(3, depth)
      case '{':
        while (this.#bytes[this.#at] !== 0x30) this.#items(2, depth)
        this.#at++
        return null
      case 'c':
        return this.#code(depth)
      default:
        throw new Error('no marshalled data')
    }
  }

  #items(count: number, depth: number): unknown[] {
    if (count < 0 || count > this.#bytes.length) throw new Error('marshalled data is cut off')
    return Array.from({ length: count }, () => this.read(depth + 1))
  }

  #code(depth: number): null {
    const { numbers, after } = this.#layout
    this.#at += 4 * numbers
    this.read(depth + 1) // the bytecode
    const constants = this.read(depth + 1)
    const names = this.read(depth + 1)
    if (!Array.isArray(constants) || !Array.isArray(names)) throw new Error('the code object is of another Python')
    this.code.strings.push(...constants.flat(2).filter((item) => typeof item === 'string'))
    this.code.names.push(...names.filter((item) => typeof item === 'string'))
    // Variables, file name, name; then a line number and tables.
    this.#items(5, depth)
    this.#i32()
    this.#items(after, depth)
    return null
  }
}

interface Layout {
  numbers: number
  /** Objects after the line number. */
  after: number
}

/** Python 3.11 on, 3.8 to 3.10, 3.0 to 3.7, 2. */
const LAYOUTS: readonly Layout[] = [
  { numbers: 5, after: 2 },
  { numbers: 6, after: 1 },
  { numbers: 5, after: 1 },
  { numbers: 4, after: 1 },
]

export function readMarshal(bytes: Uint8Array): MarshalledCode | undefined {
  for (const layout of LAYOUTS) {
    const reader = new Unmarshal(bytes, layout)
    try {
      reader.read()
      if (reader.atEnd) return reader.code
    } catch {
      continue // another layout may fit
    }
  }
  return undefined
}
