// One of those who say something about a fact of a system.
import type { FactValue } from '../model/fact.ts'

export interface Voice {
  value: FactValue
  origin: string
  /** Ids of the claims behind it; none where the register or the catalogue says it. */
  claims: readonly string[]
}

/** Lists are kept sorted and without doubles, so that equal ones look equal. */
export function sameValue(a: FactValue | undefined, b: FactValue | undefined): boolean {
  if (typeof a !== 'object' || typeof b !== 'object') return a === b
  return a.length === b.length && a.every((one, i) => one === b[i])
}

export function unionOf(lists: readonly FactValue[]): string[] {
  return [...new Set(lists.flatMap((list) => (typeof list === 'object' ? [...list] : [])))].toSorted()
}
