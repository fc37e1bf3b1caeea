// What follows from a set of answers by the catalogue's implications, where nothing is said yet. Answers that were given
// are never replaced here: whether they contradict an implication is for the profile to say.
import type { Catalog } from '../catalog/catalog.ts'
import { evaluate, type Profile } from '../catalog/expression.ts'

export function withImplied(catalog: Catalog, answers: Profile): Profile {
  const values: Record<string, Profile[string]> = { ...answers }
  let changed = true
  while (changed) {
    changed = false
    for (const { when, then } of catalog.implications) {
      const missing = Object.entries(then).filter(([key]) => values[key] === undefined)
      if (missing.length === 0 || evaluate(when, values).value !== true) continue
      Object.assign(values, Object.fromEntries(missing))
      changed = true
    }
  }
  return values
}
