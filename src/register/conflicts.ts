// Where sources disagree about an asset. A conflict is shown with every claim in it and never decided here.
import { canonicalJson } from '../lib/canonical-json.ts'
import type { Fact } from '../model/fact.ts'

export interface Conflict {
  asset: string
  key: string
  /** The newest claim of each source, not all of one value. */
  claims: readonly Fact[]
}

/** Of the newest claims of each source and collector. */
export function conflictsOf(claims: readonly Fact[]): Conflict[] {
  const groups = Map.groupBy(claims, ({ asset, key }) => `${asset} ${key}`)
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    const values = new Set(group.map(({ value }) => canonicalJson(value)))
    return first && values.size > 1 ? [{ asset: first.asset, key: first.key, claims: group }] : []
  })
}
