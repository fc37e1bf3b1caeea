// What a candidate may hold before the digit, sign or ending by which it is noticed: the rest of its word, and the words
// that the recognisers take with it. What ends in nothing of the sort need not be held back for what may come.
import { toOpen } from '../../partial.ts'
import { BEFORE_NUMBER, BOX, CALLED, STATE, UNIT_BEFORE } from './address.ts'
import { MONTH_FIRST } from './identity.ts'
import { GIVEN } from './surname.ts'

export const LONGEST_LEAD = 76
const SPACE = 32

/** So much white space each may hold, from its first character to where the hit begins. */
const GAPS: readonly (readonly [pattern: RegExp, gaps: number])[] = [
  [BEFORE_NUMBER, 5],
  [CALLED, 10],
  [STATE, 2],
  [BOX, 5],
  [UNIT_BEFORE, 11],
  [MONTH_FIRST, 1],
  [GIVEN, 3],
]

/** Each ends where the hit begins; what a name ends in may stand well inside its last word. */
const LEADS = GAPS.map(([pattern, gaps]) => {
  const bare = pattern.source.replace(/\$$/, pattern === GIVEN ? '\\p{Lu}?\\p{L}{0,24}' : '')
  return { lead: toOpen(new RegExp(bare, pattern.flags), 'g'), gaps }
})
const MOST_GAPS = Math.max(...GAPS.map(([, gaps]) => gaps))
/** Of a view, where each lead may begin at the earliest: behind one gap more than it may hold. */
const earliest = new Uint8Array(MOST_GAPS + 1)

export function leadOf(text: string, at: number): number {
  const from = Math.max(0, at - LONGEST_LEAD)
  const view = text.slice(from, at)
  findEarliest(view)
  let first = startOfWord(view)
  for (const { lead, gaps } of LEADS) {
    const begins = earliest[gaps] ?? 0
    if (begins >= first) continue
    lead.lastIndex = begins
    const found = lead.exec(view)
    if (found && found.index < first) first = found.index
  }
  return from + first
}

function findEarliest(view: string): void {
  let gaps = 0
  for (let at = view.length - 1; at >= 0 && gaps <= MOST_GAPS; at--)
    if (view.charCodeAt(at) <= SPACE) earliest[gaps++] = at + 1
  earliest.fill(0, gaps)
}

function startOfWord(view: string): number {
  let start = view.length
  while (start > 0 && view.charCodeAt(start - 1) > SPACE) start--
  return start
}
