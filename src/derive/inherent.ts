// How severe a threat is before any control: seven factors of likelihood, the impact, and what people set otherwise.
// Systems of which the same is known share one answer, so that a thousand of them cost little more than their kinds.
import type { Catalog, Threat } from '../catalog/catalog.ts'
import type { Factor, Level, Severity } from '../model/risk.ts'
import { FACTORS } from './factors.ts'
import { impactOf } from './impact.ts'
import type { Grade, RiskContext, RiskGround } from './risk-context.ts'
import { levelOf, rankOf, severityOf } from './risk-method.ts'

/** A factor that a person sets otherwise than it is computed. */
export interface FactorOverride {
  threat: string
  factor: string
  level: Level
  reason: string
}

export interface Inherent {
  factors: readonly Factor[]
  impactBecause: string
  inherent: Severity
}

const MOST_KNOWN = 500
const grounds = new WeakMap<Catalog, Map<string, RiskGround>>()
const known = new WeakMap<RiskGround, Map<string, Inherent>>()

/** The one that stands for all of the same content. */
export function sharedGround(ground: RiskGround): RiskGround {
  const { catalog, exposure, dataClass, values } = ground
  const ofCatalog = grounds.get(catalog) ?? new Map<string, RiskGround>()
  grounds.set(catalog, ofCatalog)
  const key = JSON.stringify([exposure, dataClass, values])
  const before = ofCatalog.get(key)
  if (before) return before
  if (ofCatalog.size >= MOST_KNOWN) ofCatalog.clear()
  ofCatalog.set(key, ground)
  known.set(ground, new Map())
  return ground
}

/** `overrides`: of this threat; the last one of a factor counts. */
export function inherentOf(ground: RiskGround, threat: Threat, overrides: readonly FactorOverride[]): Inherent {
  if (overrides.length > 0) return computed({ ...ground, threat }, overrides)
  const answers = known.get(ground)
  const before = answers?.get(threat.id)
  if (before) return before
  const answer = computed({ ...ground, threat }, overrides)
  answers?.set(threat.id, answer)
  return answer
}

function computed(context: RiskContext, overrides: readonly FactorOverride[]): Inherent {
  const factors = factorsOf(context, overrides)
  const { level, because } = impactOf(context)
  return { factors, impactBecause: because, inherent: severe(likelihoodOf(factors), level) }
}

function factorsOf(context: RiskContext, overrides: readonly FactorOverride[]): Factor[] {
  return Object.entries(FACTORS).map(([id, compute]) => {
    const set = overrides.findLast(({ factor }) => factor === id)
    if (set) return { id, level: set.level, because: `set by a person: ${set.reason}` }
    const { level, because } = compute(context)
    return { id, level, because }
  })
}

/** Every factor as computed, and the impact last. */
export function gradesOf(context: RiskContext): Grade[] {
  return [...Object.values(FACTORS).map((compute) => compute(context)), impactOf(context)]
}

/** The mean of the factors; half a level counts as a whole one. */
function likelihoodOf(factors: readonly Factor[]): Level {
  const sum = factors.reduce((total, { level }) => total + rankOf(level), 0)
  return levelOf(Math.round(sum / factors.length))
}

export const severe = (likelihood: Level, impact: Level): Severity => ({
  likelihood,
  impact,
  severity: severityOf(likelihood, impact),
})
