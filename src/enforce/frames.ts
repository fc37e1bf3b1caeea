// Server-sent events, cut out of the bytes of a stream and kept as they came, and written anew where something changed.
// Boundaries are found among the bytes, so that a character that is cut in two comes together again.
import { isUtf8 } from 'node:buffer'
import { Failure } from '../lib/failure.ts'
import type { OutFrame } from './wire/wire.ts'

export interface InFrame {
  /** As it came, with the empty line that ends it. */
  readonly raw: string
  readonly event: string | undefined
  /** Empty for a comment. */
  readonly data: string
}

export interface FrameReader {
  push(chunk: Buffer): InFrame[]
  /** What is left at the end, without its empty line. */
  end(): InFrame[]
}

const MOST_BYTES = 4 * 1024 * 1024
const [LF, CR] = [10, 13]
const NOTHING = Buffer.alloc(0)

export function eventStream(): FrameReader {
  let rest: Buffer = NOTHING
  return {
    push(chunk) {
      const all = rest.length === 0 ? wholeEvents(chunk) : undefined
      if (all !== undefined) return all
      const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
      // Nearly everybody ends lines in LF alone.
      const boundary = bytes.includes(CR) ? boundaryAfter : plainBoundaryAfter
      const frames: InFrame[] = []
      let start = 0
      // The end of what was seen before may be the beginning of a boundary.
      for (let at = Math.max(0, rest.length - 3); ;) {
        const end = boundary(bytes, Math.max(at, start))
        if (end < 0) break
        frames.push(new Frame(textOf(bytes.subarray(start, end))))
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
      return isEmpty ? [] : [new Frame(textOf(last))]
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

/** Most chunks are events from end to end, with lines that end in LF alone: such a one is read at once. */
function wholeEvents(chunk: Buffer): InFrame[] | undefined {
  const { length } = chunk
  if (chunk[length - 1] !== LF || chunk[length - 2] !== LF) return undefined
  const text = textOf(chunk)
  if (text.includes('\r')) return undefined
  const frames: InFrame[] = []
  for (let start = 0, end; start < text.length; start = end) {
    end = text.indexOf('\n\n', start) + 2
    if (end < 2) return undefined
    frames.push(new Frame(text.slice(start, end)))
  }
  return frames
}

function textOf(bytes: Buffer): string {
  const text = bytes.toString('utf8')
  // What is no UTF-8 is read as this character, which may also stand there honestly.
  if (text.includes('\ufffd') && !isUtf8(bytes))
    throw new Failure('upstream_invalid', 'the upstream sent an event that is not UTF-8')
  return text
}

/** Most events are recognised by their raw text, so what its lines say is read when somebody asks. */
class Frame implements InFrame {
  readonly raw: string
  #lines: { event: string | undefined; data: string } | undefined

  constructor(raw: string) {
    this.raw = raw
  }

  get event(): string | undefined {
    return (this.#lines ??= readLines(this.raw)).event
  }

  get data(): string {
    return (this.#lines ??= readLines(this.raw)).data
  }
}

function readLines(raw: string): { event: string | undefined; data: string } {
  // The usual event is one line.
  if (raw.startsWith('data: ') && raw.indexOf('\n') === raw.length - 2 && !raw.includes('\r'))
    return { event: undefined, data: raw.slice(6, -2) }
  let event: string | undefined
  const data: string[] = []
  for (const line of raw.split(/\r\n|\n|\r/)) {
    const colon = line.indexOf(':')
    if (colon <= 0) continue
    const value = line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1)
    if (line.startsWith('data:')) data.push(value)
    else if (line.startsWith('event:')) event = value
  }
  return { event, data: data.join('\n') }
}

export function writeFrame({ event, data }: OutFrame): string {
  return writeEvent(event, data === '[DONE]' ? data : JSON.stringify(data))
}

export function writeEvent(event: string | undefined, data: string): string {
  return `${event === undefined ? '' : `event: ${event}\n`}data: ${data.replaceAll('\n', '\ndata: ')}\n\n`
}
