// safetensors: a length, a JSON header, numbers. There is nothing to execute, so what is left is a header that lies.
import { inside, type Piece, report } from '../piece.ts'
import { Fields, sliceSource, utf8 } from '../source.ts'
import { jsonShape } from '../texts/json-shape.ts'

/** The format's own limit. */
const MOST_HEADER = 100_000_000
const MOST_DEPTH = 32
const BITS: Readonly<Record<string, number>> = {
  BOOL: 8,
  U8: 8,
  I8: 8,
  F8_E5M2: 8,
  F8_E4M3: 8,
  F8_E8M0: 8,
  F8_E4M3FNUZ: 8,
  F8_E5M2FNUZ: 8,
  I16: 16,
  U16: 16,
  F16: 16,
  BF16: 16,
  I32: 32,
  U32: 32,
  F32: 32,
  F64: 64,
  I64: 64,
  U64: 64,
  C64: 64,
  C128: 128,
  F4: 4,
  F6_E2M3: 6,
  F6_E3M2: 6,
}

interface Tensor {
  name: string
  start: number
  end: number
}

export function safetensors(piece: Piece): void {
  const { source } = piece
  const length = new Fields(Uint8Array.from(source.read(0, 8))).u64(0)
  if (!(length + 8 <= source.size)) {
    const isBomb = length > MOST_HEADER || length > 1000 * source.size
    return report(piece, isBomb ? 'header-bomb' : 'truncated', {
      why: `the header claims ${length} bytes; ${source.size} are there`,
      offset: 0,
    })
  }
  if (length > MOST_HEADER)
    return report(piece, 'header-bomb', { why: `the header has ${length} bytes, more than the format allows` })
  const text = utf8(source.read(8, length))
  const shape = jsonShape(text)
  if (shape.depth > MOST_DEPTH)
    return report(piece, 'header-bomb', { why: `the header nests ${shape.depth} levels deep` })
  if (shape.twice !== undefined)
    report(piece, 'duplicate-keys', { why: `the header has ${JSON.stringify(shape.twice).slice(0, 60)} twice` })
  let header: unknown
  try {
    header = JSON.parse(text)
  } catch {
    report(piece, 'not-read', { why: 'the header is not JSON', offset: 8 })
    return
  }
  if (typeof header !== 'object' || header === null || Array.isArray(header))
    return report(piece, 'layout-odd', { why: 'the header is no object' })
  layout(piece, header, 8 + length)
}

function layout(piece: Piece, header: object, data: number): void {
  const size = piece.source.size - data
  const tensors: Tensor[] = []
  for (const [name, value] of Object.entries(header)) {
    if (name === '__metadata__') {
      metadata(piece, value)
      continue
    }
    const tensor = readTensor(piece, name, value, size)
    if (tensor) tensors.push(tensor)
  }
  tensors.sort((a, b) => a.start - b.start || a.end - b.end)
  let end = 0
  for (const { name, start, end: stop } of tensors) {
    if (start < end) report(piece, 'layout-broken', { why: `${name.slice(0, 60)} lies over another tensor` })
    else if (start > end) report(piece, 'layout-odd', { why: `before ${name.slice(0, 60)} are bytes of no tensor` })
    end = Math.max(end, stop)
  }
  if (end < size) trailing(piece, data + end)
}

function metadata(piece: Piece, value: unknown): void {
  const isFlat =
    typeof value === 'object' && value !== null && Object.values(value).every((item) => typeof item === 'string')
  if (!isFlat) report(piece, 'layout-odd', { why: 'its metadata is not text by text' })
}

function readTensor(piece: Piece, name: string, value: unknown, size: number): Tensor | undefined {
  const {
    dtype,
    shape,
    data_offsets: offsets,
  } = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>
  const [start, end] = Array.isArray(offsets) && offsets.length === 2 ? (offsets as unknown[]) : []
  const isShape = Array.isArray(shape) && shape.every((n) => typeof n === 'number' && Number.isInteger(n) && n >= 0)
  if (typeof dtype !== 'string' || !isShape || typeof start !== 'number' || typeof end !== 'number') {
    report(piece, 'layout-odd', { why: `${name.slice(0, 60)} is not described as a tensor` })
    return undefined
  }
  const shown = name.slice(0, 60)
  if (!Number.isSafeInteger(start) || !Number.isSafeInteger(end) || start < 0 || end < start) {
    report(piece, 'layout-broken', { why: `${shown} ends before it starts` })
    return undefined
  }
  const bits = BITS[dtype]
  const count = shape.reduce<number>((product, n) => product * Number(n), 1)
  if (bits === undefined) report(piece, 'layout-odd', { why: `${shown} has the unknown type ${dtype.slice(0, 20)}` })
  else if (!Number.isSafeInteger(count) || Math.ceil((count * bits) / 8) !== end - start)
    report(piece, 'layout-broken', { why: `${shown} has another size than its shape and type give` })
  if (end > size) {
    const isCut = start < size && end - size < 0.5 * end
    report(piece, isCut ? 'truncated' : 'layout-broken', { why: `${shown} ends ${end - size} bytes beyond the file` })
  }
  return { name, start, end }
}

/** Bytes of no tensor after the last one: what another kind of reader would open. */
function trailing(piece: Piece, at: number): void {
  const { source } = piece
  const rest = sliceSource(source, at, source.size - at)
  const format = inside(piece, 'bytes after the tensors', rest)
  report(piece, format === 'unknown' || format === 'text' ? 'trailing-data' : 'polyglot', {
    why: `${rest.size} bytes follow the tensors${format === 'unknown' ? '' : `, a ${format}`}`,
    offset: at,
  })
}
