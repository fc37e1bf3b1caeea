// Evaluates the catalogue's conditions for one system, each with the facts it read. Rules share conditions and systems
// share rules, so what a condition reads is found once for each catalogue.
import { type Expression, evaluate, factsOf, type Truth } from '../catalog/expression.ts'
import type { FactRead, Verdict } from '../model/applicability.ts'
import type { SystemProfile } from './profile.ts'

const readBy = new WeakMap<Expression, readonly string[]>()

export function truthOf(when: Expression, { values }: SystemProfile): Truth {
  return evaluate(when, values).value
}

/** The facts a condition reads, and those that they were implied from. */
export function factsRead(when: Expression, profile: SystemProfile): FactRead[] {
  let keys = readBy.get(when)
  if (!keys) readBy.set(when, (keys = factsOf(when)))
  return withOrigins(keys, profile)
}

export function withOrigins(keys: readonly string[], { facts, impliedBy }: SystemProfile): FactRead[] {
  const all = new Set(keys)
  for (const key of all) for (const from of impliedBy.get(key) ?? []) all.add(from)
  return [...all].flatMap((key) => facts.get(key) ?? [])
}

export function toVerdict(value: Truth): Verdict {
  return value === 'unknown' ? 'unknown' : value ? 'applies' : 'does-not-apply'
}

/** The one that raises more: a threat is only out when everything agrees that it is. */
export function worstVerdict(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('applies')) return 'applies'
  return verdicts.includes('unknown') ? 'unknown' : 'does-not-apply'
}
