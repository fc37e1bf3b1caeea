// Takes a request's body in: JSON of a bounded size, also once it is unpacked.
import type { IncomingMessage } from 'node:http'
import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate, type ZlibOptions } from 'node:zlib'
import { Failure } from '../lib/failure.ts'

type Unpack = (packed: Uint8Array, options: ZlibOptions) => Promise<Buffer>

const UNPACK: Readonly<Record<string, Unpack>> = {
  gzip: promisify<Uint8Array, ZlibOptions, Buffer>(gunzip),
  deflate: promisify<Uint8Array, ZlibOptions, Buffer>(inflate),
  br: promisify<Uint8Array, ZlibOptions, Buffer>(brotliDecompress),
}
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
      hint: 'use gzip, deflate or br',
    })
  }
  try {
    const bytes = await unpacking(packed, { maxOutputLength: mostBytes })
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
