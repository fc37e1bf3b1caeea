// Server-sent events, cut out of the bytes of a stream and kept as they came, and written anew where something changed.
// Boundaries are found among the bytes, so that a character that is cut in two comes together again.
import { isUtf8 } from 'node:buffer'
import { Failure } from '../lib/failure.ts'
import type { OutFrame } from './wire/wire.ts'

export interface InFrame {
  /** As it came, with the empty line that ends it; without lines that mean nothing to clients of models. */
  raw: string
  event: string | undefined
  /** Empty for a comment. */
  data: string
}

export interface FrameReader {
  push(chunk: Buffer): InFrame[]
  /** What is left at the end, without its empty line. */
  end(): InFrame[]
}

/** Names of events, as all formats have them: nothing that could be a secret. */
const EVENT = /^[a-z_.-]{0,64}$/i
const MOST_BYTES = 4 * 1024 * 1024
const [LF, CR] = [10, 13]
const NOTHING = Buffer.alloc(0)

export function eventStream(): FrameReader {
  let rest: Buffer = NOTHING
  return {
    push(chunk) {
      const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
      // Nearly everybody ends lines in LF alone.
      const boundary = bytes.includes(CR) ? boundaryAfter : plainBoundaryAfter
      const frames: InFrame[] = []
      let start = 0
      // The end of what was seen before may be the beginning of a boundary.
      for (let at = Math.max(0, rest.length - 3); ;) {
        const end = boundary(bytes, Math.max(at, start))
        if (end < 0) break
        frames.push(toFrame(bytes, start, end))
        ;[start, at] = [end, end]
      }
      // A copy: a few bytes that wait must not keep all that came with them.
      rest = start === bytes.length ? NOTHING : start === 0 ? bytes : Buffer.from(bytes.subarray(start))
      if (rest.length > MOST_BYTES) throw new Failure('upstream_invalid', 'the upstream sent an event without end')
      return frames
    },
    end() {
      const last = Buffer.concat([rest, Buffer.from('\n\n')])
      const isEmpty = rest.length === 0
      rest = NOTHING
      return isEmpty ? [] : [toFrame(last, 0, last.length)]
    },
  }
}

function plainBoundaryAfter(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(LF, from); at >= 0; at = bytes.indexOf(LF, at + 1)) {
    if (bytes[at + 1] === LF) return at + 2
  }
  return -1
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

function toFrame(bytes: Buffer, start: number, end: number): InFrame {
  const raw = bytes.toString('utf8', start, end)
  // What is no UTF-8 is read as this character, which may also stand there honestly.
  if (raw.includes('\ufffd') && !isUtf8(bytes.subarray(start, end)))
    throw new Failure('upstream_invalid', 'the upstream sent an event that is not UTF-8')
  // The usual event is one line.
  if (raw.startsWith('data: ') && raw.indexOf('\n') === raw.length - 2 && !raw.includes('\r'))
    return { raw, event: undefined, data: raw.slice(6, -2) }
  return readLines(raw)
}

function readLines(raw: string): InFrame {
  let event: string | undefined
  let isPlain = true
  const data: string[] = []
  for (const line of raw.split(/\r\n|\n|\r/)) {
    const colon = line.indexOf(':')
    const value = line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1)
    if (line.startsWith('data:')) data.push(value)
    else if (line.startsWith('event:')) event = value
    else if (line !== '') isPlain = false
  }
  if (event !== undefined && !EVENT.test(event))
    throw new Failure('upstream_invalid', 'the upstream sent an event whose name is none')
  const all = data.join('\n')
  if (isPlain) return { raw, event, data: all }
  // No guard reads comments and ids, so they stay here; that the line is not dead is all that they tell.
  return { raw: data.length === 0 ? ':\n\n' : writeEvent(event, all), event, data: all }
}

export function writeFrame({ event, data }: OutFrame): string {
  return writeEvent(event, data === '[DONE]' ? data : JSON.stringify(data))
}

export function writeEvent(event: string | undefined, data: string): string {
  return `${event === undefined ? '' : `event: ${event}\n`}data: ${data.replaceAll('\n', '\ndata: ')}\n\n`
}
