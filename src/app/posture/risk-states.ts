// Risks of systems as decisions are bound to them, read from the posture: levels, scope and the controls that answer to the
// threat itself. Those of the whole organisation, which every threat asks for, count by what they do to the levels.
import type { SystemPosture } from '../../derive/system-posture.ts'
import type { Derived } from '../../govern/govern.ts'
import type { RiskState, Seen } from '../../govern/snapshot.ts'
import type { Asset } from '../../model/asset.ts'
import type { Risk } from '../../model/risk.ts'
import type { Posture } from '../posture.ts'
import type { Standing } from './world.ts'

export function riskStates(posture: Posture): Derived {
  const risksAt = async (system: string, at?: string): Promise<RiskState[]> => {
    const view = await posture.view(at)
    if (!view.isSystem(system)) return []
    const whole = view.system(system)
    return whole.analysis.risks.map((risk) => toRiskState(whole, risk))
  }
  return {
    suppliersPart: async (system) => {
      const { analysis } = (await posture.view()).system(system)
      return analysis.controls.flatMap((need) => (need.need === 'needed' && need.party !== 'you' ? [need.control] : []))
    },
    seen: async (system, at) => {
      const view = await posture.view(at)
      return view.isSystem(system) ? seenIn(view.standing(system)) : []
    },
    risk: async (system, threat, at) => (await risksAt(system, at)).find((risk) => risk.threat === threat),
  }
}

/** What a review compares with. */
export function seenIn({ severities, verdicts }: Standing): Seen[] {
  return [...severities].map(([threat, { proven }]) => ({
    threat,
    verdict: verdicts.get(threat) ?? 'unknown',
    residual: proven,
  }))
}

export function toRiskState({ system, components, analysis, controls }: SystemPosture, risk: Risk): RiskState {
  const { threat, inherent, designed, proven } = risk
  const against = analysis.controls.filter(
    (need) => need.need === 'needed' && need.for.some((one) => one.threat === threat && one.by !== 'general'),
  )
  return {
    system: system.id,
    threat,
    verdict: analysis.threats.find((one) => one.threat === threat)?.verdict ?? 'unknown',
    inherent,
    designed,
    proven,
    scope: [system, ...components].map(toScope),
    controls: against.map(({ control }) => ({ id: control, status: controls.get(control)?.status ?? 'missing' })),
    catalogVersion: analysis.catalogVersion,
  }
}

function toScope({ id, kind, version }: Asset): RiskState['scope'][number] {
  return { id, kind, ...(version === undefined ? {} : { version }) }
}
