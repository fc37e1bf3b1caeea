// Which controls and measures a system needs, against which threats, and whose they are. A control that no open threat
// asks for is not needed, and says which threats would have asked.
import type { Catalog, Control } from '../catalog/catalog.ts'
import type { Applicability, Verdict } from '../model/applicability.ts'
import type { Asset } from '../model/asset.ts'
import { catalogNeeds, type NeededBy, type ThreatNeed } from './catalog-needs.ts'
import type { SystemProfile } from './profile.ts'
import { type Responsible, responsibleFor } from './responsible.ts'

export type Doer = Responsible['party']

export interface NeededFor {
  threat: string
  verdict: Verdict
  by: NeededBy | 'verify'
  party: Doer
  because: string
}

export type ControlNeed =
  | {
      control: string
      need: 'needed'
      party: Doer
      for: readonly NeededFor[]
      /** The control by which the supplier's part is verified. */
      verifiedBy?: string
      /** Whose it would be by the deployment model, and why somebody said otherwise. */
      assigned?: { from: Doer; reason: string }
    }
  | {
      control: string
      need: 'not-needed'
      reason: string
      /** The threats that would need it, none of which applies. */
      excluded: readonly string[]
    }

/** Whoever leaves a part to a supplier has this one left: to get assurance of it. */
const VERIFY = 'supply-chain-manage'

export interface NeedsInput {
  catalog: Catalog
  system: Asset
  profile: SystemProfile
  threats: readonly Applicability[]
}

/** What decides whose part of a shared control it is; the rest is said by the deployment model. */
const PARTS = ['training', 'model-host'] as const

const MOST_KNOWN = 500
const known = new WeakMap<Catalog, Map<string, ControlNeed[]>>()

/** One for each control of the catalogue, in its order. Systems that are alike share one answer. */
export function needsOf(input: NeedsInput): readonly ControlNeed[] {
  const { catalog, system, profile, threats } = input
  const read = new Set([...PARTS, ...catalog.deploymentModels.flatMap(({ facts }) => Object.keys(facts))])
  const facts = [...read].map((one) => profile.values[one])
  const key = JSON.stringify([system.deploymentModel, facts, threats.map(({ verdict }) => verdict)])
  const answers = known.get(catalog) ?? new Map<string, ControlNeed[]>()
  known.set(catalog, answers)
  const before = answers.get(key)
  if (before) return before
  if (answers.size >= MOST_KNOWN) answers.clear()
  const needs = freshNeeds(input)
  answers.set(key, needs)
  return needs
}

function freshNeeds({ catalog, system, profile, threats }: NeedsInput): ControlNeed[] {
  const responsible = responsibleFor(catalog, system, profile)
  const wanted = new Map<string, NeededFor[]>()
  const excluded = new Map<string, string[]>()
  for (const { threat: id, verdict } of threats) {
    const threat = catalog.threatsById.get(id)
    if (!threat) continue
    const needs = catalogNeeds(catalog).get(id) ?? []
    if (verdict === 'does-not-apply') {
      for (const { control } of needs) append(excluded, control.id, id)
      continue
    }
    const { party, because } = responsible(threat)
    for (const need of needs) {
      const part = partOf(need, party, profile)
      append(wanted, need.control.id, { threat: id, verdict, by: need.by, party: part, because })
    }
    const isVerified = party === 'you' || needs.some(({ control }) => control.id === VERIFY)
    if (needs.length > 0 && !isVerified)
      append(wanted, VERIFY, { threat: id, verdict, by: 'verify', party: 'you', because })
  }
  return catalog.controls.map((control) => controlNeed(control, wanted.get(control.id), excluded.get(control.id) ?? []))
}

function controlNeed(
  { id }: Control,
  needed: readonly NeededFor[] | undefined,
  excluded: readonly string[],
): ControlNeed {
  if (!needed) {
    const reason =
      excluded.length > 0 ? 'none of the threats that need it applies' : 'no threat of the catalogue needs it'
    return { control: id, need: 'not-needed', reason, excluded }
  }
  const parties = new Set(needed.map(({ party }) => party))
  const [only] = parties
  const party = parties.size === 1 && only ? only : 'shared'
  return { control: id, need: 'needed', party, for: needed, ...(party !== 'you' && { verifiedBy: VERIFY }) }
}

/** What governs everything is yours. Only who trains can work on training, only who runs the model can guard it there. */
function partOf({ control, isSuppliers }: ThreatNeed, party: Doer, { values }: SystemProfile): Doer {
  if (control.appliesToAllThreats || control.id === VERIFY) return 'you'
  if (isSuppliers) return 'supplier'
  if (party !== 'shared') return party
  if (values['training'] === 'none' && control.lifecycle === 'development') return 'supplier'
  if (values['model-host'] === 'supplier' && control.group === 'runtime-model') return 'supplier'
  return 'shared'
}

function append<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key)
  if (list) list.push(value)
  else lists.set(key, [value])
}
