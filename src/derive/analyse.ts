// Everything that follows from what is known of one system: its profile, the threats with their reasons, the questions
// of the tree. Pure: the same input gives the same answer, whoever asks and whenever.
import type { Catalog } from '../catalog/catalog.ts'
import { once } from '../lib/once.ts'
import type { Applicability, FactRead } from '../model/applicability.ts'
import type { Asset } from '../model/asset.ts'
import type { Fact } from '../model/fact.ts'
import type { Level, Risk } from '../model/risk.ts'
import type { StatusReport } from '../model/status.ts'
import { type AiActClass, aiActClass } from './ai-act.ts'
import { applicabilityOf } from './applicability.ts'
import type { IgnoredClaim } from './claims.ts'
import { type EarlierAnswer, earlierAnswers } from './earlier-rules.ts'
import { type MeasureNeed, measureNeeds } from './measure-needs.ts'
import { type ControlNeed, needsOf } from './needs.ts'
import { type Conflict, profileOf } from './profile.ts'
import { type Assigned, reassign } from './reassign.ts'
import { RISK_METHOD } from './risk-method.ts'
import { type Decisions, exceeds, risksOf } from './risk.ts'
import { type TreeQuestion, treeOf } from './tree.ts'

export interface SystemInput extends Decisions {
  catalog: Catalog
  system: Asset
  /** Those that can be reached by links; others do no harm. */
  components: readonly Asset[]
  /** Of the system and its components, oldest first. */
  claims: readonly Fact[]
  /** By control: who sees to it against what the deployment model says. */
  assigned?: ReadonlyMap<string, Assigned>
  /** The severity that is borne without asking. */
  appetite: Level
}

export interface SystemAnalysis {
  system: string
  catalogVersion: string
  /** Every question of the catalogue with what is known. */
  facts: readonly FactRead[]
  conflicts: readonly Conflict[]
  /** Claims that the catalogue cannot read, with the reason. */
  ignored: readonly IgnoredClaim[]
  /** All threats of the catalogue, in its order. */
  threats: readonly Applicability[]
  tree: readonly TreeQuestion[]
  earlierRules: readonly EarlierAnswer[]
  /** All controls of the catalogue, in its order. */
  controls: readonly ControlNeed[]
  /** All measures of the catalogue, in its order. */
  measures: readonly MeasureNeed[]
  /** One for each threat, variant and risk factor that applies or may apply. */
  risks: readonly Risk[]
  /** Threats whose risk, as proven, is more than the appetite. */
  aboveAppetite: readonly string[]
  aiAct: AiActClass
  /** Version of the scale and the weights behind the risks. */
  riskMethod: string
}

/** Statuses by measure, once it is known what is needed and whose part it is. */
export type StatusesOf = (needs: readonly MeasureNeed[]) => ReadonlyMap<string, StatusReport>

export function analyse(input: SystemInput): SystemAnalysis {
  return analyseWith(input, () => input.statuses)
}

/** What takes long to tell and is seldom read (traces, the tree, the earlier rules) is made when it is first read. */
export function analyseWith(input: Omit<SystemInput, 'statuses'>, statusesOf: StatusesOf): SystemAnalysis {
  const { catalog, system } = input
  const profile = profileOf(input)
  const tree = once(() => treeOf(catalog, profile))
  const earlier = once(() => earlierAnswers(catalog, profile))
  const threats = applicabilityOf(catalog, system.id, profile, { tree, earlier })
  const controls = reassign(needsOf({ catalog, system, profile, threats }), input.assigned ?? new Map())
  const measures = measureNeeds(catalog, controls, input.selections)
  const risks = risksOf({ ...input, profile, threats, statuses: statusesOf(measures) })
  return {
    system: system.id,
    catalogVersion: catalog.version,
    facts: [...profile.facts.values()],
    conflicts: profile.conflicts,
    ignored: profile.ignored,
    threats,
    get tree() {
      return tree()
    },
    get earlierRules() {
      return earlier()
    },
    controls,
    measures,
    risks,
    aboveAppetite: risks.filter(({ proven }) => exceeds(proven, input.appetite)).map(({ threat }) => threat),
    aiAct: aiActClass(catalog, profile),
    riskMethod: RISK_METHOD.version,
  }
}
