// Server-sent events, cut out of the bytes of a stream and kept as they came, and written anew where something changed.
// Boundaries are found among the bytes, so that a character that is cut in two comes together again.
import { isUtf8 } from 'node:buffer'
import { Failure } from '../lib/failure.ts'
import { WaitingBytes } from './waiting-bytes.ts'
import type { OutFrame } from './wire/wire.ts'

export interface InFrame {
  /** As it came, with the empty line that ends it; without lines that mean nothing to clients of models. */
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

/** Names of events, as all formats have them: nothing that could be a secret. */
const EVENT = /^[a-z_.-]{0,64}$/i
const MOST_BYTES = 4 * 1024 * 1024
const [LF, CR] = [10, 13]

export function eventStream(): FrameReader {
  const rest = new WaitingBytes()
  return {
    push(chunk) {
      const seen = rest.length
      const all = seen === 0 ? wholeEvents(chunk) : undefined
      if (all !== undefined) return all
      const bytes = rest.with(chunk)
      // Nearly everybody ends lines in LF alone.
      const boundary = rest.hasReturn ? boundaryAfter : plainBoundaryAfter
      const frames: InFrame[] = []
      let start = 0
      // The end of what was seen before may be the beginning of a boundary.
      for (let at = Math.max(0, seen - 3); ;) {
        const end = boundary(bytes, Math.max(at, start))
        if (end < 0) break
        frames.push(toFrame(textOf(bytes.subarray(start, end))))
        ;[start, at] = [end, end]
      }
      if (start > 0) rest.keep(bytes.subarray(start))
      if (rest.length > MOST_BYTES) throw new Failure('upstream_invalid', 'the upstream sent an event without end')
      return frames
    },
    end() {
      const last = Buffer.concat([rest.bytes, Buffer.from('\n\n')])
      const isEmpty = rest.length === 0
      rest.keep(rest.bytes.subarray(rest.length))
      return isEmpty ? [] : [toFrame(textOf(last))]
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
    frames.push(toFrame(text.slice(start, end)))
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

/** What nearly all events are: one line of data, or one below its name. Most are recognised by it, and their data never read. */
class PlainFrame implements InFrame {
  readonly raw: string
  readonly event: string | undefined
  readonly #from: number

  constructor(raw: string, event: string | undefined, from: number) {
    this.raw = raw
    this.event = event
    this.#from = from
  }

  get data(): string {
    return this.raw.slice(this.#from, -2)
  }
}

const [NAME, DATA] = ['event: ', 'data: '] as const

function toFrame(raw: string): InFrame {
  const first = raw.indexOf('\n')
  const last = raw.length - 2
  if (raw.includes('\r')) return readLines(raw)
  if (first === last && raw.startsWith(DATA)) return new PlainFrame(raw, undefined, DATA.length)
  const isNamed = raw.startsWith(NAME) && raw.startsWith(DATA, first + 1) && raw.indexOf('\n', first + 1) === last
  if (!isNamed) return readLines(raw)
  return new PlainFrame(raw, named(raw.slice(NAME.length, first)), first + 1 + DATA.length)
}

function named(event: string): string {
  if (EVENT.test(event)) return event
  throw new Failure('upstream_invalid', 'the upstream sent an event whose name is none')
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
  if (event !== undefined) named(event)
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
