// Whether a measure is in force on a system, from proof alone. Status is a function of the catalogue, the evidence known
// and the time asked for; the same three always give the same answer, byte for byte.
// Invariant: no evidence is never green, and time alone never makes an answer better.
import type { Measure } from '../../catalog/catalog.ts'
import type { Party } from '../../model/applicability.ts'
import type { Evidence } from '../../model/evidence.ts'
import type { Status, StatusReport } from '../../model/status.ts'
import { isNewer, strongKinds, WHOLE } from './last-words.ts'
import { type Part, type ProvenAsset, partsToCover } from './parts.ts'
import { coverageOf, reasonFor } from './words.ts'

export interface StatusContext {
  /** Whose part the measure is. */
  party: Party
  assets: readonly ProvenAsset[]
}

const MOST_NAMED = 20

/** `evidence`: everything known of this measure on these assets, in any order. */
export function measureStatus(
  measure: Measure,
  { party, assets }: StatusContext,
  evidence: readonly Evidence[],
  now: Date,
): StatusReport {
  const strong = strongKinds(measure, party)
  const parts = partsToCover({ measure, strong, assets, now: now.toISOString() }, evidence)
  const status = statusOf(parts)
  const proofs = [...new Set(parts.flatMap(({ proof }) => proof ?? []))].toSorted((a, b) => (isNewer(a, b) ? -1 : 1))
  const ends = parts.flatMap(({ freshness }) => (freshness?.fresh && freshness.until ? [freshness.until] : []))
  const failing = parts.filter(({ outcome, name }) => outcome === 'failing' && name !== WHOLE)
  const coverage = coverageOf(parts, MOST_NAMED)
  const validUntil = ends.reduce<string | undefined>((least, end) => (least && least < end ? least : end), undefined)
  return {
    status,
    reason: reasonFor(status, parts, coverage, measure, strong),
    evidence: proofs.slice(0, MOST_NAMED).map(({ id }) => id),
    ...(coverage ? { coverage } : {}),
    ...(failing.length > 0 ? { failing: failing.slice(0, MOST_NAMED).map(({ name }) => name) } : {}),
    ...(validUntil ? { validUntil } : {}),
  }
}

function statusOf(parts: readonly Part[]): Status {
  const has = (outcome: Part['outcome']) => parts.some((part) => part.outcome === outcome)
  if (has('failing')) return 'failing'
  if (parts.length > 0 && parts.every(({ outcome }) => outcome === 'proven')) return 'proven'
  if (has('proven') || has('weak')) return 'partial'
  return has('stale') ? 'stale' : 'missing'
}
