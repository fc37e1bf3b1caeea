// HDF5 as Keras uses it. Attributes are contiguous whatever version wrote them (in a header, a heap or a block), so that each
// JSON text in the file is found by its shape; links and storage outside of the file are found by the messages that declare them.
import { type Piece, report } from '../piece.ts'
import { type ByteSource, Fields, latin1 } from '../source.ts'
import { kerasTexts } from './keras-texts.ts'

const MOST_HEADERS = 100_000
/** A layout class: numbers that lie in other files, put together. */
const VIRTUAL = 3
const SIGNATURE = '\u0089HDF\r\n\u001a\n'

export function hdf5(piece: Piece): void {
  kerasTexts(piece)
  const walker = new Walker(piece)
  walker.start()
}

/** Object headers from the root on, for what points out of the file. */
class Walker {
  readonly #piece: Piece
  readonly #source: ByteSource
  readonly #seen = new Set<number>()
  readonly #queue: number[] = []
  #base = 0
  #offsets = 8
  #lengths = 8

  constructor(piece: Piece) {
    this.#piece = piece
    this.#source = piece.source
  }

  #fields(at: number, length: number): Fields {
    return new Fields(Uint8Array.from(this.#source.read(Math.max(0, at), length)))
  }

  #offset(fields: Fields, at: number): number {
    return this.#offsets === 8 ? fields.u64(at) : this.#offsets === 4 ? fields.u32(at) : Number.NaN
  }

  start(): void {
    for (let at = 0; at < this.#source.size; at = at === 0 ? 512 : at * 2) {
      if (this.#fields(at, 8).ascii(0, 8) !== SIGNATURE) continue
      this.#base = at
      break
    }
    const block = this.#fields(this.#base, 128)
    const version = block.u8(8)
    let root: number
    if (version >= 2) {
      ;[this.#offsets, this.#lengths] = [block.u8(9), block.u8(10)]
      root = this.#offset(block, 12 + 3 * this.#offsets)
    } else {
      ;[this.#offsets, this.#lengths] = [block.u8(13), block.u8(14)]
      const entry = (version === 1 ? 28 : 24) + 4 * this.#offsets
      root = this.#offset(block, entry + this.#offsets)
    }
    if (!(root < this.#source.size)) throw new Error('its root lies beyond the end')
    this.#queue.push(root)
    while (this.#queue.length > 0 && this.#seen.size < MOST_HEADERS) {
      const next = this.#queue.pop() ?? 0
      if (this.#seen.has(next)) continue
      this.#seen.add(next)
      this.#header(this.#base + next)
    }
  }

  #header(at: number): void {
    const head = this.#fields(at, 16)
    if (head.ascii(0, 4) === 'OHDR') return this.#newHeader(at, head)
    if (head.u8(0) !== 1) return
    this.#oldMessages(at + 16, head.u32(8), 0)
  }

  #oldMessages(at: number, length: number, depth: number): void {
    if (depth > 64 || !(at + length <= this.#source.size)) return
    const fields = this.#fields(at, Math.min(length, 16 * 1024 * 1024))
    for (let from = 0; from + 8 <= fields.length;) {
      const [type, size] = [fields.u16(from), fields.u16(from + 2)]
      const body = new Fields(fields.bytes.subarray(from + 8, from + 8 + size))
      if (type === 0x10)
        this.#oldMessages(this.#base + this.#offset(body, 0), this.#offset(body, this.#offsets), depth + 1)
      else this.#message(type, body)
      from += 8 + size
    }
  }

  #newHeader(at: number, head: Fields): void {
    const flags = head.u8(5)
    let from = 6 + (flags & 0x20 ? 16 : 0) + (flags & 0x10 ? 4 : 0)
    const width = 1 << (flags & 3)
    const fields = this.#fields(at, from + width)
    const size =
      width === 1 ? fields.u8(from) : width === 2 ? fields.u16(from) : width === 4 ? fields.u32(from) : fields.u64(from)
    from += width
    this.#newMessages(at + from, size, flags, 0)
  }

  #newMessages(at: number, length: number, flags: number, depth: number): void {
    if (depth > 64 || !(at + length <= this.#source.size)) return
    const fields = this.#fields(at, Math.min(length, 16 * 1024 * 1024))
    const head = 4 + (flags & 4 ? 2 : 0)
    for (let from = 0; from + head <= fields.length;) {
      const [type, size] = [fields.u8(from), fields.u16(from + 1)]
      const body = new Fields(fields.bytes.subarray(from + head, from + head + size))
      if (type === 0x10) {
        const [next, bytes] = [this.#base + this.#offset(body, 0), this.#offset(body, this.#offsets)]
        this.#newMessages(next + 4, bytes - 8, flags, depth + 1)
      } else this.#message(type, body)
      from += head + size
    }
  }

  #message(type: number, body: Fields): void {
    if (type === 0x07)
      report(this.#piece, 'external-data-escapes', {
        why: 'a dataset keeps its numbers in a file outside',
        effect: 'reads a file of its author’s choice as weights',
      })
    else if (type === 0x08 && body.u8(0) >= 4 && body.u8(1) === VIRTUAL)
      report(this.#piece, 'external-data-escapes', { why: 'a virtual dataset takes its numbers from other files' })
    else if (type === 0x06) this.#link(body)
    else if (type === 0x11) this.#group(this.#base + this.#offset(body, 0), 0)
  }

  #link(body: Fields): void {
    const flags = body.u8(1)
    let at = 2
    const kind = flags & 8 ? body.u8(at++) : 0
    at += (flags & 4 ? 8 : 0) + (flags & 16 ? 1 : 0)
    const width = 1 << (flags & 3)
    const length = width === 1 ? body.u8(at) : width === 2 ? body.u16(at) : body.u32(at)
    at += width + length
    if (kind === 0) this.#queue.push(this.#offset(body, at))
    else if (kind === 64)
      report(this.#piece, 'external-data-escapes', {
        why: `a link leads to another file: ${latin1(body.bytes.subarray(at + 3, at + 123)).replaceAll('\0', ' ')}`,
      })
  }

  /** The tree of an old group: its leaves name the objects. */
  #group(at: number, depth: number): void {
    if (depth > 32 || this.#seen.size + this.#queue.length > MOST_HEADERS) return
    const head = this.#fields(at, 8)
    if (head.ascii(0, 4) === 'TREE') {
      const count = head.u16(6)
      const start = 8 + 2 * this.#offsets
      const fields = this.#fields(at, start + count * (this.#offsets + this.#lengths) + this.#lengths)
      for (let i = 0; i < count; i++)
        this.#group(
          this.#base + this.#offset(fields, start + this.#lengths + i * (this.#offsets + this.#lengths)),
          depth + 1,
        )
    } else if (head.ascii(0, 4) === 'SNOD') {
      const size = 2 * this.#offsets + 24
      const fields = this.#fields(at, 8 + head.u16(6) * size)
      for (let from = 8; from + size <= fields.length; from += size)
        this.#queue.push(this.#offset(fields, from + this.#offsets))
    }
  }
}
