// How many of those that count satisfy something, as a status: what is missing is named, and nothing on record is never
// everything shown.
import type { StatusReport } from '../../model/status.ts'

const MOST_NAMED = 20
const NAMED_IN_WORDS = 3

export interface Share {
  /** What is counted, in the singular. */
  what: string
  /** What is wrong with those that fail, as in `without data owner`. */
  lacks: string
}

/** `counted` and `failing` by name. */
export function shareOf({ what, lacks }: Share, counted: readonly string[], failing: readonly string[]): StatusReport {
  if (counted.length === 0)
    return { status: 'missing', reason: `The register holds no ${what}, so nothing is shown.`, evidence: [] }
  const covered = counted.length - failing.length
  const coverage = { covered, of: counted.length, what, uncovered: failing.slice(0, MOST_NAMED) }
  if (failing.length === 0)
    return { status: 'proven', reason: `${covered} of ${covered}: no ${what} is ${lacks}.`, evidence: [], coverage }
  const named = failing.slice(0, NAMED_IN_WORDS).map((id) => `\`${id}\``).join(', ') // prettier-ignore
  const more = failing.length > NAMED_IN_WORDS ? ` and ${failing.length - NAMED_IN_WORDS} more` : ''
  return {
    status: covered === 0 ? 'failing' : 'partial',
    reason: `${failing.length} of ${counted.length} ${lacks}: ${named}${more}.`,
    evidence: [],
    coverage,
  }
}
