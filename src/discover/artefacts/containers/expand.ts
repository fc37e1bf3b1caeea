// Decompression with a bound, one function for all: node:zlib where it has the format, our own readers for the rest.
import { gunzipSync, inflateRawSync, inflateSync, zstdDecompressSync } from 'node:zlib'
import { Limit, type Piece, report } from '../piece.ts'
import { bunzip2 } from './bzip2.ts'
import { lz4 } from './lz4.ts'
import { lzmaAlone, lzmaZip } from './lzma.ts'
import { xz } from './xz.ts'

export const CODECS = {
  deflate: (bytes: Uint8Array, most: number) => inflateRawSync(bytes, { maxOutputLength: most }),
  zlib: (bytes: Uint8Array, most: number) => inflateSync(bytes, { maxOutputLength: most }),
  gzip: (bytes: Uint8Array, most: number) => gunzipSync(bytes, { maxOutputLength: most }),
  zstd: (bytes: Uint8Array, most: number) => zstdDecompressSync(bytes, { maxOutputLength: most }),
  bzip2: bunzip2,
  xz,
  lzma: lzmaAlone,
  'lzma-zip': lzmaZip,
  lz4,
} satisfies Record<string, (bytes: Uint8Array, most: number) => Uint8Array>

export type Codec = keyof typeof CODECS

const BOMB_RATIO = 250
const BOMB_BYTES = 4 * 1024 * 1024

/** Whether so much from so little can only be meant to exhaust whoever unpacks it. */
export const isBomb = (packed: number, plain: number): boolean =>
  plain >= BOMB_BYTES && plain / Math.max(1, packed) >= BOMB_RATIO

export function expand(piece: Piece, codec: Codec, packed: Uint8Array, where?: string): Uint8Array {
  const most = piece.shared.limits.memberBytes
  const place = where === undefined ? {} : { place: where }
  let plain: Uint8Array
  try {
    plain = CODECS[codec](packed, most)
  } catch (error) {
    if (!isTooLarge(error)) throw error
    if (isBomb(packed.length, most))
      report(piece, 'archive-bomb', { why: `${packed.length} bytes expand to more than ${most}`, ...place })
    throw new Limit(`it expands to more than ${most} bytes`)
  }
  piece.shared.expand(plain.length)
  if (isBomb(packed.length, plain.length))
    report(piece, 'archive-bomb', { why: `${packed.length} bytes expand to ${plain.length}`, ...place })
  return plain
}

const isTooLarge = (error: unknown) =>
  error instanceof Limit || (error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE')
