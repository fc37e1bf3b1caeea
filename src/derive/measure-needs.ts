// The same for measures, with what people decided: a measure is only left out by its control or by an explicit decision.
import type { Catalog } from '../catalog/catalog.ts'
import type { ControlNeed, Doer } from './needs.ts'
import type { Selection } from './risk.ts'

export interface MeasureNeed {
  measure: string
  control: string
  need: 'needed' | 'not-needed'
  /** In words, for both. */
  reason: string
  /** Absent when not needed by any threat. */
  party?: Doer
  /** Threats that it works against here. */
  threats: readonly string[]
}

export function measureNeeds(
  catalog: Catalog,
  controls: readonly ControlNeed[],
  selections: ReadonlyMap<string, Selection>,
): MeasureNeed[] {
  return controls.flatMap((need) => {
    const { control } = need
    const measures = catalog.controlsById.get(control)?.measures ?? []
    if (need.need === 'not-needed') {
      const { reason } = need
      return measures.map(({ id }): MeasureNeed => ({ measure: id, control, need: 'not-needed', reason, threats: [] }))
    }
    const threats = need.for.map(({ threat }) => threat)
    const { party } = need
    return measures.map(({ id: measure }): MeasureNeed => {
      const selection = selections.get(measure)
      if (selection?.decision === 'not-needed') {
        const reason = `declared not needed: ${selection.reason}`
        return { measure, control, party, threats, need: 'not-needed', reason }
      }
      const many = `against ${threats.length} ${threats.length === 1 ? 'threat' : 'threats'}`
      const reason = selection ? `chosen: ${selection.reason}` : many
      return { measure, control, party, threats, need: 'needed', reason }
    })
  })
}
