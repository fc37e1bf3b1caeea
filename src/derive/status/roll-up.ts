// What follows for a whole from where its parts stand: a control from its measures, a threat from its controls, a system
// from all it needs. Invariant: a whole is never better than any part it needs, and a whole without parts is not proven.
import type { Rollup, Status, StatusReport } from '../../model/status.ts'

const WORST_FIRST: readonly Status[] = ['failing', 'missing', 'stale', 'partial', 'proven']
const MOST_EVIDENCE = 20
const NAMED_IN_WORDS = 3

/** `what` names the parts in words: `measure`, `control`. */
export function rollUp(parts: Iterable<readonly [id: string, report: StatusReport]>, what: string): Rollup {
  const all = [...parts]
  const counts: Record<Status, number> = { proven: 0, partial: 0, stale: 0, missing: 0, failing: 0, 'not-needed': 0 }
  const evidence = new Set<string>()
  let validUntil: string | undefined
  for (const [, report] of all) {
    counts[report.status]++
    if (report.status === 'not-needed') continue
    if (evidence.size < MOST_EVIDENCE) for (const id of report.evidence) evidence.add(id)
    const end = report.validUntil
    if (end !== undefined && (validUntil === undefined || end < validUntil)) validUntil = end
  }
  const status = worst(all.length, counts)
  return {
    status,
    reason: reason(all, status, counts, what),
    evidence: [...evidence].slice(0, MOST_EVIDENCE),
    ...(validUntil === undefined ? {} : { validUntil }),
    counts,
  }
}

/** Where a whole stands, without the words. */
export function worstOf(statuses: Iterable<Status>): Status {
  let total = 0
  const counts: Record<Status, number> = { proven: 0, partial: 0, stale: 0, missing: 0, failing: 0, 'not-needed': 0 }
  for (const status of statuses) {
    total++
    counts[status]++
  }
  return worst(total, counts)
}

function worst(total: number, counts: Readonly<Record<Status, number>>): Status {
  if (total > 0 && counts['not-needed'] === total) return 'not-needed'
  return WORST_FIRST.find((status) => counts[status] > 0) ?? 'missing'
}

function reason(
  all: readonly (readonly [string, StatusReport])[],
  status: Status,
  counts: Readonly<Record<Status, number>>,
  what: string,
): string {
  if (all.length === 0) return `No ${what} says how to prove it, so nothing is proven.`
  const needed = all.length - counts['not-needed']
  if (needed === 0) return `None of its ${all.length} ${what}s is needed: ${all[0]?.[1].reason ?? ''}`
  if (status === 'proven') return `${counts.proven} of ${needed} ${what}s are proven.`
  const some = all.filter(([, report]) => report.status === status)
  const share = `${some.length} of ${needed} ${what}s ${some.length === 1 ? 'is' : 'are'} ${status}`
  const names = some.slice(0, NAMED_IN_WORDS).map(([id]) => `\`${id}\``)
  const more = some.length - names.length
  return `${share}: ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`
}
