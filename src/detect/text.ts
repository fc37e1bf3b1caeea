// A text beside its UTF-16 units in an array: from a string that was put together from pieces, reading unit by unit takes
// several times as long.

export interface Text {
  readonly string: string
  /** At least as long as the string; what lies behind its end means nothing. */
  readonly units: Uint16Array
}

/**
 * A long text is read in pieces of this size, so that a 50 MB line needs no more memory than a short one; in smaller ones,
 * the tables of each pass would be fetched into the cache again and again.
 */
export const PIECE = 131_072

let shared = new Uint16Array(2 * PIECE)

/** The array serves the whole thread, so a caller reads it before it, or anybody else, fills it again. */
export function toText(string: string): Text {
  if (string.length > shared.length) shared = new Uint16Array(2 * string.length)
  write(shared, string, 0)
  return { string, units: shared }
}

/** Fewer units are faster copied than handed over. */
const FEW = 64
const SHORTEST = 256

function write(units: Uint16Array, string: string, at: number): void {
  if (string.length <= FEW) for (let i = 0; i < string.length; i++) units[at + i] = string.charCodeAt(i)
  else Buffer.from(units.buffer).write(string, 2 * at, 'utf16le')
}

/**
 * A text that passes by: the part that somebody still needs, in one string and one array for all who read it. Offsets in
 * the whole text are those in the string plus `base`.
 */
export class Tape implements Text {
  string = ''
  units = new Uint16Array(0)
  base = 0
  /** Where in the string the newest piece begins. */
  fresh = 0
  /** Nothing comes behind it any more. */
  isWhole = false

  /** How much of the text has passed. */
  get seen(): number {
    return this.base + this.string.length
  }

  append(piece: string): void {
    const length = this.string.length + piece.length
    if (length > this.units.length) {
      const larger = new Uint16Array(this.units.length === 0 ? Math.max(length, SHORTEST) : 2 * length)
      larger.set(this.units.subarray(0, this.string.length))
      this.units = larger
    }
    this.fresh = this.string.length
    write(this.units, piece, this.fresh)
    this.string += piece
  }

  /** Nobody needs what lies before this offset of the whole text. */
  dropBefore(offset: number): void {
    const gone = offset - this.base
    if (gone <= 0) return
    this.units.copyWithin(0, gone, this.string.length)
    this.string = this.string.slice(gone)
    this.fresh = Math.max(0, this.fresh - gone)
    this.base = offset
  }
}
