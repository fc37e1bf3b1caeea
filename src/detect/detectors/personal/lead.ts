// What a candidate may hold before the digit, sign or ending by which it is noticed: the rest of its word, and the words
// that the recognisers take with it. What ends in nothing of the sort need not be held back for what may come.
import { toOpen } from '../../partial.ts'
import { BEFORE_NUMBER, BOX, CALLED, STATE, UNIT_BEFORE } from './address.ts'
import { MONTH_FIRST } from './identity.ts'
import { GIVEN } from './surname.ts'

export const LONGEST_LEAD = 76

/** Each ends where the hit begins; what a name ends in may stand well inside its last word. */
const LEADS = [BEFORE_NUMBER, CALLED, STATE, BOX, UNIT_BEFORE, MONTH_FIRST, GIVEN].map((pattern) => {
  const bare = pattern.source.replace(/\$$/, pattern === GIVEN ? '\\p{Lu}?\\p{L}{0,24}' : '')
  return toOpen(new RegExp(bare, pattern.flags), 'g')
})

export function leadOf(text: string, at: number): number {
  const from = Math.max(0, at - LONGEST_LEAD)
  const view = text.slice(from, at)
  let first = startOfWord(view)
  for (const lead of LEADS) {
    lead.lastIndex = 0
    const found = lead.exec(view)
    if (found && found.index < first) first = found.index
  }
  return from + first
}

function startOfWord(view: string): number {
  let start = view.length
  while (start > 0 && view.charCodeAt(start - 1) > 32) start--
  return start
}
