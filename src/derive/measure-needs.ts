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
): readonly MeasureNeed[] {
  const undecided = undecidedNeeds(catalog, controls)
  if (selections.size === 0) return undecided
  return undecided.map((need) => {
    const selection = selections.get(need.measure)
    if (!selection || need.need === 'not-needed') return need
    const isOut = selection.decision === 'not-needed'
    const reason = `${isOut ? 'declared not needed' : 'chosen'}: ${selection.reason}`
    return Object.assign({}, need, { need: isOut ? 'not-needed' : 'needed', reason } as const)
  })
}

const known = new WeakMap<readonly ControlNeed[], readonly MeasureNeed[]>()

function undecidedNeeds(catalog: Catalog, controls: readonly ControlNeed[]): readonly MeasureNeed[] {
  const needs = known.get(controls) ?? controls.flatMap((need) => needsOfControl(catalog, need))
  known.set(controls, needs)
  return needs
}

function needsOfControl(catalog: Catalog, control: ControlNeed): MeasureNeed[] {
  const measures = catalog.controlsById.get(control.control)?.measures ?? []
  if (control.need === 'not-needed') {
    const { need, reason } = control
    return measures.map(({ id }) => ({ measure: id, control: control.control, need, reason, threats: [] }))
  }
  const { need, party } = control
  const threats = control.for.map(({ threat }) => threat)
  const reason = `against ${threats.length} ${threats.length === 1 ? 'threat' : 'threats'}`
  return measures.map(({ id }) => ({ measure: id, control: control.control, need, reason, party, threats }))
}
