// Protocol buffers without their schema: fields by number, as slices of the source, so that a model of gigabytes costs its
// structure. What a number means is the caller's to know.
import { type ByteSource, Fields, sliceSource, utf8 } from '../source.ts'

export interface ProtoField {
  number: number
  /** Of numbers. Beyond 2^53 not exact. */
  value: number
  /** Of strings, bytes and messages. */
  body: ByteSource | undefined
}

const MOST_FIELDS = 2_000_000

export class ProtoError extends Error {}

export function* protoFields(source: ByteSource): Generator<ProtoField> {
  let at = 0
  for (let count = 0; at < source.size; count++) {
    if (count > MOST_FIELDS) throw new ProtoError(`a message has more than ${MOST_FIELDS} fields`)
    const [key, afterKey] = varint(source, at)
    const [number, wire] = [Math.floor(key / 8), key % 8]
    if (number === 0) throw new ProtoError('a field has the number 0')
    at = afterKey
    if (wire === 0) {
      const [value, after] = varint(source, at)
      yield { number, value, body: undefined }
      at = after
    } else if (wire === 2) {
      const [length, start] = varint(source, at)
      if (!(start + length <= source.size)) throw new ProtoError('a field goes beyond the end')
      yield { number, value: length, body: sliceSource(source, start, length) }
      at = start + length
    } else if (wire === 1 || wire === 5) {
      const width = wire === 1 ? 8 : 4
      if (at + width > source.size) throw new ProtoError('a field goes beyond the end')
      const fields = new Fields(source.read(at, width))
      yield { number, value: wire === 1 ? fields.u64(0) : fields.u32(0), body: undefined }
      at += width
    } else throw new ProtoError(`a field has the wire type ${wire}`)
  }
}

function varint(source: ByteSource, at: number): [number, number] {
  const bytes = source.read(at, 10)
  let value = 0
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0
    value += (byte & 127) * 2 ** (7 * i)
    if (byte < 128) return [value, at + i + 1]
  }
  throw new ProtoError('a number is cut off')
}

/** The bodies of one field, which is what most readers want. */
export function* bodies(source: ByteSource, ...numbers: number[]): Generator<ByteSource> {
  for (const { number, body } of protoFields(source)) if (body && numbers.includes(number)) yield body
}

export function textField(source: ByteSource, number: number, most = 4096): string {
  for (const body of bodies(source, number)) return utf8(body.read(0, Math.min(body.size, most)))
  return ''
}

/** Whether the bytes are a message at all, by its first fields. */
export function isMessage(source: ByteSource, known: ReadonlySet<number>, most = 64): boolean {
  let seen = 0
  try {
    for (const { number } of protoFields(source)) {
      if (!known.has(number)) return false
      if (++seen >= most) return true
    }
  } catch {
    return false
  }
  return seen > 0
}
