// Pictures as their bytes: what rides along with them is taken out, and the pixels of a PNG are moved by a little. The other
// kinds would have to be unpacked by native code, so their pixels stay.
import { promisify } from 'node:util'
import { crc32, deflate, inflate, type ZlibOptions } from 'node:zlib'
import { Failure } from '../../../lib/failure.ts'

type Zip = (bytes: Uint8Array, options: ZlibOptions) => Promise<Buffer>
const unpack: Zip = promisify<Uint8Array, ZlibOptions, Buffer>(inflate)
const pack: Zip = promisify<Uint8Array, ZlibOptions, Buffer>(deflate)

export interface Distortion {
  /** How far a colour may move, of 255. */
  strength: number
  /** A picture with more stays as it is but for what rides along. */
  mostPixels: number
  random(): number
}

const PNG = Buffer.from('89504e470d0a1a0a', 'hex')
const KEPT = new Set(['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'iCCP', 'sBIT', 'pHYs', 'bKGD'])
/** By the colour type of the header: how many colours a pixel has, and whether the last of them is how opaque it is. */
const COLOURS: Readonly<Record<number, { count: number; hasAlpha: boolean }>> = {
  0: { count: 1, hasAlpha: false },
  2: { count: 3, hasAlpha: false },
  4: { count: 2, hasAlpha: true },
  6: { count: 4, hasAlpha: true },
}

/** Undefined where nothing can be done to it, or there is nothing to do. */
export async function distortPicture(bytes: Buffer, how: Distortion): Promise<Buffer | undefined> {
  if (bytes.subarray(0, 8).equals(PNG)) return distortPng(bytes, how)
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return changed(bytes, bareJpeg(bytes))
  const isWebp = bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP'
  return isWebp ? changed(bytes, bareWebp(bytes)) : undefined
}

function changed(before: Buffer, after: Buffer): Buffer | undefined {
  return after.equals(before) ? undefined : after
}

function unreadable(): Failure {
  return new Failure('input_invalid', 'a picture is damaged, so it cannot be distorted')
}

interface Chunk {
  type: string
  data: Buffer
}

async function distortPng(bytes: Buffer, how: Distortion): Promise<Buffer | undefined> {
  const chunks = chunksOf(bytes).filter(({ type }) => KEPT.has(type))
  const header = chunks[0]
  if (header?.type !== 'IHDR' || header.data.length !== 13) throw unreadable()
  const [width, height] = [header.data.readUInt32BE(0), header.data.readUInt32BE(4)]
  const colours = COLOURS[header.data[9] ?? -1]
  const isPlain = header.data[8] === 8 && header.data[12] === 0
  if (colours === undefined || !isPlain || how.strength === 0 || width * height > how.mostPixels)
    return changed(bytes, toPng(chunks))
  const row = width * colours.count
  const packed = Buffer.concat(chunks.flatMap(({ type, data }) => (type === 'IDAT' ? [data] : [])))
  const lines = await unpack(packed, { maxOutputLength: height * (row + 1) }).catch(() => {
    throw unreadable()
  })
  if (lines.length !== height * (row + 1)) throw unreadable()
  unfilter(lines, row, colours.count)
  move(lines, row, colours, how)
  const data = await pack(lines, { level: 6 })
  const before = chunks.findIndex(({ type }) => type === 'IDAT')
  const others = chunks.filter(({ type }) => type !== 'IDAT')
  return toPng(others.toSpliced(before, 0, { type: 'IDAT', data }))
}

function chunksOf(bytes: Buffer): Chunk[] {
  const chunks: Chunk[] = []
  for (let at = 8; at < bytes.length;) {
    if (at + 12 > bytes.length) throw unreadable()
    const length = bytes.readUInt32BE(at)
    const end = at + 8 + length
    if (end + 4 > bytes.length) throw unreadable()
    const type = bytes.toString('latin1', at + 4, at + 8)
    chunks.push({ type, data: bytes.subarray(at + 8, end) })
    at = end + 4
    // Whatever follows is no part of the picture.
    if (type === 'IEND') break
  }
  return chunks
}

function toPng(chunks: readonly Chunk[]): Buffer {
  return Buffer.concat([
    PNG,
    ...chunks.flatMap(({ type, data }) => {
      const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
      const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
      length.writeUInt32BE(data.length)
      check.writeUInt32BE(crc32(body))
      return [length, body, check]
    }),
  ])
}

/** Each line begins with a byte that says how its bytes differ from those to the left and above; afterwards they do not. */
function unfilter(lines: Buffer, row: number, step: number): void {
  for (let start = 0; start < lines.length; start += row + 1) {
    const filter = lines[start] ?? 0
    if (filter > 4) throw unreadable()
    lines[start] = 0
    if (filter === 0) continue
    for (let i = 1; i <= row; i++) {
      const at = start + i
      const left = i > step ? (lines[at - step] ?? 0) : 0
      const up = start > 0 ? (lines[at - row - 1] ?? 0) : 0
      const corner = start > 0 && i > step ? (lines[at - row - 1 - step] ?? 0) : 0
      const guess =
        filter === 1 ? left : filter === 2 ? up : filter === 3 ? (left + up) >> 1 : nearest(left, up, corner)
      lines[at] = ((lines[at] ?? 0) + guess) & 255
    }
  }
}

function nearest(left: number, up: number, corner: number): number {
  const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)]
  return a <= b && a <= c ? left : b <= c ? up : corner
}

function move(lines: Buffer, row: number, colours: { count: number; hasAlpha: boolean }, how: Distortion): void {
  const span = 2 * how.strength + 1
  for (let start = 0; start < lines.length; start += row + 1) {
    for (let i = 0; i < row; i++) {
      if (colours.hasAlpha && i % colours.count === colours.count - 1) continue
      const at = start + 1 + i
      const moved = (lines[at] ?? 0) + Math.floor(how.random() * span) - how.strength
      lines[at] = Math.min(255, Math.max(0, moved))
    }
  }
}

const [START_OF_SCAN, COMMENT, APP0, APP2, ADOBE, LAST_APP] = [0xda, 0xfe, 0xe0, 0xe2, 0xee, 0xef]

function bareJpeg(bytes: Buffer): Buffer {
  const kept = [bytes.subarray(0, 2)]
  let at = 2
  while (at + 4 <= bytes.length) {
    const [first, marker = 0] = [bytes[at], bytes[at + 1]]
    if (first !== 0xff) throw unreadable()
    if (marker === START_OF_SCAN) return Buffer.concat([...kept, bytes.subarray(at)])
    const end = at + 2 + bytes.readUInt16BE(at + 2)
    if (end > bytes.length) throw unreadable()
    const isProfile = marker === APP2 && bytes.toString('latin1', at + 4, at + 15) === 'ICC_PROFILE'
    const ridesAlong = marker === COMMENT || (marker > APP0 && marker <= LAST_APP && marker !== ADOBE && !isProfile)
    if (!ridesAlong) kept.push(bytes.subarray(at, end))
    at = end
  }
  throw unreadable()
}

function bareWebp(bytes: Buffer): Buffer {
  const kept: Buffer[] = []
  for (let at = 12; at + 8 <= bytes.length;) {
    const length = bytes.readUInt32LE(at + 4)
    const end = at + 8 + length + (length % 2)
    if (at + 8 + length > bytes.length) throw unreadable()
    const type = bytes.toString('latin1', at, at + 4)
    const chunk = Buffer.from(bytes.subarray(at, end))
    // Its first byte says what rides along: that there is an Exif or XMP part.
    if (type === 'VP8X' && length > 0) chunk[8] = (chunk[8] ?? 0) & ~0x0c
    if (type !== 'EXIF' && type !== 'XMP ') kept.push(chunk)
    at = end
  }
  const head = Buffer.from(bytes.subarray(0, 12))
  head.writeUInt32LE(4 + kept.reduce((sum, { length }) => sum + length, 0), 4)
  return Buffer.concat([head, ...kept])
}
