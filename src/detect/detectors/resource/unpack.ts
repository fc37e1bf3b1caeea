// How much a packed payload unpacks to, without unpacking more than it takes to know: inflation stops at a bound, a payload
// that was cut off is inflated as far as it goes, and what comes out is looked at again if it is packed itself.
import { constants, inflateRawSync, zstdDecompressSync } from 'node:zlib'

interface Format {
  name: string
  magic: readonly number[]
  /** Where the packed data begin. */
  dataAt?: (bytes: Uint8Array) => number
  /** How large the payload says its content is. */
  says?: (bytes: Uint8Array) => number
}

const GZIP_EXTRA = 4
const GZIP_NAMES = 0x18
const FORMATS: readonly Format[] = [
  { name: 'gzip', magic: [0x1f, 0x8b, 8], dataAt: behindGzipHeader },
  { name: 'zip', magic: [0x50, 0x4b, 3, 4], dataAt: (b) => 30 + short(b, 26) + short(b, 28), says: zipSays },
  { name: 'zlib', magic: [0x78, 0x01], dataAt: () => 2 },
  { name: 'zlib', magic: [0x78, 0x5e], dataAt: () => 2 },
  { name: 'zlib', magic: [0x78, 0x9c], dataAt: () => 2 },
  { name: 'zlib', magic: [0x78, 0xda], dataAt: () => 2 },
  { name: 'zstd', magic: [0x28, 0xb5, 0x2f, 0xfd] },
]
const LAYERS = 4
/** A payload without a header is tried from this size on. */
const LEAST_RAW = 192

/** The format of what unpacks to too much; undefined: not packed, or small enough. */
export function tooMuchPacked(bytes: Uint8Array, ratio: number, least: number): string | undefined {
  const most = Math.max(least, ratio * bytes.length)
  let layer = bytes
  for (let depth = 0; depth < LAYERS; depth++) {
    const format = FORMATS.find(({ magic }) => magic.every((byte, i) => layer[i] === byte))
    if (!format && (depth > 0 || bytes.length < LEAST_RAW)) return undefined
    if ((format?.says?.(layer) ?? 0) > most) return format?.name
    const inside = open(layer, format, most)
    if (inside === 'too large') return format?.name ?? 'deflate'
    if (inside === undefined) return undefined
    layer = inside
  }
  return 'many layers'
}

function open(bytes: Uint8Array, format: Format | undefined, most: number): Uint8Array | 'too large' | undefined {
  const options = { maxOutputLength: most }
  try {
    if (format?.name === 'zstd') return zstdDecompressSync(bytes, { ...options, finishFlush: constants.ZSTD_e_flush })
    const data = bytes.subarray(format?.dataAt?.(bytes) ?? 0)
    if (!mayBeDeflated(data)) return undefined
    return inflateRawSync(data, { ...options, finishFlush: constants.Z_SYNC_FLUSH })
  } catch (error) {
    return isTooLarge(error) ? 'too large' : undefined
  }
}

/** Does it begin like a deflated block? Hardly anything else does, and asking is a hundred times cheaper than to try. */
function mayBeDeflated(bytes: Uint8Array): boolean {
  const bit = (at: number, count: number): number => {
    const from = at >> 3
    const bits = (bytes[from] ?? 0) | ((bytes[from + 1] ?? 0) << 8) | ((bytes[from + 2] ?? 0) << 16)
    return (bits >> (at & 7)) & ((1 << count) - 1)
  }
  const [STORED, FIXED, DYNAMIC] = [0, 1, 2]
  const type = bit(1, 2)
  if (type === STORED) return (short(bytes, 1) ^ short(bytes, 3)) === 0xffff
  if (type === FIXED) return true
  // The lengths of the codes for the lengths of codes must fill their tree exactly.
  if (type !== DYNAMIC || bit(3, 5) > 29 || bit(8, 5) > 29) return false
  let filled = 0
  for (let i = 0, codes = bit(13, 4) + 4; i < codes; i++) {
    const length = bit(17 + 3 * i, 3)
    if (length > 0) filled += 128 >> length
  }
  return filled === 128
}

function isTooLarge(error: unknown): boolean {
  return error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
}

function behindGzipHeader(bytes: Uint8Array): number {
  const flags = bytes[3] ?? 0
  let at = 10
  if (flags & GZIP_EXTRA) at += 2 + short(bytes, at)
  for (let flag = 8; flag & GZIP_NAMES; flag <<= 1) {
    if (!(flags & flag)) continue
    const end = bytes.indexOf(0, at)
    at = end < 0 ? bytes.length : end + 1
  }
  return flags & 2 ? at + 2 : at
}

/** The size in the header of a zip's first member, which need not be true. */
function zipSays(bytes: Uint8Array): number {
  return short(bytes, 22) + short(bytes, 24) * 65_536
}

function short(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) + (bytes[at + 1] ?? 0) * 256
}
