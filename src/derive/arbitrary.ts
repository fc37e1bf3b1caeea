// Random systems for property tests: any answers, any statuses and decisions of measures.
import fc from 'fast-check'
import type { FactValue } from '../model/fact.ts'
import { type Status, STATUSES, type StatusReport } from '../model/status.ts'
import type { Selection } from './risk.ts'
import { catalog } from './testing.ts'

export function anyValue(id: string): fc.Arbitrary<FactValue> {
  const fact = catalog.factsById.get(id)
  if (!fact || fact.type === 'bool') return fc.boolean()
  const values = [...(fact.values ?? [])]
  return fact.type === 'enum' ? fc.constantFrom(...values) : fc.subarray(values)
}

/** Some questions answered, others not. */
export const anyValues: fc.Arbitrary<Record<string, FactValue>> = fc
  .tuple(...catalog.facts.map(({ id }) => fc.option(fc.tuple(fc.constant(id), anyValue(id)), { nil: undefined })))
  .map((pairs) => Object.fromEntries(pairs.filter((pair) => pair !== undefined)))

export const anyKey = fc.constantFrom(...catalog.facts.map(({ id }) => id))
export const anyMeasure = fc.constantFrom(...catalog.measures.map(({ id }) => id))

export const reportOf = (status: Status): StatusReport => ({ status, reason: 'as the test says', evidence: [] })

export const anyStatuses: fc.Arbitrary<Map<string, StatusReport>> = fc
  .array(fc.tuple(anyMeasure, fc.constantFrom(...STATUSES)), { maxLength: 150 })
  .map((pairs) => new Map(pairs.map(([measure, status]) => [measure, reportOf(status)])))

export const anySelections: fc.Arbitrary<Map<string, Selection>> = fc
  .array(fc.tuple(anyMeasure, fc.constantFrom('chosen' as const, 'not-needed' as const)), { maxLength: 60 })
  .map((pairs) => new Map(pairs.map(([measure, decision]) => [measure, { decision, reason: 'as the test says' }])))
