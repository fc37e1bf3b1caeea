// The inner loop of every literal scan: where in a text does the automaton reach a state that ends a literal? It only
// writes places down; looking literals up inside the loop halves its speed. The arrays serve every scan of the thread, so
// a caller reads them before it, or anybody else, runs the loop again.
import type { Automaton } from './automaton.ts'
import { PIECE } from './text.ts'

/** Place of the last character of each hit, and the automaton's state there. */
export const hitAt = new Int32Array(PIECE)
export const hitState = new Uint16Array(PIECE)

/** In lengths of the longest literal: from here on two readers are sooner done than one. */
const WORTH_TWO = 2

/**
 * Reads at most `PIECE` units. How many hits are among them, and the state to go on from. Each step has to wait for the one
 * before it, so two readers go side by side, the second from the middle on. A state says what the last characters were, as
 * many as the longest literal has at most: who begins at the root so far before the middle is right when he gets there.
 */
export function findHits(
  { next, classes, firstHit, width, longest }: Automaton,
  units: Uint16Array,
  { from, to, state: before }: { from: number; to: number; state: number },
): [hits: number, state: number] {
  let state = before
  let hits = 0
  let i = from
  if (to - from > WORTH_TWO * longest) {
    const middle = (from + to + longest) >> 1
    let ahead = 0
    let j = middle - longest
    // Behind the most that the first can have.
    let last = middle - from
    for (; i < middle; i++, j++) {
      state = next[Math.imul(state, width) + (classes[units[i] ?? 0] ?? 0)] ?? 0
      ahead = next[Math.imul(ahead, width) + (classes[units[j] ?? 0] ?? 0)] ?? 0
      if (state >= firstHit) {
        hitAt[hits] = i
        hitState[hits++] = state
      }
      if (ahead >= firstHit && j >= middle) {
        hitAt[last] = j
        hitState[last++] = ahead
      }
    }
    for (let h = middle - from; h < last; h++) {
      hitAt[hits] = hitAt[h] ?? 0
      hitState[hits++] = hitState[h] ?? 0
    }
    state = ahead
    i = j
  }
  for (; i < to; i++) {
    state = next[Math.imul(state, width) + (classes[units[i] ?? 0] ?? 0)] ?? 0
    if (state < firstHit) continue
    hitAt[hits] = i
    hitState[hits++] = state
  }
  return [hits, state]
}
