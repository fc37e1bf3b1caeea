// What follows for a whole from where its parts stand: a control from its measures, a threat from its controls, a system
// from all it needs. Invariant: a whole is never better than any part it needs, and a whole without parts is not proven.
import { type Rollup, STATUSES, type Status, type StatusReport } from '../../model/status.ts'

const WORST_FIRST: readonly Status[] = ['failing', 'missing', 'stale', 'partial', 'proven']
const MOST_EVIDENCE = 20
const NAMED_IN_WORDS = 3

/** `what` names the parts in words: `measure`, `control`. */
export function rollUp(parts: Iterable<readonly [id: string, report: StatusReport]>, what: string): Rollup {
  const all = [...parts]
  const counts = Object.fromEntries(STATUSES.map((status) => [status, 0])) as Record<Status, number>
  for (const [, { status }] of all) counts[status]++
  const needed = all.filter(([, { status }]) => status !== 'not-needed')
  const validUntil = needed.reduce<string | undefined>(
    (least, [, { validUntil: end }]) => (end !== undefined && (least === undefined || end < least) ? end : least),
    undefined,
  )
  const evidence = new Set(needed.flatMap(([, report]) => report.evidence))
  return {
    status: worstOf(all.map(([, { status }]) => status)),
    reason: reason(all, needed, counts, what),
    evidence: [...evidence].slice(0, MOST_EVIDENCE),
    ...(validUntil === undefined ? {} : { validUntil }),
    counts,
  }
}

/** Where a whole stands, without the words. */
export function worstOf(statuses: Iterable<Status>): Status {
  let [total, others, worst] = [0, 0, 'missing' as Status]
  let rank = WORST_FIRST.length
  for (const status of statuses) {
    total++
    if (status === 'not-needed') others++
    const at = WORST_FIRST.indexOf(status)
    if (at >= 0 && at < rank) [rank, worst] = [at, status]
  }
  return total > 0 && others === total ? 'not-needed' : worst
}

function reason(
  all: readonly (readonly [string, StatusReport])[],
  needed: readonly (readonly [string, StatusReport])[],
  counts: Readonly<Record<Status, number>>,
  what: string,
): string {
  if (all.length === 0) return `No ${what} says how to prove it, so nothing is proven.`
  const [first] = all
  if (needed.length === 0) return `None of its ${all.length} ${what}s is needed: ${first?.[1].reason ?? ''}`
  const status = worstOf(needed.map(([, report]) => report.status))
  const some = needed.filter(([, report]) => report.status === status)
  const share = `${some.length} of ${needed.length} ${what}s ${some.length === 1 ? 'is' : 'are'} ${status}`
  if (status === 'proven') return `${counts.proven} of ${needed.length} ${what}s are proven.`
  const names = some.slice(0, NAMED_IN_WORDS).map(([id]) => `\`${id}\``)
  const more = some.length - names.length
  return `${share}: ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`
}
