// Which unknown facts can still decide a condition. What is decided already falls away, and so does everything beside it
// that can no longer matter: `a and b` with b false depends on nothing.
import { type Expression, evaluate, factsOf, type Profile } from '../catalog/expression.ts'

export function dependsOn(when: Expression, values: Profile): string[] {
  return [...new Set(openKeys(when, values))]
}

function openKeys(when: Expression, values: Profile): string[] {
  if (evaluate(when, values).value !== 'unknown') return []
  if ('not' in when) return openKeys(when.not, values)
  if ('all' in when) return when.all.flatMap((part) => openKeys(part, values))
  if ('any' in when) return when.any.flatMap((part) => openKeys(part, values))
  return factsOf(when)
}
