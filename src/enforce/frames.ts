// Server-sent events, cut out of the bytes of a stream and kept as they came, and written anew where something changed.
// Boundaries are found among the bytes, so that a character that is cut in two comes together again.
import { isUtf8 } from 'node:buffer'
import { Failure } from '../lib/failure.ts'
import type { OutFrame } from './wire/wire.ts'

export interface InFrame {
  /** With the empty line that ends it. */
  raw: Buffer
  event: string | undefined
  /** Empty for a comment. */
  data: string
}

export interface FrameReader {
  push(chunk: Buffer): InFrame[]
  /** What is left at the end, without its empty line. */
  end(): InFrame[]
}

const MOST_BYTES = 4 * 1024 * 1024
const [LF, CR] = [10, 13]

export function eventStream(): FrameReader {
  let rest: Buffer = Buffer.alloc(0)
  return {
    push(chunk) {
      const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
      const frames: InFrame[] = []
      let start = 0
      // The end of what was seen before may be the beginning of a boundary.
      for (let at = Math.max(0, rest.length - 3); ;) {
        const end = boundaryAfter(bytes, Math.max(at, start))
        if (end < 0) break
        frames.push(toFrame(bytes.subarray(start, end)))
        ;[start, at] = [end, end]
      }
      rest = bytes.subarray(start)
      if (rest.length > MOST_BYTES) throw new Failure('upstream_invalid', 'the upstream sent an event without end')
      return frames
    },
    end() {
      const last = rest
      rest = Buffer.alloc(0)
      return last.length === 0 ? [] : [toFrame(Buffer.concat([last, Buffer.from('\n\n')]))]
    },
  }
}

/** Where the first empty line ends; -1 where none does. Lines end in LF, CR LF or CR. */
function boundaryAfter(bytes: Buffer, from: number): number {
  for (let at = from; at < bytes.length; at++) {
    const byte = bytes[at]
    if (byte !== LF && byte !== CR) continue
    const next = byte === CR && bytes[at + 1] === LF ? at + 2 : at + 1
    if (byte === CR && next >= bytes.length) return -1
    if (bytes[next] === LF) return next + 1
    if (bytes[next] !== CR) continue
    if (next + 1 >= bytes.length) return -1
    return bytes[next + 1] === LF ? next + 2 : next + 1
  }
  return -1
}

function toFrame(raw: Buffer): InFrame {
  if (!isUtf8(raw)) throw new Failure('upstream_invalid', 'the upstream sent an event that is not UTF-8')
  let event: string | undefined
  const data: string[] = []
  for (const line of raw.toString('utf8').split(/\r\n|\n|\r/)) {
    const colon = line.indexOf(':')
    if (colon <= 0) continue
    const value = line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1)
    if (line.startsWith('data:')) data.push(value)
    else if (line.startsWith('event:')) event = value
  }
  return { raw, event, data: data.join('\n') }
}

export function writeFrame({ event, data }: OutFrame): string {
  return writeEvent(event, data === '[DONE]' ? data : JSON.stringify(data))
}

export function writeEvent(event: string | undefined, data: string): string {
  return `${event === undefined ? '' : `event: ${event}\n`}data: ${data.replaceAll('\n', '\ndata: ')}\n\n`
}
