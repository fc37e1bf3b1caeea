// Blocks of text that follow each other in a streamed answer, which who reads it takes for one text. Each goes through the
// guards by itself, and what lies over the seams between them is read here: the end of a block waits, as far as something
// may begin in it, until the next one shows whether it does. Of what is found nothing can be cut any more, so it stops.
import { REACH } from './adjoining.ts'
import type { Inspection } from './inspection.ts'
import type { Lane } from './lane.ts'
import type { TextDelta } from './wire/delta.ts'

interface Piece {
  text: string
  isFar: false
}

export class BlockRun {
  readonly lane: Lane
  readonly #pieces: Piece[]
  readonly #seams: number[]
  /** Blocks that are whole, and where they end here. */
  #waiting: { lane: Lane; to: number }[] = []

  private constructor(lane: Lane, pieces: Piece[], seams: number[]) {
    this.lane = lane
    this.#pieces = pieces
    this.#seams = seams
  }

  /** Begins with the end of a block; undefined where nobody looks over seams. */
  static after(tail: string, channel: TextDelta['channel'], inspection: Inspection): BlockRun | undefined {
    const pieces: Piece[] = [{ text: tail.slice(-REACH), isFar: false }]
    const seams: number[] = []
    const lane = inspection.openJoined([{ origin: 'assistant', part: channel, at: [], text: '' }], true, {
      pieces,
      seams,
    })
    lane?.push(pieces[0]?.text ?? '')
    return lane && new BlockRun(lane, pieces, seams)
  }

  /** A block is whole, and another one begins. */
  next(block: Lane): void {
    this.#waiting.push({ lane: block, to: this.lane.length })
    this.#seams.push(this.lane.length)
    this.#pieces.push({ text: '', isFar: false })
  }

  push(text: string): void {
    const piece = this.#pieces.at(-1)
    if (piece !== undefined) piece.text += text
    this.lane.push(text)
  }

  /** Nothing that lies over a seam reaches so far. */
  get isPast(): boolean {
    return (this.#pieces.at(-1)?.text.length ?? 0) > REACH
  }

  /** Lets go of blocks in which nothing begins that goes on behind them. */
  settle(): void {
    while (this.#waiting[0] !== undefined && this.#waiting[0].to <= this.lane.safe) this.#waiting.shift()?.lane.end()
  }

  end(): void {
    this.lane.end()
    this.settle()
  }
}
