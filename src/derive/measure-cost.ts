// What a measure costs to bring into force and keep proven, in points without a unit: only their proportion counts. What
// the gateway does by itself is cheapest, what people must do and sign again and again is dearest. Anybody may say
// otherwise for a measure.
import type { Measure } from '../catalog/catalog.ts'
import type { Doer } from './needs.ts'

const BY_ENFORCER: Readonly<Record<Measure['enforceableBy'], number>> = {
  gateway: 1,
  scanner: 2,
  register: 2,
  privacy: 3,
  incident: 4,
  redteam: 5,
  none: 8,
}
const BY_EVIDENCE: Readonly<Record<Measure['evidenceKind'], number>> = { automatic: 0, tested: 2, attested: 3 }
/** Somebody else must be brought to do it, and to prove it. */
const BY_PARTY: Readonly<Record<Doer, number>> = { you: 0, shared: 1, supplier: 3 }

export type Costs = ReadonlyMap<string, number>

export function measureCost(measure: Measure, party: Doer, costs: Costs): number {
  return (
    costs.get(measure.id) ?? BY_ENFORCER[measure.enforceableBy] + BY_EVIDENCE[measure.evidenceKind] + BY_PARTY[party]
  )
}
