// How much of what the catalogue asks for against a threat is in force: once on the side that makes an attack less
// likely, once on the side that limits what follows.
// Invariant: more of a measure never gives less strength. A measure declared not needed stays in the whole that is
// measured against, for a declaration protects nobody.
import type { Catalog } from '../catalog/catalog.ts'
import type { StatusReport } from '../model/status.ts'
import { catalogNeeds } from './catalog-needs.ts'
import { RISK_METHOD } from './risk-method.ts'

export interface MeasureWeight {
  measure: string
  /** Its share of the whole on that side. */
  share: number
}

export interface Sides<T> {
  likelihood: T
  impact: T
}

/** How much each measure counts, up to 1; absent: nothing. */
export type InForce = ReadonlyMap<string, number>

const known = new WeakMap<Catalog, Map<string, Sides<readonly MeasureWeight[]>>>()

/** Every measure that counts against a threat. A control's weight is spread evenly over its measures. */
export function weightsOf(catalog: Catalog, threat: string): Sides<readonly MeasureWeight[]> {
  const ofCatalog = known.get(catalog) ?? new Map<string, Sides<readonly MeasureWeight[]>>()
  known.set(catalog, ofCatalog)
  const weights = ofCatalog.get(threat) ?? weigh(catalog, threat)
  ofCatalog.set(threat, weights)
  return weights
}

function weigh(catalog: Catalog, threat: string): Sides<readonly MeasureWeight[]> {
  const needs = (catalogNeeds(catalog).get(threat) ?? []).filter(({ control }) => control.measures.length > 0)
  const side = (isLimiting: boolean) => {
    const parts = needs.filter(({ control }) => RISK_METHOD.limitingGroups.includes(control.group) === isLimiting)
    const whole = parts.reduce((sum, { by }) => sum + RISK_METHOD.weights[by], 0)
    return parts.flatMap(({ control, by }) =>
      control.measures.map(({ id }) => ({
        measure: id,
        share: RISK_METHOD.weights[by] / whole / control.measures.length,
      })),
    )
  }
  return { likelihood: side(false), impact: side(true) }
}

/** Levels taken from the likelihood and from the impact. */
export function stepsDown(weights: Sides<readonly MeasureWeight[]>, inForce: InForce): Sides<number> {
  if (inForce.size === 0) return { likelihood: 0, impact: 0 }
  const strength = (list: readonly MeasureWeight[]) => {
    let sum = 0
    for (const { measure, share } of list) sum += share * (inForce.get(measure) ?? 0)
    return sum
  }
  return {
    likelihood: stepsReached(RISK_METHOD.likelihoodSteps, strength(weights.likelihood)),
    impact: stepsReached(RISK_METHOD.impactSteps, strength(weights.impact)),
  }
}

/** Sums of shares miss a round number by less than this. */
export const ROUNDING = 1e-9

function stepsReached(steps: readonly number[], strength: number): number {
  return steps.filter((step) => strength + ROUNDING >= step).length
}

/** What a proof counts today: all, what it covers, or nothing. */
export function provenShare(report: StatusReport | undefined): number {
  if (report?.status === 'proven') return 1
  if (report?.status !== 'partial') return 0
  const { coverage } = report
  if (!coverage) return RISK_METHOD.partial
  return coverage.of > 0 ? Math.max(0, Math.min(1, coverage.covered / coverage.of)) : 0
}
