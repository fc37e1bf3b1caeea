// What it takes to bring a risk to the appetite: levels off the likelihood, off the impact, or some of each. Each way is
// a pair of amounts of strength to add, and a measure adds its share to the one or the other.
import type { Catalog } from '../catalog/catalog.ts'
import { type Level, LEVELS, type Risk } from '../model/risk.ts'
import { levelOf, rankOf, RISK_METHOD, severityOf } from './risk-method.ts'
import { type InForce, ROUNDING, type Sides, weightsOf } from './strength.ts'

export interface Goal {
  threat: string
  /** Ways to reach it, by strength that is missing on each side; empty when it is reached. */
  ways: readonly Sides<number>[]
  /** What each measure would add. */
  adds: ReadonlyMap<string, Sides<number>>
}

export function goalOf(catalog: Catalog, risk: Risk, appetite: Level, now: InForce): Goal {
  const weights = weightsOf(catalog, risk.threat)
  const adds = new Map<string, Sides<number>>()
  const has = { likelihood: 0, impact: 0 }
  for (const side of ['likelihood', 'impact'] as const) {
    for (const { measure, share } of weights[side]) {
      const inForce = now.get(measure) ?? 0
      has[side] += share * inForce
      adds.set(measure, { likelihood: 0, impact: 0, [side]: share * (1 - inForce) })
    }
  }
  const ways = waysDown(risk.inherent, appetite).map(({ likelihood, impact }) => ({
    likelihood: Math.max(0, likelihood - has.likelihood),
    impact: Math.max(0, impact - has.impact),
  }))
  return { threat: risk.threat, ways: ways.some((way) => isMet(way)) ? [] : ways, adds }
}

export const isMet = (missing: Sides<number>): boolean => missing.likelihood <= ROUNDING && missing.impact <= ROUNDING

/** Strength on each side, the least that does for each number of levels off the impact. */
function waysDown({ likelihood, impact }: Risk['inherent'], appetite: Level): Sides<number>[] {
  const [likelihoods, impacts] = [
    [0, ...RISK_METHOD.likelihoodSteps],
    [0, ...RISK_METHOD.impactSteps],
  ]
  const ways = impacts.flatMap((impactStrength, impactSteps) => {
    const lower = levelOf(rankOf(impact) - impactSteps)
    const steps = likelihoods.findIndex((_, off) =>
      isWithin(severityOf(levelOf(rankOf(likelihood) - off), lower), appetite),
    )
    return steps < 0 ? [] : [{ likelihood: likelihoods[steps] ?? 0, impact: impactStrength }]
  })
  return ways.filter((way, i) => !ways.slice(0, i).some((before) => before.likelihood <= way.likelihood))
}

function isWithin(severity: Level, appetite: Level): boolean {
  return LEVELS.indexOf(severity) <= LEVELS.indexOf(appetite)
}
