// What would change if…: the same derivation over the input as it would be, compared with the one as it is. Nothing is
// saved. Invariant: a change is made here exactly as committing it would make it, so the preview is what comes true.
import { Failure } from '../lib/failure.ts'
import type { Fact, FactValue } from '../model/fact.ts'
import type { Level } from '../model/risk.ts'
import type { StatusReport } from '../model/status.ts'
import { analyse, type SystemInput } from './analyse.ts'
import { type Difference, differenceOf } from './difference.ts'
import { FACTORS } from './factors.ts'
import type { FactorOverride } from './inherent.ts'
import type { Selection } from './risk.ts'

export type Change =
  /** An answer of a person; null takes that person's answer back. */
  | { change: 'fact'; key: string; value: FactValue | null; by: string }
  /** Null: undecided. */
  | { change: 'selection'; measure: string; selection: Selection | null }
  /** As if the proofs said so; null: no proof. */
  | { change: 'status'; measure: string; report: StatusReport | null }
  /** A factor of likelihood as a person would set it; null: as computed. */
  | { change: 'factor'; threat: string; factor: string; level: Level | null }
  | { change: 'deployment-model'; model: string | null }

export function whatIf(input: SystemInput, changes: readonly Change[]): Difference {
  return differenceOf(analyse(input), analyse(changed(input, changes)))
}

/** The input with these changes made, one after the other. */
export function changed(input: SystemInput, changes: readonly Change[]): SystemInput {
  return changes.reduce(applyChange, input)
}

function applyChange(input: SystemInput, change: Change): SystemInput {
  switch (change.change) {
    case 'fact':
      return { ...input, claims: [...input.claims, answer(input, change)] }
    case 'selection':
      return {
        ...input,
        selections: withEntry(input.selections, knownMeasure(input, change.measure), change.selection),
      }
    case 'status':
      return { ...input, statuses: withEntry(input.statuses, knownMeasure(input, change.measure), change.report) }
    case 'factor':
      return { ...input, overrides: overridden(input, change) }
    case 'deployment-model':
      return { ...input, system: deployedAs(input, change.model) }
  }
}

/** Newer than every claim so far, as the store will make it. */
function answer({ catalog, system, claims }: SystemInput, change: Change & { change: 'fact' }): Fact {
  const { key, value, by } = change
  if (!catalog.factsById.has(key)) throw unknown('fact', key)
  const at = claims.reduce((latest, { recordedAt }) => (recordedAt > latest ? recordedAt : latest), system.recordedAt)
  const id = `what-if-${claims.length}`
  return { id, asset: system.id, key, value, source: 'answered', by, observedAt: at, recordedAt: at, confidence: 1 }
}

function knownMeasure({ catalog }: SystemInput, measure: string): string {
  if (!catalog.measuresById.has(measure)) throw unknown('measure', measure)
  return measure
}

function overridden({ catalog, overrides }: SystemInput, change: Change & { change: 'factor' }): FactorOverride[] {
  const { threat, factor, level } = change
  if (!catalog.threatsById.has(threat)) throw unknown('threat', threat)
  if (!Object.hasOwn(FACTORS, factor)) throw unknown('factor', factor)
  const others = overrides.filter((one) => one.threat !== threat || one.factor !== factor)
  return level === null ? others : [...others, { threat, factor, level, reason: 'what if' }]
}

function deployedAs({ catalog, system }: SystemInput, model: string | null): SystemInput['system'] {
  const { deploymentModel: _before, ...rest } = system
  if (model === null) return rest
  if (!catalog.deploymentModelsById.has(model)) throw unknown('deployment model', model)
  return { ...rest, deploymentModel: model }
}

function unknown(what: string, id: string): Failure {
  return new Failure('not_found', `the catalogue has no ${what} "${id}"`, {
    hint: `parapet catalog lists each ${what}`,
  })
}

function withEntry<T>(map: ReadonlyMap<string, T>, key: string, value: T | null): ReadonlyMap<string, T> {
  const copy = new Map(map)
  if (value === null) copy.delete(key)
  else copy.set(key, value)
  return copy
}
