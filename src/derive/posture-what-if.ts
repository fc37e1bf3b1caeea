// What would change for a system if facts, choices or proofs were otherwise. Whatever the changes make needed, or no
// longer needed, stands where its evidence puts it: the preview is what committing them would give.
import { analyseWith } from './analyse.ts'
import { type Difference, differenceOf } from './difference.ts'
import { measureStatuses } from './status/system-status.ts'
import { type PostureInput, systemPosture } from './system-posture.ts'
import { type Change, changed } from './what-if.ts'

export function postureWhatIf(input: PostureInput, changes: readonly Change[]): Difference {
  const { evidence, now } = input
  const after = changed({ ...input, statuses: new Map() }, changes)
  const unproven = new Set(
    changes.flatMap((one) => (one.change === 'status' && one.report === null ? [one.measure] : [])),
  )
  const left = new Map([...evidence].filter(([measure]) => !unproven.has(measure)))
  const assets = [after.system, ...after.components]
  const analysis = analyseWith(after, (needs) => {
    const derived = measureStatuses({ catalog: after.catalog, needs, assets, evidence: left, now })
    return new Map([...derived, ...after.statuses])
  })
  return differenceOf(systemPosture(input).analysis, analysis)
}
