// xz files and the LZMA2 chunks within, which 7z uses too. Checksums are not verified: a loader that does not care loads it.
import { Fields, startsWith } from '../source.ts'
import { undoFilter } from './filters.ts'
import { LzmaDecoder } from './lzma.ts'
import { Output } from './output.ts'

const CHECK_BYTES = [0, 4, 4, 4, 8, 8, 8, 16, 16, 16, 32, 32, 32, 64, 64, 64]

export function xz(bytes: Uint8Array, most: number): Uint8Array {
  const out = new Output(most)
  let at = 0
  while (at < bytes.length && startsWith(bytes.subarray(at), '\u00fd7zXZ\u0000')) {
    at = stream(bytes, at, out, most)
    while (at < bytes.length && bytes[at] === 0) at++
  }
  if (at === 0) throw new Error('no xz data')
  return out.done()
}

function stream(bytes: Uint8Array, start: number, out: Output, most: number): number {
  const fields = new Fields(bytes)
  const check = CHECK_BYTES[fields.u8(start + 7) & 15] ?? 0
  let at = start + 12
  let blocks = 0
  while (fields.u8(at) > 0) {
    const header = (fields.u8(at) + 1) * 4
    const filters = filtersOf(bytes.subarray(at + 1, at + header - 4))
    const block = filters.length > 0 ? new Output(most) : out
    const used = lzma2(bytes, at + header, block)
    if (block !== out) out.append(unfiltered(block.done(), filters))
    at += header + used
    at += (4 - ((at - start) % 4)) % 4
    at += check
    blocks++
  }
  if (Number.isNaN(fields.u8(at)) && blocks === 0) throw new Error('xz data is cut off')
  // The index: as many records as blocks; its size stands in the footer.
  const footer = indexEnd(bytes, at)
  return footer + 12
}

interface Filter {
  id: string
  properties: Uint8Array
}

function unfiltered(packed: Uint8Array, filters: readonly Filter[]): Uint8Array {
  let bytes = packed
  for (const { id, properties } of filters.toReversed()) {
    const undone = undoFilter(id, properties, bytes)
    if (!undone) throw new Error(`the xz filter ${id} is not read`)
    bytes = undone
  }
  return bytes
}

/** What stands before LZMA2, which comes last. */
function filtersOf(header: Uint8Array): Filter[] {
  const flags = header[0] ?? 0
  let at = 1
  const number = () => {
    let value = 0
    for (let shift = 0; shift < 63; shift += 7) {
      const byte = header[at++] ?? 0
      value += (byte & 127) * 2 ** shift
      if (byte < 128) break
    }
    return value
  }
  if (flags & 0x40) number()
  if (flags & 0x80) number()
  const filters: Filter[] = []
  for (let i = 0; i <= (flags & 3); i++) {
    const id = number().toString(16).padStart(2, '0')
    const size = number()
    filters.push({ id, properties: header.subarray(at, at + size) })
    at += size
  }
  const last = filters.pop()
  if (last?.id !== '21') throw new Error(`the xz filter ${last?.id} is not read`)
  return filters
}

function indexEnd(bytes: Uint8Array, start: number): number {
  let at = start + 1
  const number = () => {
    let value = 0
    for (let shift = 0; shift < 63 && at < bytes.length; shift += 7) {
      const byte = bytes[at++] ?? 0
      value += (byte & 127) * 2 ** shift
      if (byte < 128) break
    }
    return value
  }
  const records = Math.min(number(), bytes.length)
  for (let i = 0; i < records && at < bytes.length; i++) {
    number()
    number()
  }
  at += (4 - ((at - start) % 4)) % 4
  return at + 4
}

/** Chunks until the end mark; how many bytes were read. */
export function lzma2(bytes: Uint8Array, start: number, out: Output): number {
  const decoder = new LzmaDecoder(out)
  let at = start
  for (;;) {
    const control = bytes[at]
    if (control === undefined) throw new Error('LZMA2 data is cut off')
    if (control === 0) return at + 1 - start
    if (control < 0x80) {
      if (control === 1) decoder.resetDictionary()
      if (control > 2) throw new Error('an LZMA2 chunk is not known')
      const size = (((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0)) + 1
      if (at + 3 + size > bytes.length) throw new Error('LZMA2 data is cut off')
      out.append(bytes.subarray(at + 3, at + 3 + size))
      at += 3 + size
      continue
    }
    const size = (((control & 31) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0)) + 1
    const packed = (((bytes[at + 3] ?? 0) << 8) | (bytes[at + 4] ?? 0)) + 1
    const reset = (control >> 5) & 3
    if (reset === 3) decoder.resetDictionary()
    if (reset >= 2) decoder.properties(bytes[at + 5] ?? 255)
    else if (reset === 1) decoder.reset()
    const data = at + (reset >= 2 ? 6 : 5)
    decoder.decode(bytes.subarray(data, data + packed), 0, size)
    at = data + packed
  }
}
