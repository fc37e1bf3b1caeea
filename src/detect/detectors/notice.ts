// Where the literals of an automaton begin in a text that arrives in pieces: the first half of a gated reading. Most hits
// are none, as the character before or behind them tells; that is asked by table, since there are so many.
import type { Automaton } from '../automaton.ts'
import { findHits, hitAt, hitState } from '../hits.ts'
import { PIECE } from '../text.ts'
import type { Notice } from './gated-reading.ts'

/** Sorts of characters, to be added up. What lies before or behind the text is `other`. */
export const DIGIT = 1
export const LETTER = 2
/** Letters with marks, Greek, Cyrillic, Armenian. */
export const FURTHER_LETTER = 4
export const OTHER = 8
export const ANY = DIGIT | LETTER | FURTHER_LETTER | OTHER

const SORT = new Uint8Array(65_536).fill(OTHER)
SORT.fill(DIGIT, 0x30, 0x3a)
SORT.fill(LETTER, 0x41, 0x5b)
SORT.fill(LETTER, 0x61, 0x7b)
SORT.fill(FURTHER_LETTER, 0xc0, 0x590)

export interface Neighbours {
  /** Literal → the sorts of characters that may stand before it, and behind it. */
  before: Uint8Array
  behind: Uint8Array
}

/** Made anew for each text. A literal at the end of what arrived so far counts, whatever will come behind it. */
export function createNotice(automaton: Automaton, { before, behind }: Neighbours): Notice {
  const { endsFrom, ends, lengths, depths } = automaton
  let state = 0
  const read: Notice['read'] = ({ string, units }, from, hit) => {
    for (let at = from; at < string.length; at += PIECE) {
      const [hits, next] = findHits(automaton, units, { from: at, to: Math.min(at + PIECE, string.length), state })
      state = next
      for (let h = 0; h < hits; h++) {
        const node = hitState[h] ?? 0
        const end = (hitAt[h] ?? 0) + 1
        for (let e = endsFrom[node] ?? 0, stop = endsFrom[node + 1] ?? 0; e < stop; e++) {
          const literal = ends[e] ?? 0
          const start = end - (lengths[literal] ?? 0)
          const prior = start > 0 ? (SORT[units[start - 1] ?? 0] ?? 0) : OTHER
          if (((before[literal] ?? 0) & prior) === 0) continue
          if (end < string.length && ((behind[literal] ?? 0) & (SORT[units[end] ?? 0] ?? 0)) === 0) continue
          hit(start, literal)
        }
      }
    }
  }
  return { read, begun: () => depths[state] ?? 0 }
}
