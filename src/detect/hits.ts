// The inner loop of every literal scan: where in a text does the automaton reach a state that ends a literal? It only
// writes places down; looking literals up inside the loop halves its speed. The arrays serve every scan of the thread, so
// a caller reads them before it, or anybody else, runs the loop again.
import type { Automaton } from './automaton.ts'
import { PIECE } from './text.ts'

/** Place of the last character of each hit, and the automaton's state there. */
export const hitAt = new Int32Array(PIECE)
export const hitState = new Uint16Array(PIECE)

/** Reads at most `PIECE` units. How many hits are among them, and the state to go on from. */
export function findHits(
  { next, classes, firstHit, width }: Automaton,
  units: Uint16Array,
  { from, to, state: before }: { from: number; to: number; state: number },
): [hits: number, state: number] {
  let state = before
  let hits = 0
  for (let i = from; i < to; i++) {
    state = next[Math.imul(state, width) + (classes[units[i] ?? 0] ?? 0)] ?? 0
    if (state < firstHit) continue
    hitAt[hits] = i
    hitState[hits++] = state
  }
  return [hits, state]
}
