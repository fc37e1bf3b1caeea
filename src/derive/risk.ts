// The risk of each open threat of a system: likelihood from seven factors, impact from what it harms, and what is left
// of them, once as designed and once as proven. The design is what people chose, and what already gives evidence
// unless somebody declared it not needed. Proven counts only what is in the design and proven today.
// Invariant: the proven risk is never lower than the designed one.
import type { Catalog, Threat } from '../catalog/catalog.ts'
import type { Applicability } from '../model/applicability.ts'
import type { Asset } from '../model/asset.ts'
import type { Level, Risk, Severity } from '../model/risk.ts'
import type { StatusReport } from '../model/status.ts'
import { type FactorOverride, inherentOf, severe, sharedGround } from './inherent.ts'
import type { SystemProfile } from './profile.ts'
import { type RiskGround, riskGroundOf } from './risk-context.ts'
import { levelOf, rankOf } from './risk-method.ts'
import { type InForce, provenShare, stepsDown, weightsOf } from './strength.ts'

/** What people decided about a measure of a system. */
export interface Selection {
  decision: 'chosen' | 'not-needed'
  reason: string
}

export interface Decisions {
  /** By measure; absent: missing. */
  statuses: ReadonlyMap<string, StatusReport>
  /** By measure; absent: undecided. */
  selections: ReadonlyMap<string, Selection>
  overrides: readonly FactorOverride[]
}

export interface RiskInput extends Decisions {
  catalog: Catalog
  system: Asset
  profile: SystemProfile
  threats: readonly Applicability[]
}

/** One for each threat, variant and risk factor that applies or may apply. */
export function risksOf(input: RiskInput): Risk[] {
  const { catalog, system, profile, threats } = input
  const ground = sharedGround(riskGroundOf(catalog, system, profile))
  const designed = inDesign(input)
  const proven = new Map([...designed.keys()].map((measure) => [measure, provenShare(input.statuses.get(measure))]))
  return threats.flatMap(({ threat: id, verdict }) => {
    const threat = catalog.threatsById.get(id)
    if (!threat || threat.kind === 'group' || verdict === 'does-not-apply') return []
    return [riskOf(input, threat, ground, designed, proven)]
  })
}

function riskOf(input: RiskInput, threat: Threat, ground: RiskGround, designed: InForce, proven: InForce): Risk {
  const { catalog, system } = input
  const own = input.overrides.filter((one) => one.threat === threat.id)
  const { factors, impactBecause, inherent } = inherentOf(ground, threat, own)
  return {
    system: system.id,
    threat: threat.id,
    factors,
    impactBecause,
    inherent,
    designed: residual(catalog, threat.id, inherent, designed),
    proven: residual(catalog, threat.id, inherent, proven),
  }
}

/** What is left of a risk when these measures are in force. */
export function residual(catalog: Catalog, threat: string, inherent: Severity, inForce: InForce): Severity {
  const steps = stepsDown(weightsOf(catalog, threat), inForce)
  return severe(
    levelOf(rankOf(inherent.likelihood) - steps.likelihood),
    levelOf(rankOf(inherent.impact) - steps.impact),
  )
}

function inDesign({ statuses, selections }: Decisions): InForce {
  const tried = [...statuses].filter(([, { status }]) => status !== 'missing' && status !== 'not-needed')
  const design = new Map(tried.map(([measure]) => [measure, 1]))
  for (const [measure, { decision }] of selections) {
    if (decision === 'chosen') design.set(measure, 1)
    else design.delete(measure)
  }
  return design
}

export function exceeds({ severity }: Severity, appetite: Level): boolean {
  return rankOf(severity) > rankOf(appetite)
}
