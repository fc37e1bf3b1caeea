// What the heads of weight files say of their model: the values of GGUF, the header of safetensors. Nothing of the weights is
// read, and a head that lies tells nothing.
import { closeSync, constants, fstatSync, openSync } from 'node:fs'
import { ARRAY, Cursor, SCALARS, STRING } from '../artefacts/tensors/gguf-cursor.ts'
import { type ByteSource, Fields, fileSource, utf8 } from '../artefacts/source.ts'
import { record } from '../bom/loose.ts'

export type HeadValues = Map<string, string | number>

const MOST_KEYS = 10_000
const MOST_ELEMENTS = 4_000_000
const MOST_HEADER = 16 * 1024 * 1024
const MOST_TEXT = 500

export function readHead(path: string): HeadValues {
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  try {
    const stat = fstatSync(descriptor)
    if (!stat.isFile()) return new Map()
    const source = fileSource(descriptor, stat.size)
    return /\.gguf$/i.test(path) ? ggufValues(source) : safetensorsValues(source)
  } finally {
    closeSync(descriptor)
  }
}

export function ggufValues(source: ByteSource): HeadValues {
  const values: HeadValues = new Map()
  const cursor = new Cursor(source)
  if (utf8(cursor.take(4)) !== 'GGUF') return values
  cursor.isWide = cursor.u32() > 1
  cursor.length()
  const keys = Math.min(cursor.length(), MOST_KEYS)
  for (let i = 0; i < keys; i++) {
    const key = cursor.text(256)
    const type = cursor.u32()
    const width = SCALARS[type]
    if (type === STRING) values.set(key, cursor.text(MOST_TEXT))
    else if (type === ARRAY) skipArray(cursor)
    else if (width === undefined) return values
    else {
      const bytes = cursor.take(width)
      if (type === 4) values.set(key, new Fields(bytes).u32(0))
      else if (type === 10) values.set(key, new Fields(bytes).u64(0))
    }
  }
  return values
}

function skipArray(cursor: Cursor): void {
  const type = cursor.u32()
  const count = cursor.length()
  const width = SCALARS[type]
  if (width !== undefined) return cursor.skip(count * width)
  if (type !== STRING || count > MOST_ELEMENTS) throw new RangeError('an array that is not read')
  for (let i = 0; i < count; i++) cursor.skip(cursor.length())
}

/** Of the tensors only how many numbers they hold, and of which type. */
export function safetensorsValues(source: ByteSource): HeadValues {
  const values: HeadValues = new Map()
  const length = new Fields(Uint8Array.from(source.read(0, 8))).u64(0)
  if (!(length <= MOST_HEADER && length + 8 <= source.size)) return values
  const header = record(JSON.parse(utf8(source.read(8, length))))
  let parameters = 0
  const types = new Set<string>()
  for (const [name, value] of Object.entries(header)) {
    if (name === '__metadata__') continue
    const { dtype, shape } = record(value)
    if (typeof dtype === 'string' && /^[A-Z0-9_]{1,20}$/.test(dtype)) types.add(dtype)
    if (Array.isArray(shape)) parameters += shape.reduce<number>((product, n) => product * Number(n), 1)
  }
  for (const [name, value] of Object.entries(record(header['__metadata__'])).slice(0, 50))
    if (typeof value === 'string') values.set(`metadata.${name.slice(0, 100)}`, value.slice(0, MOST_TEXT))
  if (Number.isSafeInteger(parameters) && parameters > 0) values.set('parameters', parameters)
  if (types.size > 0) values.set('types', [...types].toSorted().join(', '))
  return values
}
