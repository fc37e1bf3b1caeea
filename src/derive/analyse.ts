// Everything that follows from what is known of one system: its profile, the threats with their reasons, the questions
// of the tree. Pure: the same input gives the same answer, whoever asks and whenever.
import type { Catalog } from '../catalog/catalog.ts'
import type { Applicability, FactRead } from '../model/applicability.ts'
import type { Asset } from '../model/asset.ts'
import type { Fact } from '../model/fact.ts'
import type { Level } from '../model/risk.ts'
import type { StatusReport } from '../model/status.ts'
import { applicabilityOf } from './applicability.ts'
import type { IgnoredClaim } from './claims.ts'
import { type EarlierAnswer, earlierAnswers } from './earlier-rules.ts'
import { type Conflict, profileOf } from './profile.ts'
import { type TreeQuestion, treeOf } from './tree.ts'

/** What people decided about a measure of a system. */
export interface Selection {
  decision: 'chosen' | 'not-needed'
  reason: string
}

export interface SystemInput {
  catalog: Catalog
  system: Asset
  /** Those that can be reached by links; others do no harm. */
  components: readonly Asset[]
  /** Of the system and its components, oldest first. */
  claims: readonly Fact[]
  /** By measure; absent: missing. */
  statuses: ReadonlyMap<string, StatusReport>
  /** By measure; absent: undecided. */
  selections: ReadonlyMap<string, Selection>
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
}

export function analyse(input: SystemInput): SystemAnalysis {
  const { catalog, system } = input
  const profile = profileOf(input)
  const tree = treeOf(catalog, profile)
  const earlierRules = earlierAnswers(catalog, profile)
  return {
    system: system.id,
    catalogVersion: catalog.version,
    facts: [...profile.facts.values()],
    conflicts: profile.conflicts,
    ignored: profile.ignored,
    threats: applicabilityOf(catalog, system.id, profile, { tree, earlier: earlierRules }),
    tree,
    earlierRules,
  }
}
