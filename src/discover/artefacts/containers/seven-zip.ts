// 7z: a header at the end, plain or packed, that lists folders of coders and the files in them. Read whole, since folders
// are solid. What a coder of another kind packs is "not read".
import { inside, Limit, type Piece, report } from '../piece.ts'
import { bytesSource, Fields } from '../source.ts'
import { expand } from './expand.ts'
import { bunzip2 } from './bzip2.ts'
import { undoFilter } from './filters.ts'
import { rawLzma } from './lzma.ts'
import { checkName } from './names.ts'
import { Output } from './output.ts'
import { lzma2 } from './xz.ts'
import { inflateRawSync } from 'node:zlib'

const MOST_HEADER = 16 * 1024 * 1024
const MOST_NUMBER = 1_000_000

export function sevenZip(piece: Piece): void {
  const { source } = piece
  const head = new Fields(source.read(0, 32))
  const at = 32 + head.u64(12)
  const size = head.u64(20)
  if (!(size <= MOST_HEADER) || !(at + size <= source.size))
    throw new Limit('its header lies beyond the end or is too large')
  let header = source.read(at, size)
  for (let i = 0; header[0] === 0x17 && i < 4; i++) {
    const streams = new Header(header, 1).streams()
    header = unpack(piece, streams, 0)[0] ?? new Uint8Array(0)
  }
  if (header[0] === undefined) return
  if (header[0] !== 1) throw new Error('a 7z header of an unknown kind')
  const parsed = new Header(header, 1)
  const { streams, names, empty } = parsed.all()
  const packed = names.filter((_, i) => !empty[i])
  let next = 0
  for (let folder = 0; folder < streams.folders.length; folder++) {
    const count = streams.folders[folder]?.files ?? 0
    const mine = packed.slice(next, next + count)
    next += count
    let files: Uint8Array[]
    try {
      files = unpack(piece, streams, folder)
    } catch (error) {
      if (error instanceof Limit) throw error
      report(piece, 'not-read', { why: `a folder of the 7z archive: ${error instanceof Error ? error.message : ''}` })
      continue
    }
    for (const [i, bytes] of files.entries()) {
      const name = mine[i] ?? `file-${i}`
      checkName(piece, name)
      if (!piece.shared.member(piece, { name, bytes: bytes.length })) return
      inside(piece, name, bytesSource(bytes))
    }
  }
  for (const [i, name] of names.entries()) if (empty[i]) checkName(piece, name)
}

interface Coder {
  id: string
  properties: Uint8Array
}

interface Folder {
  coders: Coder[]
  /** Which coder reads what is packed, which one what that gives, and so on. */
  order: number[]
  packStreams: number
  sizes: number[]
  files: number
  fileSizes: number[]
  hasDigest: boolean
}

interface Streams {
  packAt: number
  packSizes: number[]
  folders: Folder[]
}

class Header {
  readonly #bytes: Uint8Array
  #at: number

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes
    this.#at = at
  }

  #byte(): number {
    const byte = this.#bytes[this.#at++]
    if (byte === undefined) throw new Error('a 7z header is cut off')
    return byte
  }

  #number(): number {
    const first = this.#byte()
    let mask = 0x80
    let value = 0
    for (let i = 0; i < 8; i++) {
      if (!(first & mask)) return value + (first & (mask - 1)) * 2 ** (8 * i)
      value += this.#byte() * 2 ** (8 * i)
      mask >>= 1
    }
    return value
  }

  #count(): number {
    const value = this.#number()
    if (value > MOST_NUMBER) throw new Limit(`a 7z header counts more than ${MOST_NUMBER} things`)
    return value
  }

  #bits(count: number): boolean[] {
    const bits: boolean[] = []
    let byte = 0
    for (let i = 0; i < count; i++) {
      if (i % 8 === 0) byte = this.#byte()
      bits.push((byte & (0x80 >> (i % 8))) !== 0)
    }
    return bits
  }

  #digests(count: number): boolean[] {
    const defined = this.#byte() === 1 ? Array<boolean>(count).fill(true) : this.#bits(count)
    this.#at += 4 * defined.filter(Boolean).length
    return defined
  }

  streams(): Streams {
    const streams: Streams = { packAt: 0, packSizes: [], folders: [] }
    for (let id = this.#byte(); id !== 0; id = this.#byte()) {
      if (id === 6) this.#packInfo(streams)
      else if (id === 7) this.#unpackInfo(streams)
      else if (id === 8) this.#subStreams(streams)
      else throw new Error('a 7z header has an unknown part')
    }
    return streams
  }

  #packInfo(streams: Streams): void {
    streams.packAt = 32 + this.#number()
    const count = this.#count()
    for (let id = this.#byte(); id !== 0; id = this.#byte()) {
      if (id === 9) for (let i = 0; i < count; i++) streams.packSizes.push(this.#number())
      else if (id === 10) this.#digests(count)
    }
  }

  #unpackInfo(streams: Streams): void {
    if (this.#byte() !== 11) throw new Error('a 7z header has no folders')
    const count = this.#count()
    if (this.#byte() !== 0) throw new Error('a 7z header has its folders elsewhere')
    for (let i = 0; i < count; i++) streams.folders.push(this.#folder())
    for (let id = this.#byte(); id !== 0; id = this.#byte()) {
      if (id === 12)
        for (const folder of streams.folders)
          for (const [i] of folder.coders.entries()) folder.sizes[i] = this.#number()
      else if (id === 10)
        for (const [i, has] of this.#digests(count).entries())
          Object.assign(streams.folders[i] ?? {}, { hasDigest: has })
    }
    for (const folder of streams.folders) folder.fileSizes = [sizeOf(folder)]
  }

  #folder(): Folder {
    const coders: Coder[] = []
    const count = this.#count()
    let ins = 0
    let outs = 0
    for (let i = 0; i < count; i++) {
      const flags = this.#byte()
      const id = [...this.#take(flags & 15)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
      const isComplex = (flags & 0x10) !== 0
      ins += isComplex ? this.#count() : 1
      outs += isComplex ? this.#count() : 1
      coders.push({ id, properties: flags & 0x20 ? this.#take(this.#count()) : new Uint8Array(0) })
    }
    // Which stream a coder reads is told by the one that gives it; each of simple coders has one of either.
    const givenTo = new Map<number, number>()
    const given = new Set<number>()
    for (let i = 0; i < outs - 1; i++) {
      const into = this.#number()
      givenTo.set(this.#number(), into)
      given.add(into)
    }
    const packStreams = ins - (outs - 1)
    if (packStreams > 1) for (let i = 0; i < packStreams; i++) this.#number()
    const order: number[] = []
    let next = coders.findIndex((_, i) => !given.has(i))
    for (; next >= 0 && order.length < coders.length; next = givenTo.get(next) ?? -1) order.push(next)
    return { coders, order, packStreams, sizes: [], files: 1, fileSizes: [], hasDigest: false }
  }

  #take(count: number): Uint8Array {
    const bytes = this.#bytes.subarray(this.#at, this.#at + count)
    this.#at += count
    return bytes
  }

  #subStreams(streams: Streams): void {
    let id = this.#byte()
    if (id === 13) {
      for (const folder of streams.folders) folder.files = this.#count()
      id = this.#byte()
    }
    for (const folder of streams.folders) {
      if (folder.files === 0) continue
      const total = sizeOf(folder)
      const sizes: number[] = []
      if (id === 9) for (let i = 1; i < folder.files; i++) sizes.push(this.#number())
      sizes.push(total - sizes.reduce((sum, size) => sum + size, 0))
      folder.fileSizes = sizes
    }
    if (id === 9) id = this.#byte()
    // Digests are told for what has none yet; nothing of ours follows them but the end.
    while (id !== 0) {
      if (id === 10) {
        const unknown = streams.folders.map(({ files, hasDigest }) => (files === 1 && hasDigest ? 0 : files))
        this.#digests(unknown.reduce((sum, files) => sum + files, 0))
      }
      id = this.#byte()
    }
  }

  all(): { streams: Streams; names: string[]; empty: boolean[] } {
    let streams: Streams = { packAt: 0, packSizes: [], folders: [] }
    let names: string[] = []
    let empty: boolean[] = []
    for (let id = this.#byte(); id !== 0; id = this.#byte()) {
      if (id === 4) streams = this.streams()
      else if (id === 5) ({ names, empty } = this.#files())
      else throw new Error('a 7z header has an unknown part')
    }
    return { streams, names, empty }
  }

  #files(): { names: string[]; empty: boolean[] } {
    const count = this.#count()
    let names: string[] = []
    let empty = Array<boolean>(count).fill(false)
    for (let id = this.#byte(); id !== 0; id = this.#byte()) {
      const size = this.#number()
      const end = this.#at + size
      if (id === 14) empty = this.#bits(count)
      else if (id === 17 && this.#byte() === 0) {
        names = Buffer.from(this.#bytes.subarray(this.#at, end)).toString('utf16le').split('\0').slice(0, count)
      }
      this.#at = end
    }
    return { names, empty }
  }
}

/** How many bytes its last coder gives. */
const sizeOf = ({ order, sizes }: Folder): number => sizes[order.at(-1) ?? 0] ?? 0

function unpack(piece: Piece, { packAt, packSizes, folders }: Streams, index: number): Uint8Array[] {
  const folder = folders[index]
  if (!folder) return []
  if (folder.packStreams !== 1 || folder.order.length !== folder.coders.length)
    throw new Error('folders of several streams are not read')
  const before = folders.slice(0, index).reduce((sum, { packStreams }) => sum + packStreams, 0)
  const at = packSizes.slice(0, before).reduce((sum, size) => sum + size, packAt)
  const size = packSizes[before] ?? 0
  const most = piece.shared.limits.memberBytes
  if (size > most || folder.sizes.some((bytes) => bytes > most))
    throw new Limit(`it expands to more than ${most} bytes`)
  let bytes = piece.source.read(at, size)
  for (const index of folder.order) {
    const coder = folder.coders[index]
    if (coder) bytes = decode(piece, coder, bytes, folder.sizes[index] ?? 0, most)
  }
  let from = 0
  return folder.fileSizes.map((length) => {
    const file = bytes.subarray(from, from + length)
    from += length
    return file
  })
}

function decode(piece: Piece, { id, properties }: Coder, bytes: Uint8Array, size: number, most: number): Uint8Array {
  switch (id) {
    case '00':
      return bytes
    case '030101':
      return counted(piece, rawLzma(bytes, 0, properties[0] ?? 255, size, most))
    case '21': {
      const out = new Output(most, size)
      lzma2(bytes, 0, out)
      return counted(piece, out.done())
    }
    case '040108':
      return counted(piece, inflateRawSync(bytes, { maxOutputLength: most }))
    case '040202':
      return counted(piece, bunzip2(bytes, most))
    case '04f71101':
      return expand(piece, 'zstd', bytes)
    case '06f10701':
      report(piece, 'archive-encrypted', { why: 'a folder of the 7z archive is encrypted' })
      throw new Error('it is encrypted')
    default: {
      const undone = undoFilter(id, properties, bytes)
      if (!undone) throw new Error(`the coder ${id} is not read`)
      return undone
    }
  }
}

function counted(piece: Piece, bytes: Uint8Array): Uint8Array {
  piece.shared.expand(bytes.length)
  return bytes
}
