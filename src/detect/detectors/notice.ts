// Where the literals of an automaton begin in a text that arrives in pieces: the first half of a gated reading.
import type { Automaton } from '../automaton.ts'
import { findHits, hitAt, hitRow } from '../hits.ts'
import { PIECE } from '../units.ts'
import type { Sight } from './gated-reading.ts'

/** `fits`: whether what stands before a literal lets it count. Made anew for each text. */
export function createNotice(
  automaton: Automaton,
  fits: (text: string, start: number, literal: number) => boolean,
): Sight['notice'] {
  const { width, endsFrom, ends, lengths } = automaton
  let state = 0
  return (text, from, _last, hit) => {
    for (let at = from; at < text.length; at += PIECE) {
      const [hits, row] = findHits(automaton, text.slice(at, at + PIECE), state)
      state = row
      for (let h = 0; h < hits; h++) {
        const node = ((hitRow[h] ?? 0) / width) | 0
        for (let e = endsFrom[node] ?? 0, stop = endsFrom[node + 1] ?? 0; e < stop; e++) {
          const literal = ends[e] ?? 0
          const start = at + (hitAt[h] ?? 0) + 1 - (lengths[literal] ?? 0)
          if (fits(text, start, literal)) hit(start, literal)
        }
      }
    }
    return text.length
  }
}
