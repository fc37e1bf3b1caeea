// Which controls the catalogue asks for against each threat: its own, those of the groups above it, and those that
// govern everything. The same for every system, so it is worked out once for each catalogue.
import type { Catalog, Control, Threat } from '../catalog/catalog.ts'

export const NEEDED_BY = ['key', 'own', 'parent', 'general'] as const
/** Why a threat asks for a control: one of its key controls, named by it, by a group above it, or for all threats. */
export type NeededBy = (typeof NEEDED_BY)[number]

export interface ThreatNeed {
  control: Control
  by: NeededBy
  /** The supplier's to carry out, whoever else is responsible. */
  isSuppliers: boolean
}

const known = new WeakMap<Catalog, ReadonlyMap<string, readonly ThreatNeed[]>>()

/** By threat, groups left out: a group is no threat of its own and gives its controls to what it gathers. */
export function catalogNeeds(catalog: Catalog): ReadonlyMap<string, readonly ThreatNeed[]> {
  let needs = known.get(catalog)
  if (!needs) {
    const threats = catalog.threats.filter(({ kind }) => kind !== 'group')
    needs = new Map(threats.map((threat) => [threat.id, needsOf(catalog, threat)]))
    known.set(catalog, needs)
  }
  return needs
}

function needsOf(catalog: Catalog, threat: Threat): ThreatNeed[] {
  const found = new Map<string, NeededBy>()
  const add = (ids: readonly string[], by: NeededBy) => {
    for (const id of ids) if (!found.has(id)) found.set(id, by)
  }
  add(threat.keyControls, 'key')
  add(threat.controls, 'own')
  add(threat.supplierControls, 'own')
  for (const above of ancestorsOf(catalog, threat)) add(above.controls, 'parent')
  add(
    catalog.controls.filter(({ threats }) => threats === 'all').map(({ id }) => id),
    'general',
  )
  return catalog.controls.flatMap((control) => {
    const by = found.get(control.id)
    const isSuppliers = threat.supplierControls.includes(control.id) && !threat.keyControls.includes(control.id)
    return by ? [{ control, by, isSuppliers }] : []
  })
}

function ancestorsOf(catalog: Catalog, threat: Threat): Threat[] {
  const above: Threat[] = []
  let next = catalog.threatsById.get(threat.parent ?? '')
  while (next && next !== threat && !above.includes(next)) {
    above.push(next)
    next = catalog.threatsById.get(next.parent ?? '')
  }
  return above
}
