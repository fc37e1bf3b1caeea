// Takes a request's body in: JSON of a bounded size, also once it is unpacked.
import type { IncomingMessage } from 'node:http'
import { brotliDecompress, gunzip, inflate, inflateRaw, zstdDecompress, type ZlibOptions } from 'node:zlib'
import { Failure } from '../lib/failure.ts'

type Options = Pick<ZlibOptions, 'maxOutputLength' | 'info'>
type Unpack = (packed: Uint8Array, options: Options, done: (error: Error | null, unpacked: unknown) => void) => void

/** What Node gives where it is asked for `info`. */
interface Unpacked {
  buffer: Buffer
  /** Counts the bytes that it read, which end with what was packed. */
  engine: { bytesWritten: number }
}

/** By the standard it has a frame, and many leave it out. None that has none begins as a frame does. */
const inflateEither: Unpack = (packed, options, done) =>
  (isFramed(packed) ? inflate : inflateRaw)(packed, options, done)
const isFramed = ([method = 0, check = 0]: Uint8Array): boolean =>
  (method & 0x0f) === 8 && ((method << 8) | check) % 31 === 0

const UNPACK: Readonly<Record<string, Unpack>> = { gzip: gunzip, deflate: inflateEither, br: brotliDecompress, zstd: zstdDecompress } // prettier-ignore
/** Each takes work of its own, also where nothing is in it. */
const MOST_PIECES = 256
const JSON_TYPE = /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i

type Hold = (bytes: number) => void

export async function readBody(request: IncomingMessage, mostBytes: number, hold: Hold): Promise<Buffer> {
  if (!JSON_TYPE.test(request.headers['content-type'] ?? '')) {
    throw new Failure('unsupported_media_type', 'bodies must be JSON', { hint: 'send content-type: application/json' })
  }
  const packed = await collect(request, mostBytes, hold)
  if (request.headers['content-encoding'] === undefined) return packed
  return unpack(packed, request.headers['content-encoding'], mostBytes, hold)
}

export async function unpack(
  packed: Buffer,
  encoding: string | undefined,
  mostBytes: number,
  hold: Hold,
): Promise<Buffer> {
  const name = encoding?.trim().toLowerCase() ?? 'identity'
  if (name === 'identity' || name === '') return packed
  const unpacking = Object.hasOwn(UNPACK, name) ? UNPACK[name] : undefined
  if (unpacking === undefined) {
    throw new Failure('unsupported_media_type', 'the content-encoding is not known', {
      hint: `use ${Object.keys(UNPACK).join(', ')}`,
    })
  }
  try {
    const bytes = await unpackAll(unpacking, packed, mostBytes)
    hold(bytes.length)
    return bytes
  } catch (cause) {
    if (cause instanceof Failure) throw cause
    const isBomb =
      cause instanceof RangeError ||
      (cause instanceof Error && 'code' in cause && cause.code === 'ERR_BUFFER_TOO_LARGE')
    if (isBomb) throw tooLarge(mostBytes)
    throw new Failure('input_invalid', `the body is not ${name}`, { cause })
  }
}

/** Of several that stand in a row each is read: what is passed over here, nobody has looked at. */
async function unpackAll(unpacking: Unpack, packed: Buffer, mostBytes: number): Promise<Buffer> {
  const parts: Buffer[] = []
  let left = mostBytes
  for (let at = 0; at < packed.length || parts.length === 0;) {
    if (left === 0) throw tooLarge(mostBytes)
    if (parts.length === MOST_PIECES) throw new Failure('input_invalid', 'the body is packed in too many pieces')
    const { buffer, engine } = await unpackOne(unpacking, packed.subarray(at), left)
    if (engine.bytesWritten === 0) throw new Failure('input_invalid', 'the body ends before what is packed in it')
    parts.push(buffer)
    left -= buffer.length
    at += engine.bytesWritten
  }
  return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts)
}

function unpackOne(unpacking: Unpack, packed: Uint8Array, mostBytes: number): Promise<Unpacked> {
  return new Promise((resolve, reject) =>
    unpacking(packed, { maxOutputLength: mostBytes, info: true }, (error, unpacked) =>
      error ? reject(error) : resolve(unpacked as Unpacked),
    ),
  )
}

function collect(request: IncomingMessage, mostBytes: number, hold: Hold): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    if (Number(request.headers['content-length'] ?? 0) > mostBytes) return reject(tooLarge(mostBytes))
    const chunks: Buffer[] = []
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      try {
        if (size > mostBytes) throw tooLarge(mostBytes)
        hold(chunk.length)
        chunks.push(chunk)
      } catch (error) {
        request.removeAllListeners('data').pause()
        reject(error)
      }
    })
    let isWhole = false
    const broken = () => {
      if (!isWhole) reject(new Failure('input_invalid', 'the body broke off'))
    }
    if (request.destroyed) return broken()
    request.on('close', broken)
    request.on('error', broken)
    request.on('end', () => {
      isWhole = true
      resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, size))
    })
  })
}

function tooLarge(mostBytes: number): Failure {
  return new Failure('too_large', `the body has more than ${mostBytes} bytes`, {
    hint: 'send less at once, or raise gateway.bodyBytes',
  })
}
