// Risks of systems as decisions are bound to them, read from the posture: levels, scope and the controls that answer to the
// threat itself. Those of the whole organisation, which every threat asks for, count by what they do to the levels.
import type { ControlNeed, Doer } from '../../derive/needs.ts'
import { type Acceptance, standingOf, type Standing as AcceptanceStanding } from '../../govern/acceptance.ts'
import type { Derived } from '../../govern/govern.ts'
import type { RiskState, Seen } from '../../govern/snapshot.ts'
import type { Asset } from '../../model/asset.ts'
import type { Kept } from '../../model/decision.ts'
import type { Posture, View } from '../posture.ts'
import type { Standing } from './world.ts'

export function riskStates(posture: Posture): Derived {
  return {
    suppliersPart: async (system) => {
      const { controlNeeds } = (await posture.view()).standing(system)
      return controlNeeds.flatMap((need) => (need.need === 'needed' && need.party !== 'you' ? [need.control] : []))
    },
    seen: async (system, at) => {
      const view = await posture.view(at)
      return view.isSystem(system) ? seenIn(view.standing(system)) : []
    },
    risk: async (system, threat, at) => {
      const view = await posture.view(at)
      return view.isSystem(system) ? toRiskState(view.standing(system), threat) : undefined
    },
  }
}

/** How an acceptance stands, given what the risk is in a view. */
export function acceptanceIn(view: View, { system = '', subject, value }: Kept<Acceptance>): AcceptanceStanding {
  const risk = view.isSystem(system) ? toRiskState(view.standing(system), subject) : undefined
  return standingOf(value, risk, view.at)
}

/** What a review compares with. */
export function seenIn({ severities, verdicts }: Standing): Seen[] {
  return [...severities].map(([threat, { proven }]) => ({
    threat,
    verdict: verdicts.get(threat) ?? 'unknown',
    residual: proven.severity,
  }))
}

/** Undefined: the threat does not stand for this system. */
export function toRiskState(standing: Standing, threat: string): RiskState | undefined {
  const { system, components, severities, verdicts, controls, controlNeeds, catalogVersion } = standing
  const levels = severities.get(threat)
  if (levels === undefined) return undefined
  return {
    system: system.id,
    threat,
    verdict: verdicts.get(threat) ?? 'unknown',
    ...levels,
    scope: [system, ...components].map(toScope),
    controls: against(controlNeeds, threat).map(({ control }) => ({
      id: control,
      status: controls.get(control)?.status ?? 'missing',
    })),
    catalogVersion,
  }
}

function toScope({ id, kind, version }: Asset): RiskState['scope'][number] {
  return { id, kind, ...(version === undefined ? {} : { version }) }
}

export interface Against {
  control: string
  /** Whose part of it against this threat. */
  party: Doer
}

/** Systems that are alike share their needs, so what answers to a threat is gathered once for all of them. */
const known = new WeakMap<readonly ControlNeed[], ReadonlyMap<string, readonly Against[]>>()

/** The controls that answer to the threat itself. */
export function against(needs: readonly ControlNeed[], threat: string): readonly Against[] {
  let byThreat = known.get(needs)
  if (!byThreat) known.set(needs, (byThreat = gathered(needs)))
  return byThreat.get(threat) ?? []
}

function gathered(needs: readonly ControlNeed[]): Map<string, Against[]> {
  const rows = needs.flatMap((need) =>
    need.need === 'needed'
      ? need.for.flatMap(({ threat, by, party }) =>
          by === 'general' ? [] : [{ threat, control: need.control, party }],
        )
      : [],
  )
  return Map.groupBy(rows, ({ threat }) => threat)
}
