// Where the literals of an automaton begin in a text that arrives in pieces: the first half of a gated reading. Most hits
// are none, as the character before or behind them tells; that is asked by table, since there are so many.
import { once } from '../../lib/once.ts'
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
  /** Literal → the sorts that may stand before it where what is found begins with it. Default: `before`. */
  begins?: Uint8Array
}

/** The result is made anew for each text. A literal at the end of what arrived so far counts, whatever will come behind it. */
export function noticing(automaton: Automaton, literals: readonly string[], neighbours: Neighbours): () => Notice {
  // Only a text that goes on asks for them.
  const beginnings = once(() => beginningsOf(automaton, literals, neighbours))
  return () => createNotice(automaton, neighbours, beginnings)
}

function createNotice(automaton: Automaton, { before, behind }: Neighbours, beginnings: () => Beginnings): Notice {
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
  const begun: Notice['begun'] = ({ string, units }) => {
    const { sorts, fail } = beginnings()
    for (let node = state; node !== 0; node = fail[node] ?? 0) {
      const depth = depths[node] ?? 0
      const prior = string.length > depth ? (SORT[units[string.length - depth - 1] ?? 0] ?? 0) : OTHER
      if (((sorts[node] ?? 0) & prior) !== 0) return depth
    }
    return 0
  }
  const reset = () => {
    state = 0
  }
  return { read, begun, reset }
}

/** By state of the automaton. */
interface Beginnings {
  /** What may stand before the characters that lead to the state, where they are the beginning of a longer literal. */
  sorts: Uint8Array
  /** The state of the next shorter ending that begins some literal. */
  fail: Uint16Array
}

function beginningsOf(
  { next, classes, width, depths }: Automaton,
  literals: readonly string[],
  { before, begins = before }: Neighbours,
): Beginnings {
  const sorts = new Uint8Array(depths.length)
  const fail = new Uint16Array(depths.length)
  const after = (state: number, unit: number) => next[state * width + (classes[unit] ?? 0)] ?? 0
  for (const [index, literal] of literals.entries()) {
    for (let length = 1, [node, shorter] = [0, 0]; length <= literal.length; length++) {
      const unit = literal.charCodeAt(length - 1)
      node = after(node, unit)
      if (length > 1) shorter = after(shorter, unit)
      fail[node] = shorter
      // A whole one is a hit, and waits for its judgement.
      if (length < literal.length) sorts[node] = (sorts[node] ?? 0) | (begins[index] ?? 0)
    }
  }
  return { sorts, fail }
}
