// Where frames of a WebSocket end (RFC 6455), so that a close frame is never put into the middle of another. Nothing else of
// a frame is looked at.
const SHORT = 126
const LONG = 127
const MASKED = 0x80
const MOST_HEAD = 14

export class FrameEnds {
  #head = Buffer.alloc(0)
  /** Bytes of the frame under way that are still to come. */
  #left = 0

  /** Whether what came so far ends with a frame. */
  get isAtEnd(): boolean {
    return this.#left === 0 && this.#head.length === 0
  }

  push(chunk: Buffer): void {
    let at = 0
    while (at < chunk.length) {
      if (this.#left > 0) {
        const taken = Math.min(this.#left, chunk.length - at)
        this.#left -= taken
        at += taken
        continue
      }
      const known = this.#head.length
      this.#head = Buffer.concat([this.#head, chunk.subarray(at, at + MOST_HEAD - known)])
      const size = headSize(this.#head)
      if (size === undefined || this.#head.length < size) return
      at += size - known
      this.#left = payloadSize(this.#head)
      this.#head = Buffer.alloc(0)
    }
  }
}

function headSize(head: Buffer): number | undefined {
  if (head.length < 2) return undefined
  const [, second = 0] = head
  const length = second & ~MASKED
  return 2 + (length === LONG ? 8 : length === SHORT ? 2 : 0) + ((second & MASKED) === 0 ? 0 : 4)
}

function payloadSize(head: Buffer): number {
  const length = (head[1] ?? 0) & ~MASKED
  if (length === LONG) return Number(head.readBigUInt64BE(2))
  return length === SHORT ? head.readUInt16BE(2) : length
}

/** A server's last frame: why it ends. */
export function closeFrame(code: number, reason: string): Buffer {
  const words = Buffer.from(reason).subarray(0, 120)
  const payload = Buffer.alloc(2 + words.length)
  payload.writeUInt16BE(code)
  words.copy(payload, 2)
  return Buffer.concat([Buffer.from([0x88, payload.length]), payload])
}
