// Bytes of a stream that wait for the end of what they are part of. They come in as many pieces as the other side likes, so they are
// not all copied with each piece.

const NOTHING = Buffer.alloc(0)
const RETURN = 13

export class WaitingBytes {
  #room: Buffer = NOTHING
  length = 0
  /** Some line of them ends in CR, or in CR LF. */
  hasReturn = false

  get bytes(): Buffer {
    return this.#room.subarray(0, this.length)
  }

  with(piece: Buffer): Buffer {
    const { length } = this
    this.hasReturn ||= piece.includes(RETURN)
    this.length += piece.length
    if (length === 0) this.#room = piece
    else {
      if (this.length > this.#room.length) {
        const room = Buffer.allocUnsafeSlow(Math.max(this.length, 2 * length))
        this.#room.copy(room, 0, 0, length)
        this.#room = room
      }
      piece.copy(this.#room, length)
    }
    return this.bytes
  }

  /** What is left of them: in memory of its own, as a few bytes in a pool, or in a piece, would keep all of that. */
  keep(left: Buffer): void {
    const copy = left.length === 0 ? NOTHING : Buffer.allocUnsafeSlow(left.length)
    copy.set(left)
    this.#room = copy
    this.length = left.length
    this.hasReturn = left.includes(RETURN)
  }
}
