// Containers that Node cannot write, made by the simplest encoders that the formats allow.
import { crc32, deflateSync, gzipSync } from 'node:zlib'
import { join, u16, u32 } from './testing.ts'

export { deflateSync, gzipSync }

/** A pickle that calls os.system, packed by Python's bz2. */
export const bzip2Sample = Buffer.from(
  'QlpoOTFBWSZTWUNNoIAAAA3T4BUIQEEQACpKnCBABAgAIAAxRoyBo0yNChoADTGozQcYyyHkk8vaLxSCdsHBoj3xdyRThQkENNoIAA==',
  'base64',
)

/** LZMA2 with a stored chunk. */
export function xzStored(data: Uint8Array): Buffer {
  const header = join('\u00fd7zXZ\u0000', Buffer.from([0, 1]))
  const block = Buffer.from([2, 0, 0x21, 1, 0x16, 0, 0, 0])
  const chunk = join(Buffer.from([1, (data.length - 1) >> 8, (data.length - 1) & 255]), data, Buffer.from([0]))
  const padded = join(chunk, Buffer.alloc((4 - (chunk.length % 4)) % 4))
  const index = Buffer.from([0, 1, 0, 0])
  return join(
    header,
    u32(0),
    block,
    u32(crc32(block)),
    padded,
    u32(crc32(data)),
    index,
    u32(crc32(index)),
    u32(0),
    u32(1),
    u16(1),
    'YZ',
  )
}

/** One block of literals. */
export function lz4Frame(data: Uint8Array): Buffer {
  const lengths =
    data.length < 15
      ? Buffer.from([data.length << 4])
      : Buffer.from([0xf0, ...Array<number>(Math.floor((data.length - 15) / 255)).fill(255), (data.length - 15) % 255])
  return join(
    Buffer.from([4, 0x22, 0x4d, 0x18, 0x40, 0x40, 0]),
    u32(lengths.length + data.length),
    lengths,
    data,
    u32(0),
  )
}
