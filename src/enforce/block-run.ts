// Texts that follow each other in a streamed answer, which who reads it takes for one. Each goes through the guards by
// itself, and what lies over the seams between them is read here. Of what is found nothing can be cut any more, so it stops.
import { NEAR, REACH } from './adjoining.ts'
import type { TextPartKind } from './guard.ts'
import type { Inspection } from './inspection.ts'
import type { Lane } from './lane.ts'

interface Piece {
  text: string
  isFar: false
}

export class BlockRun {
  readonly lane: Lane
  /** As what they are read. */
  readonly part: TextPartKind
  readonly #pieces: Piece[]
  readonly #seams: number[]
  #isOver = false

  private constructor(lane: Lane, part: TextPartKind, pieces: Piece[], seams: number[]) {
    this.lane = lane
    this.part = part
    this.#pieces = pieces
    this.#seams = seams
  }

  /** Begins with the end of a text; undefined where nobody looks over seams. */
  static after(tail: string, part: TextPartKind, inspection: Inspection): BlockRun | undefined {
    const pieces: Piece[] = [{ text: tail.slice(-REACH), isFar: false }]
    const seams: number[] = []
    const lane = inspection.openJoined([{ origin: 'assistant', part, at: [], text: '' }], true, { pieces, seams })
    lane?.push(pieces[0]?.text ?? '')
    return lane && new BlockRun(lane, part, pieces, seams)
  }

  /** A text is followed by another one. */
  next(): void {
    this.#seams.push(this.lane.length)
    this.#pieces.push({ text: '', isFar: false })
  }

  push(text: string): void {
    const piece = this.#pieces.at(-1)
    if (piece !== undefined) piece.text += text
    this.lane.push(text)
  }

  /** Nothing that lies over a seam, or is something because of what stands before it, reaches so far. */
  get isPast(): boolean {
    const seam = this.#seams.at(-1)
    if (seam === undefined) return false
    return this.lane.length - seam > REACH || (this.lane.isExact && this.lane.safe >= seam + NEAR)
  }

  /** Nothing that begins before goes on behind. */
  isSafe(to: number): boolean {
    return this.#isOver || this.lane.safe >= to
  }

  end(): void {
    this.lane.end()
    this.#isOver = true
  }
}
