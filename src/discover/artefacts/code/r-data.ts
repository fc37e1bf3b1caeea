// R's serialisation (RDS, RDA), in its three spellings. A promise in it is evaluated as soon as R touches the object
// (CVE-2024-27322), and calls are kept as trees, so what they call can be read.
import { type Piece, report, whole } from '../piece.ts'
import { latin1 } from '../source.ts'

const MOST = 256 * 1024 * 1024
const MOST_DEPTH = 2000
const HARMFUL =
  /^(?:system2?|shell|shell\.exec|pipe|socketConnection|download\.file|source|dyn\.load|unlink|file\.remove|Sys\.setenv|setwd|url|curl|writeLines|sink|library\.dynam|processx|system_call|popen|install\.packages|load|readRDS|unserialize|parse|eval|evalq|do\.call|file\.copy|file\.create|write\.table|write\.csv|cat|sys\.source)$/
/** Ordinary in formulas and closures of models when nothing harmful stands beside them. */
const MEEK =
  /^(?:eval|evalq|do\.call|parse|cat|url|load|writeLines|file\.create|write\.csv|write\.table|sink|curl|readRDS|setwd|source)$/

interface Input {
  int(): number
  /** The next number, not taken. */
  peek(): number
  skipDoubles(count: number): void
  skipInts(count: number): void
  skipRaw(count: number): void
  text(length: number): string
  readonly at: number
}

export function rData(piece: Piece): void {
  const bytes = Buffer.from(whole(piece, MOST))
  const start = /^RD[XAB][23]\n/.test(bytes.toString('latin1', 0, 5)) ? 5 : 0
  const kind = bytes.toString('latin1', start, start + 2)
  const input = kind === 'A\n' ? asciiInput(bytes, start + 2) : binaryInput(bytes, start + 2, kind === 'B\n')
  const reader = new RReader(input)
  try {
    reader.start()
  } finally {
    judge(piece, reader)
  }
}

function judge(piece: Piece, { calls, promises }: RReader): void {
  if (promises.length > 0)
    report(piece, 'r-promise', {
      why: `it holds ${promises.length} promise${promises.length > 1 ? 's' : ''}`,
      offset: promises[0] ?? 0,
    })
  const harmful = [...calls].filter((name) => HARMFUL.test(name))
  const strong = harmful.find((name) => !MEEK.test(name))
  const evaluates = harmful.some((name) => name.startsWith('eval')) && harmful.includes('parse')
  const shown = strong ?? (evaluates ? 'eval(parse())' : undefined)
  if (shown) report(piece, 'r-code', { why: `it holds a call of ${shown}` })
}

class RReader {
  readonly #input: Input
  readonly #refs: string[] = []
  #environments = 0
  readonly calls = new Set<string>()
  readonly promises: number[] = []

  constructor(input: Input) {
    this.#input = input
  }

  start(): void {
    const input = this.#input
    const version = input.int()
    input.int()
    input.int()
    if (version === 3) input.text(input.int())
    if (version !== 2 && version !== 3) throw new Error(`version ${version} is not read`)
    this.#item(0)
  }

  /** Gives the name where the item is a symbol. */
  #item(depth: number): string {
    if (depth > MOST_DEPTH) throw new Error('it nests too deep')
    const input = this.#input
    const flags = input.int()
    const type = flags & 0xff
    const [hasAttributes, hasTag] = [(flags & 0x200) !== 0, (flags & 0x400) !== 0]
    switch (type) {
      case 1: {
        const name = this.#item(depth + 1)
        this.#refs.push(name)
        return name
      }
      case 255: {
        const index = flags >> 8 || input.int()
        return this.#refs[index - 1] ?? ''
      }
      case 2:
      case 3:
      case 5:
      case 6:
      case 239:
      case 240:
        return this.#pair(flags, depth)
      case 4:
        input.int()
        this.#refs.push('')
        this.#environments++
        this.#many(4, depth)
        this.#environments--
        return ''
      case 7:
      case 8:
        return input.text(input.int())
      case 9: {
        const length = input.int()
        return length < 0 ? '' : input.text(length)
      }
      case 10:
      case 13:
        input.skipInts(this.#length())
        break
      case 14:
        input.skipDoubles(this.#length())
        break
      case 15:
        input.skipDoubles(2 * this.#length())
        break
      case 16:
      case 19:
      case 20:
        this.#many(this.#length(), depth)
        break
      case 24:
        input.skipRaw(this.#length())
        break
      case 25:
        break
      case 22:
      case 23:
        this.#refs.push('')
        if (type === 22) this.#many(2, depth)
        break
      case 238:
        this.#many(3, depth)
        return ''
      case 21:
        this.#bytecode(depth)
        break
      case 247:
      case 248:
      case 249: {
        input.int()
        this.#many(input.int(), depth)
        this.#refs.push('')
        return ''
      }
      case 241:
      case 242:
      case 250:
      case 251:
      case 252:
      case 253:
      case 254:
      case 0:
        return ''
      default:
        throw new Error(`R type ${type} is not read`)
    }
    if (hasAttributes || (hasTag && type === 25)) this.#item(depth + 1)
    return ''
  }

  #length(): number {
    const length = this.#input.int()
    if (length >= 0) return length
    return this.#input.int() * 2 ** 32 + this.#input.int()
  }

  #many(count: number, depth: number): void {
    for (let i = 0; i < count; i++) this.#item(depth + 1)
  }

  /** Lists are chains: their tail is read in a loop, since thousands of links are usual. */
  #pair(first: number, depth: number): string {
    for (let flags = first; ;) {
      const type = flags & 0xff
      // Within an environment they are arguments that a function never used, as in many a fitted model.
      if (type === 5 && this.#environments === 0) this.promises.push(this.#input.at)
      if (flags & 0x200 || type === 239 || type === 240) this.#item(depth + 1)
      if (flags & 0x400) this.#item(depth + 1)
      const head = this.#item(depth + 1)
      if ((type === 6 || type === 240) && head) this.calls.add(head)
      // The tail: a list goes on in this loop, anything else is an item.
      if ((this.#input.peek() & 0xff) !== 2) {
        this.#item(depth + 1)
        return ''
      }
      flags = this.#input.int()
    }
  }

  #bytecode(depth: number): void {
    const repeated = this.#input.int()
    if (repeated < 0) throw new Error('bytecode is damaged')
    this.#code(depth)
  }

  #code(depth: number): void {
    if (depth > MOST_DEPTH) throw new Error('it nests too deep')
    this.#item(depth + 1)
    const count = this.#input.int()
    for (let i = 0; i < count; i++) {
      const type = this.#input.int()
      if (type === 21) this.#code(depth + 1)
      else if ([6, 2, 244, 243, 240, 239].includes(type)) this.#language(type, depth + 1)
      else this.#item(depth + 1)
    }
  }

  #language(first: number, depth: number): string {
    if (depth > MOST_DEPTH) throw new Error('it nests too deep')
    let type = first
    if (type === 243) {
      this.#input.int()
      return ''
    }
    if (type === 244) {
      this.#input.int()
      type = this.#input.int()
    }
    if (![6, 2, 240, 239].includes(type)) return this.#item(depth + 1)
    if (type === 240 || type === 239) this.#item(depth + 1)
    this.#item(depth + 1)
    const head = this.#language(this.#input.int(), depth + 1)
    if ((type === 6 || type === 240) && head) this.calls.add(head)
    this.#language(this.#input.int(), depth + 1)
    return ''
  }
}

function binaryInput(bytes: Buffer, start: number, isLittle: boolean): Input {
  let at = start
  const move = (count: number) => {
    if (!(count >= 0) || at + count > bytes.length) throw new Error('it is cut off')
    at += count
    return at - count
  }
  const read = (from: number) => (isLittle ? bytes.readInt32LE(from) : bytes.readInt32BE(from))
  return {
    int: () => read(move(4)),
    peek: () => (at + 4 <= bytes.length ? read(at) : 0),
    skipDoubles: (count) => void move(count * 8),
    skipInts: (count) => void move(count * 4),
    skipRaw: (count) => void move(count),
    text: (length) => latin1(bytes.subarray(move(length), at)),
    get at() {
      return at
    },
  }
}

const number = (text: string) => (text === 'NA' ? -1 : Number.parseInt(text, 10))

function asciiInput(bytes: Buffer, start: number): Input {
  let at = start
  const word = () => {
    const end = bytes.indexOf(10, at)
    const text = bytes.toString('latin1', at, end < 0 ? bytes.length : end)
    if (at >= bytes.length) throw new Error('it is cut off')
    at = end < 0 ? bytes.length : end + 1
    return text.trim()
  }
  const skip = (count: number) => {
    for (let i = 0; i < count; i++) word()
  }
  return {
    int: () => number(word()),
    peek() {
      const before = at
      try {
        return number(word())
      } finally {
        at = before
      }
    },
    skipDoubles: skip,
    skipInts: skip,
    skipRaw: skip,
    text: () =>
      word().replaceAll(/\\(?<octal>[0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8))),
    get at() {
      return at
    },
  }
}
