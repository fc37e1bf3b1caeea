// A text beside its UTF-16 units in an array: from a string that was put together from pieces, reading unit by unit takes
// several times as long. The array serves the whole thread, so a caller reads it before it, or anybody else, fills it again.

export interface Text {
  readonly string: string
  /** At least as long as the string; what lies behind its end means nothing. */
  readonly units: Uint16Array
}

/** A long text is read in pieces of this size, so that a 50 MB line needs no more memory than a short one. */
export const PIECE = 32_768

let units = new Uint16Array(2 * PIECE)
let bytes = Buffer.from(units.buffer)

export function toText(string: string): Text {
  if (string.length > units.length) {
    units = new Uint16Array(2 * string.length)
    bytes = Buffer.from(units.buffer)
  }
  bytes.write(string, 'utf16le')
  return { string, units }
}
