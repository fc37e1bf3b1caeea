// A piece of text as an array of UTF-16 units: from a string that was put together from pieces, reading unit by unit takes
// half as long again. The array serves every scan of the thread, so a caller reads it before it, or anybody else, fills it
// again.

export const PIECE = 65_536
export const UNITS = new Uint16Array(PIECE)
const BYTES = Buffer.from(UNITS.buffer)

/** How many units were written; at most `PIECE`. */
export function toUnits(piece: string): number {
  return BYTES.write(piece, 'utf16le') >> 1
}
