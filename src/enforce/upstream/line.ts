// A connection to an upstream that is read no faster than its answer is taken. undici stops its parser and puts back what it
// did not parse, and every stop lets one more piece in: for a slow reader they pile up. So here the socket itself stops.
import type { Socket } from 'node:net'
import { Duplex } from 'node:stream'
import type { Dispatcher } from 'undici'
import Client from 'undici/lib/dispatcher/client.js'

/** Bytes that are taken in before somebody reads them: what a slow reader costs. */
export const READ_AHEAD = 16_384

/** Of a socket. All read into one buffer, and what came is copied out at once. */
export const READING = {
  highWaterMark: READ_AHEAD,
  onread: {
    buffer: Buffer.alloc(READ_AHEAD),
    callback(this: Socket, bytes: number, buffer: Uint8Array): boolean {
      return this.push(copied(buffer.subarray(0, bytes)))
    },
  },
}

/** What is larger stands in memory of its own: in a pool it would keep that of others, too. */
const POOLED = 2048

function copied(bytes: Uint8Array): Buffer {
  if (bytes.length <= POOLED) return Buffer.from(bytes)
  const copy = Buffer.allocUnsafeSlow(bytes.length)
  copy.set(bytes)
  return copy
}

/** A handler that hears which connection its answer comes on. */
export interface LineUser {
  line: Line | undefined
}

export class Line {
  #socket: Socket | undefined
  #isStopped = false

  take(socket: Socket): void {
    this.#socket = socket
    this.#isStopped = false
    const readMore = socket._read
    socket._read = (size) => {
      if (!this.#isStopped) readMore.call(socket, size)
    }
    // A socket with a buffer of its own would begin again with every look at what is there.
    socket.read = (size) => Duplex.prototype.read.call(socket, size) as unknown
  }

  /** What has arrived in this process is still given. */
  pause(): void {
    this.#isStopped = true
    this.#socket?.pause()
  }

  resume(): void {
    if (!this.#isStopped) return
    this.#isStopped = false
    this.#socket?.resume()
  }
}

export interface LineOptions {
  connect(to: object, told: () => void): Socket
}

/** For one request at a time. */
export class LineClient extends Client {
  readonly #line: Line

  constructor(origin: URL, options: LineOptions) {
    const line = new Line()
    const connect = (to: object, told: () => void) => {
      const socket = options.connect(to, told)
      line.take(socket)
      return socket
    }
    super(origin, Object.assign({ ...options }, { connect }))
    this.#line = line
  }

  override dispatch(
    options: Dispatcher.DispatchOptions,
    handler: Dispatcher.DispatchHandler & Partial<LineUser>,
  ): boolean {
    if ('line' in handler) handler.line = this.#line
    return super.dispatch(options, handler)
  }
}
