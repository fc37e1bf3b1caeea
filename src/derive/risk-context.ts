// What the factors of a risk look at. Invariant: what is not known counts as the worst that it could be, so that an
// answer can lower a risk and a gap never does.
import type { Catalog, Threat } from '../catalog/catalog.ts'
import { type Asset, DATA_CLASSES, type DataClass, type Exposure } from '../model/asset.ts'
import type { Level } from '../model/risk.ts'
import type { SystemProfile } from './profile.ts'
import { rankOf } from './risk-method.ts'

export interface RiskGround {
  catalog: Catalog
  exposure: Exposure | undefined
  /** The most sensitive data that the system or a component holds; absent when nobody said. */
  dataClass: DataClass | undefined
  values: SystemProfile['values']
}

export interface RiskContext extends RiskGround {
  threat: Threat
}

export function riskGroundOf(catalog: Catalog, system: Asset, { reach, values }: SystemProfile): RiskGround {
  const known = new Set([system, ...reach.components].map(({ dataClass }) => dataClass))
  return { catalog, exposure: system.exposure, dataClass: DATA_CLASSES.findLast((one) => known.has(one)), values }
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
export function ifPossible({ values }: RiskContext, key: string, level: Level, because: string): Grade[] {
  const value = values[key]
  if (value === false) return []
  return [{ level, because: value === true ? because : `${because}, for all that is known (${key})` }]
}
