// A text beside its UTF-16 units in an array: from a string that was put together from pieces, reading unit by unit takes
// several times as long.

export interface Text {
  readonly string: string
  /** At least as long as the string; what lies behind its end means nothing. */
  readonly units: Uint16Array
}

/** Fewer units are faster copied than handed over. */
const FEW = 64

/** Where the units of a text lie. */
class Reel {
  readonly units: Uint16Array<ArrayBuffer>
  readonly #bytes: Buffer
  /** What it holds from its beginning, where that is known. */
  holds: string | undefined

  constructor(length: number) {
    this.units = new Uint16Array(length)
    this.#bytes = Buffer.from(this.units.buffer)
  }

  write(string: string, at: number): void {
    const { units } = this
    if (string.length <= FEW) for (let i = 0; i < string.length; i++) units[at + i] = string.charCodeAt(i)
    else this.#bytes.write(string, 2 * at, 'utf16le')
  }
}

/**
 * A long text is read in pieces of this size, so that a 50 MB line needs no more memory than a short one; in smaller ones,
 * the tables of each pass would be fetched into the cache again and again.
 */
export const PIECE = 131_072

let shared = new Reel(2 * PIECE)

/** The array serves the whole thread, so a caller reads it before it, or anybody else, fills it again. */
export function toText(string: string): Text {
  if (string.length > shared.units.length) shared = new Reel(2 * string.length)
  shared.write(string, 0)
  return { string, units: shared.units }
}

/** Holds most texts that people write. */
const SHORTEST = 4096
/** Most texts come whole and are read at once, by several one after the other: a few reels serve them all. */
const spare: Reel[] = []
const MOST_SPARE = 4
const LONGEST_SPARE = 65_536
const LONG = 4096
/** A text that waits takes this part of a long reel at most, or moves into one of its own size. */
const LITTLE = 1 / 16
const SHORT = 256
const NO_UNITS = new Uint16Array(0)

function takeReel(length: number): Reel {
  const reel = spare.pop()
  return reel !== undefined && reel.units.length >= length ? reel : new Reel(Math.max(length, SHORTEST))
}

function giveBack(reel: Reel): void {
  if (reel.units.length <= LONGEST_SPARE && spare.length < MOST_SPARE) spare.push(reel)
}

/** So much less than what it was cut from, that it is worth a copy. */
const FAR = 1024

/** The end of a text, which does not keep what lay before it in memory. */
export function endOf(text: string, from: number): string {
  const end = text.slice(from)
  return from < FAR ? end : ` ${end}`.slice(1)
}

/**
 * A text that passes by: the part that somebody still needs, in one string and one array for all who read it. Offsets in
 * the whole text are those in the string plus `base`.
 */
export class Tape implements Text {
  string = ''
  units = NO_UNITS
  base = 0
  /** Where in the string the newest piece begins. */
  fresh = 0
  /** Nothing comes behind it any more. */
  isWhole = false
  #reel: Reel | undefined

  /** How much of the text has passed. */
  get seen(): number {
    return this.base + this.string.length
  }

  append(piece: string): void {
    const length = this.string.length + piece.length
    let reel = (this.#reel ??= takeReel(length))
    if (length > reel.units.length) {
      reel = takeReel(2 * length)
      reel.units.set(this.units.subarray(0, this.string.length))
      this.#reel = reel
    }
    this.units = reel.units
    this.fresh = this.string.length
    // The same text again: another guard's turn.
    if (this.fresh > 0 || reel.holds !== piece) reel.write(piece, this.fresh)
    reel.holds = this.fresh === 0 && this.base === 0 ? piece : undefined
    this.string += piece
  }

  /** Nobody reads it any more. */
  done(): void {
    const reel = this.#reel
    this.#reel = undefined
    this.units = NO_UNITS
    if (reel !== undefined) giveBack(reel)
  }

  /** For another text. */
  reset(): void {
    this.done()
    this.string = ''
    this.base = 0
    this.fresh = 0
    this.isWhole = false
  }

  /** Nobody needs what lies before this offset of the whole text. */
  dropBefore(offset: number): void {
    const gone = offset - this.base
    if (gone <= 0) return
    if (this.#reel !== undefined) this.#reel.holds = undefined
    this.units.copyWithin(0, gone, this.string.length)
    this.string = endOf(this.string, gone)
    this.fresh = Math.max(0, this.fresh - gone)
    this.base = offset
    this.#wind()
  }

  /** Of a long piece only the end still waits, and many texts may: its reel serves others. */
  #wind(): void {
    const reel = this.#reel
    const { length } = this.string
    if (reel === undefined || reel.units.length < LONG || length > LITTLE * reel.units.length) return
    const short = new Reel(2 * Math.max(SHORT, length))
    short.units.set(reel.units.subarray(0, length))
    this.#reel = short
    this.units = short.units
    giveBack(reel)
  }
}
