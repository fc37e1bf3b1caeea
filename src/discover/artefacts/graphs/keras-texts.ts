// Finds the configurations of Keras in a binary file by their shape: HDF5 and protocol buffers keep a text in one piece, whatever
// structure leads to it, so that no reader of the structure can be led past it.
import { Limit, type Piece } from '../piece.ts'
import { type ByteSource, utf8 } from '../source.ts'
import { kerasValue } from './keras.ts'

const WINDOW = 4 * 1024 * 1024
const MOST_JSON = 32 * 1024 * 1024

/** Every JSON object with a class name in it. */
export function kerasTexts(piece: Piece): void {
  const { source } = piece
  let done = 0
  // Braces that are never closed must not make the whole file be read for each of them.
  const budget = { bytes: 4 * source.size + MOST_JSON }
  for (let at = 0; at < source.size; at += WINDOW) {
    const bytes = Buffer.from(source.read(at, WINDOW + 64))
    for (let i = bytes.indexOf(0x7b); i >= 0 && i < WINDOW; i = bytes.indexOf(0x7b, i + 1)) {
      if (at + i < done || !/^\{\s*"/.test(bytes.toString('latin1', i, i + 32))) continue
      const text = jsonAt(source, at + i, budget)
      if (text === undefined) continue
      done = at + i + text.length
      try {
        const value: unknown = JSON.parse(text)
        if (text.includes('class_name') || text.includes('\\u')) kerasValue(piece, value)
      } catch {
        continue // braces in a text
      }
    }
  }
}

/** From an opening brace to its end, if what is between could be JSON. */
function jsonAt(source: ByteSource, start: number, budget: { bytes: number }): string | undefined {
  let depth = 0
  let inText = false
  let escaped = false
  for (let at = start, size = 4096; at < source.size && at - start < MOST_JSON; at += size, size = 65_536) {
    const bytes = source.read(at, size)
    budget.bytes -= bytes.length
    if (budget.bytes < 0) throw new Limit('it has too many braces that are not closed')
    for (let i = 0; i < bytes.length; i++) {
      const byte = bytes[i] ?? 0
      if (byte < 9) return undefined
      if (inText) {
        if (escaped) escaped = false
        else if (byte === 0x5c) escaped = true
        else if (byte === 0x22) inText = false
      } else if (byte === 0x22) inText = true
      else if (byte === 0x7b || byte === 0x5b) depth++
      else if ((byte === 0x7d || byte === 0x5d) && --depth === 0) return utf8(source.read(start, at + i + 1 - start))
      else if (byte >= 0x7f) return undefined
    }
  }
  return undefined
}
