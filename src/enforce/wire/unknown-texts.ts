// Texts of a stream that stand where nobody knows any. One that comes with a piece of something is a piece itself, and goes
// on in the next event at the same place: read alone, it could be half of a secret.
import type { TextPart } from '../../model/turn.ts'
import type { Delta } from './delta.ts'

/** Behind whatever blocks a reader numbers itself. */
const FIRST = 1_000_000

type Unknown = Pick<TextPart, 'at' | 'text' | 'fixed'>

export interface Piece {
  choice: number
  /** Of what it is a piece: when that is closed, so is the text. */
  of: string
}

export class UnknownTexts {
  readonly #open = new Map<string, Map<string, number>>()
  #count = 0

  /** Without a piece the text is whole; with one it may be. */
  read({ at, text, fixed }: Unknown, piece: Piece | undefined): Delta[] {
    const whole: Delta = { kind: 'whole', at, text, fixed }
    if (piece === undefined || fixed) return [whole]
    const { choice, of } = piece
    let open = this.#open.get(of)
    if (open === undefined) this.#open.set(of, (open = new Map()))
    // Choices are numbered anew in each event, so it is the path behind that says where it stands.
    const place = JSON.stringify(at.filter((_, i) => i !== 1))
    const block = open.get(place) ?? FIRST + this.#count++
    open.set(place, block)
    return [whole, { kind: 'piece', choice, block, text, at }]
  }

  close({ choice, of }: Piece): Delta[] {
    const blocks = [...(this.#open.get(of)?.values() ?? [])]
    this.#open.delete(of)
    return blocks.map((block) => ({ kind: 'close', choice, block }))
  }
}
