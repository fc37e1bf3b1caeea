// GGUF: counts, keys with values, tensor descriptions, data. Readers in C trust its numbers, so each is held against the file;
// the chat templates among the values are code.
import { inside, type Piece, report } from '../piece.ts'
import { Fields, sliceSource } from '../source.ts'
import { scanTemplate } from '../code/template.ts'
import { ARRAY, Bomb, Cursor, Cut, SCALARS, STRING } from './gguf-cursor.ts'

const MOST_TEMPLATE = 4 * 1024 * 1024
const MOST_KEYS = 1_000_000
const MOST_TENSORS = 1_000_000
const MOST_FILLING = 65_536
const MOST_DIMENSIONS = 4

/** Elements in a block and its bytes, by ggml's number of the type. */
const BLOCKS: Readonly<Record<number, readonly [number, number]>> = {
  0: [1, 4],
  1: [1, 2],
  2: [32, 18],
  3: [32, 20],
  6: [32, 22],
  7: [32, 24],
  8: [32, 34],
  9: [32, 36],
  10: [256, 84],
  11: [256, 110],
  12: [256, 144],
  13: [256, 176],
  14: [256, 210],
  15: [256, 292],
  16: [256, 66],
  17: [256, 74],
  18: [256, 98],
  19: [256, 50],
  20: [32, 18],
  21: [256, 110],
  22: [256, 82],
  23: [256, 136],
  24: [1, 1],
  25: [1, 2],
  26: [1, 4],
  27: [1, 8],
  28: [1, 8],
  29: [256, 56],
  30: [1, 2],
  34: [256, 54],
  35: [256, 66],
  39: [32, 17],
}

interface Tensor {
  name: string
  start: number
  bytes: number
}

export function gguf(piece: Piece): void {
  const cursor = new Cursor(piece.source)
  try {
    readFile(piece, cursor)
  } catch (error) {
    if (error instanceof Cut) report(piece, 'truncated', { why: error.message, offset: cursor.at })
    else if (error instanceof Bomb) report(piece, 'header-bomb', { why: error.message, offset: cursor.at })
    else throw error
  }
}

function readFile(piece: Piece, cursor: Cursor): void {
  cursor.at = 4
  const version = cursor.u32()
  if (version === 0 || version > 0xffff)
    throw new Error(`version ${version} is not read; the byte order may be another`)
  const isWide = version > 1
  cursor.isWide = isWide
  const tensors = cursor.length()
  const keys = cursor.length()
  const most = piece.source.size
  if (keys > MOST_KEYS || (keys * 13 > most && keys > 10_000)) throw new Bomb(`it claims ${keys} keys in ${most} bytes`)
  if (tensors > MOST_TENSORS || (tensors * 24 > most && tensors > 10_000))
    throw new Bomb(`it claims ${tensors} tensors in ${most} bytes`)
  const values = readValues(piece, cursor, keys)
  const alignment = values.get('general.alignment') ?? 32
  if (!(alignment > 0) || (alignment & (alignment - 1)) !== 0) {
    report(piece, 'layout-broken', { why: `the alignment ${alignment} is no power of two` })
    return
  }
  readTensors(piece, cursor, tensors, alignment)
}

function readValues(piece: Piece, cursor: Cursor, count: number): Map<string, number> {
  const seen = new Set<string>()
  const numbers = new Map<string, number>()
  for (let i = 0; i < count; i++) {
    const key = cursor.text(256)
    if (seen.has(key))
      report(piece, 'duplicate-keys', { why: `the key ${key.slice(0, 60)} stands twice`, offset: cursor.at })
    seen.add(key)
    const type = cursor.u32()
    if (type === STRING) {
      const at = cursor.at
      const isTemplate = /(?:^|\.)chat_template(?:s)?(?:\.|$)/.test(key)
      const value = cursor.text(isTemplate ? MOST_TEMPLATE : 4096)
      if (isTemplate || /\{[{%]/.test(value)) template(piece, key, value, at, isTemplate)
    } else if (type === ARRAY) readArray(piece, cursor, key, 0)
    else {
      const width = SCALARS[type]
      if (width === undefined) throw new Bomb(`the key ${key.slice(0, 60)} has the unknown type ${type}`)
      const bytes = cursor.take(width)
      if (width === 4 && type !== 6) numbers.set(key, new Fields(bytes).u32(0))
    }
  }
  return numbers
}

function template(piece: Piece, key: string, text: string, at: number, isTemplate: boolean): void {
  for (const { technique, why, at: within } of scanTemplate(text)) {
    if (isTemplate || technique === 'template-escape')
      report(piece, technique, { why: `${key}: ${why}`, offset: at + within, place: key })
  }
}

function readArray(piece: Piece, cursor: Cursor, key: string, depth: number): void {
  if (depth > 8) throw new Bomb('its arrays nest deeper than 8')
  const type = cursor.u32()
  const count = cursor.length()
  const width = SCALARS[type]
  if (width !== undefined) return cursor.skip(count * width)
  if (type !== STRING && type !== ARRAY) throw new Bomb(`an array has the unknown type ${type}`)
  if (count * 8 > piece.source.size) {
    if (count > 100 * piece.source.size) throw new Bomb(`an array claims ${count} elements`)
    throw new Cut('it ends within an array')
  }
  for (let i = 0; i < count; i++) {
    if (type === ARRAY) readArray(piece, cursor, key, depth + 1)
    else if (/chat_template/.test(key)) template(piece, key, cursor.text(MOST_TEMPLATE), cursor.at, true)
    else cursor.skip(cursor.length())
  }
}

function readTensors(piece: Piece, cursor: Cursor, count: number, alignment: number): void {
  const tensors: Tensor[] = []
  const names = new Set<string>()
  for (let i = 0; i < count; i++) {
    const name = cursor.text(256)
    const shown = name.slice(0, 60)
    if (names.has(name)) report(piece, 'duplicate-keys', { why: `the tensor ${shown} stands twice` })
    names.add(name)
    const dimensions = cursor.u32()
    if (dimensions > MOST_DIMENSIONS) throw new Bomb(`the tensor ${shown} claims ${dimensions} dimensions`)
    let elements = 1
    for (let d = 0; d < dimensions; d++) elements *= cursor.isWide ? cursor.u64() : cursor.u32()
    const type = cursor.u32()
    const start = cursor.u64()
    const block = BLOCKS[type]
    if (!(elements <= 2 ** 53)) throw new Bomb(`the dimensions of ${shown} overflow`)
    if (!block) report(piece, 'layout-odd', { why: `the tensor ${shown} has the unknown type ${type}` })
    if (start % alignment !== 0) report(piece, 'layout-odd', { why: `the tensor ${shown} is not aligned` })
    tensors.push({ name: shown, start, bytes: block ? Math.ceil(elements / block[0]) * block[1] : 0 })
  }
  const data = Math.ceil(cursor.at / alignment) * alignment
  extents(piece, tensors, Math.max(0, piece.source.size - data), data)
}

function extents(piece: Piece, tensors: Tensor[], size: number, data: number): void {
  tensors.sort((a, b) => a.start - b.start)
  let end = 0
  let overlaps = false
  for (const { name, start, bytes } of tensors) {
    if (start < end) {
      overlaps = true
      report(piece, 'layout-broken', { why: `the tensor ${name} lies over another one` })
    }
    end = Math.max(end, start + bytes)
  }
  if (end > size) {
    // A download that broke off has most of what it should; a header that lies has next to nothing.
    const isCut = !overlaps && end < 2 * Math.max(size, 64) && tensors.length > 1
    report(piece, isCut ? 'truncated' : 'layout-broken', { why: `its tensors end ${end - size} bytes beyond the file` })
  } else if (size - end >= 64) trailing(piece, data + end)
}

function trailing(piece: Piece, end: number): void {
  // Zeros fill up to where something else may begin.
  const filled = piece.source.read(end, MOST_FILLING).findIndex((byte) => byte !== 0)
  if (filled < 0 && piece.source.size - end <= MOST_FILLING) return
  const at = end + Math.max(filled, 0)
  const rest = sliceSource(piece.source, at, piece.source.size - at)
  const format = inside(piece, 'bytes after the tensors', rest)
  if (format === 'zip' || format === 'program' || format === 'pickle')
    report(piece, 'polyglot', { why: `a ${format} follows the tensors`, offset: at })
  else report(piece, 'trailing-data', { why: `${rest.size} bytes follow the tensors`, offset: at })
}
