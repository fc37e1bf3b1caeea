// What the factors of a risk look at. Invariant: what is not known counts as the worst that it could be, so that an
// answer can lower a risk and a gap never does.
import type { Catalog, Threat } from '../catalog/catalog.ts'
import { type Asset, DATA_CLASSES, type DataClass } from '../model/asset.ts'
import type { Level } from '../model/risk.ts'
import type { SystemProfile } from './profile.ts'
import { rankOf } from './risk-method.ts'

export interface RiskContext {
  catalog: Catalog
  threat: Threat
  system: Asset
  profile: SystemProfile
}

/** A level with its reason. */
export interface Grade {
  level: Level
  because: string
}

/** The highest of them, in the order given where they are equal. */
export function highest(first: Grade, ...others: readonly Grade[]): Grade {
  return others.reduce((high, one) => (rankOf(one.level) > rankOf(high.level) ? one : high), first)
}

/** A grade for a yes, and for no answer; nothing for a no. */
export function ifPossible({ profile }: RiskContext, key: string, level: Level, because: string): Grade[] {
  const value = profile.values[key]
  if (value === false) return []
  return [{ level, because: value === true ? because : `${because}, for all that is known (${key})` }]
}

/** The most sensitive data that the system or a component holds; nothing when nobody said. */
export function dataClassOf({ system, profile }: RiskContext): DataClass | undefined {
  const known = new Set([system, ...profile.reach.components].flatMap(({ dataClass }) => dataClass ?? []))
  return DATA_CLASSES.findLast((one) => known.has(one))
}
