// LZ4 frames and blocks, as joblib writes them.
import { Fields } from '../source.ts'
import { Output } from './output.ts'

const MAGIC = 0x184d2204

export function lz4(bytes: Uint8Array, most: number): Uint8Array {
  const fields = new Fields(bytes)
  const out = new Output(most)
  let at = 0
  while (at < bytes.length) {
    const magic = fields.u32(at)
    if (magic >= 0x184d2a50 && magic <= 0x184d2a5f) {
      at += 8 + fields.u32(at + 4)
      continue
    }
    if (magic !== MAGIC) throw new Error('no LZ4 frame')
    at = frame(fields, at + 4, out)
  }
  return out.done()
}

function frame(fields: Fields, start: number, out: Output): number {
  const flags = fields.u8(start)
  const [hasBlockSum, hasSize, hasSum, hasDictionary] = [flags & 16, flags & 8, flags & 4, flags & 1]
  let at = start + 2 + (hasSize ? 8 : 0) + (hasDictionary ? 4 : 0) + 1
  for (;;) {
    const size = fields.u32(at)
    if (Number.isNaN(size)) throw new Error('an LZ4 frame is cut off')
    at += 4
    if (size === 0) return at + (hasSum ? 4 : 0)
    const length = size & 0x7fffffff
    const block = fields.bytes.subarray(at, at + length)
    if (block.length < length) throw new Error('an LZ4 block is cut off')
    if (size >= 0x80000000) out.append(block)
    else decode(block, out)
    at += length + (hasBlockSum ? 4 : 0)
  }
}

function decode(block: Uint8Array, out: Output): void {
  let at = 0
  const extra = (length: number) => {
    if (length !== 15) return length
    let sum = length
    for (let byte = 255; byte === 255;) {
      byte = block[at++] ?? 0
      sum += byte
    }
    return sum
  }
  while (at < block.length) {
    const token = block[at++] ?? 0
    const literals = extra(token >> 4)
    out.append(block.subarray(at, at + literals))
    at += literals
    if (at >= block.length) return
    const distance = (block[at] ?? 0) | ((block[at + 1] ?? 0) << 8)
    at += 2
    out.copy(distance, extra(token & 15) + 4)
  }
}
