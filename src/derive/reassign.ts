// A control is whose the deployment model says, unless somebody said otherwise and why: a contract may put it elsewhere.
import type { ControlNeed, Doer } from './needs.ts'

export interface Assigned {
  party: Doer
  reason: string
}

/** What no threat asks for stays nobody's. */
export function reassign(
  controls: readonly ControlNeed[],
  assigned: ReadonlyMap<string, Assigned>,
): readonly ControlNeed[] {
  if (assigned.size === 0) return controls
  return controls.map((need) => {
    const other = assigned.get(need.control)
    if (other === undefined || need.need === 'not-needed') return need
    const { party, reason } = other
    return Object.assign({}, need, { party, assigned: { from: need.party, reason } })
  })
}
