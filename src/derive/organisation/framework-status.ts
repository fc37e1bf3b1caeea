// Where the items of somebody else's framework stand: each from the controls that the catalogue maps to it.
import type { Catalog, Framework, FrameworkItem } from '../../catalog/catalog.ts'
import type { Rollup, StatusReport } from '../../model/status.ts'
import { rollUp } from '../status/roll-up.ts'
import { controlAcross, measureAcross, type SystemStanding } from './across.ts'

export interface ItemStatus {
  item: FrameworkItem
  status: Rollup
  controls: readonly ControlOfItem[]
}

export interface ControlOfItem {
  control: string
  /** Who says that the control belongs to the item. */
  basis: string
  status: Rollup
  measures: readonly { measure: string; status: StatusReport }[]
}

export function frameworkStatus(
  catalog: Catalog,
  framework: Framework,
  systems: readonly SystemStanding[],
): ItemStatus[] {
  const known = new Map<string, ControlOfItem>()
  return framework.items.map((item) => {
    const controls = item.controls.map((id): ControlOfItem => {
      const one = known.get(id) ?? controlOfItem(catalog, id, systems)
      known.set(id, one)
      return { ...one, basis: item.basis[id] ?? '' }
    })
    return {
      item,
      controls,
      status: rollUp(
        controls.map(({ control, status }) => [control, status]),
        'control',
      ),
    }
  })
}

function controlOfItem(catalog: Catalog, control: string, systems: readonly SystemStanding[]): ControlOfItem {
  const measures = catalog.controlsById.get(control)?.measures ?? []
  return {
    control,
    basis: '',
    status: controlAcross(systems, control),
    measures: measures.map(({ id }) => ({ measure: id, status: measureAcross(systems, id) })),
  }
}
