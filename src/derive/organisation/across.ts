// The same question asked of many systems at once. Invariant: what no system was asked is not proven.
import type { Rollup, StatusReport } from '../../model/status.ts'
import { rollUp } from '../status/roll-up.ts'

/** As much of a system as an overview of many needs. */
export interface SystemStanding {
  readonly id: string
  readonly measures: ReadonlyMap<string, StatusReport>
  readonly controls: ReadonlyMap<string, Rollup>
}

export function controlAcross(systems: readonly SystemStanding[], control: string): Rollup {
  return rollUp(
    partsAcross(systems, ({ controls }) => controls.get(control)),
    'system',
  )
}

export function measureAcross(systems: readonly SystemStanding[], measure: string): Rollup {
  return rollUp(
    partsAcross(systems, ({ measures }) => measures.get(measure)),
    'system',
  )
}

function partsAcross(systems: readonly SystemStanding[], pick: (system: SystemStanding) => StatusReport | undefined) {
  return systems.flatMap((system) => {
    const report = pick(system)
    return report ? [[system.id, report] as const] : []
  })
}
