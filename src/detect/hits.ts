// The inner loop of every literal scan: where in a piece of text does the automaton reach a state that ends a literal?
// It only writes places down; looking literals up inside the loop halves its speed. The arrays serve every scan of the
// thread, so a caller reads them before it, or anybody else, runs the loop again.
import type { Automaton } from './automaton.ts'
import { PIECE, toUnits, UNITS } from './units.ts'

/** Index in the piece of the last character of each hit, and the automaton's row there. */
export const hitAt = new Int32Array(PIECE)
export const hitRow = new Int32Array(PIECE)

/** How many hits are in a piece of at most `PIECE` characters, and the row to go on from. */
export function findHits(
  { next, classes, firstHit }: Automaton,
  piece: string,
  from: number,
): [hits: number, row: number] {
  const length = toUnits(piece)
  let row = from
  let hits = 0
  for (let i = 0; i < length; i++) {
    row = next[row + (classes[UNITS[i] ?? 0] ?? 0)] ?? 0
    if (row < firstHit) continue
    hitAt[hits] = i
    hitRow[hits++] = row
  }
  return [hits, row]
}
