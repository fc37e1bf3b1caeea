// Everything there is to cover for a measure on a system, over the system and its components, and where each of it stands.
import type { Measure } from '../../catalog/catalog.ts'
import type { Evidence, EvidenceSource } from '../../model/evidence.ts'
import { isNewer, type LastWord, lastWords, WHOLE } from './last-words.ts'
import { type Freshness, freshness } from './freshness.ts'

/** The system first, then the components that its links reach. */
export interface ProvenAsset {
  id: string
  kind: string
  version?: string
}

/** One thing to cover, and where it stands. */
export interface Part {
  of: string
  name: string
  outcome: 'proven' | 'weak' | 'stale' | 'uncovered' | 'failing'
  proof?: Evidence
  freshness?: Freshness
}

interface Question {
  measure: Measure
  /** The kinds of proof that count in full. */
  strong: readonly EvidenceSource[]
  assets: readonly ProvenAsset[]
  /** ISO time in UTC. */
  now: string
}

/**
 * A proof on the system speaks for the system. Where there is none, the components of a kind that proofs speak of are
 * what there is to cover, so that one proven model out of two is one out of two.
 */
export function partsToCover({ measure, strong, assets, now }: Question, evidence: readonly Evidence[]): Part[] {
  if (evidence.length === 0) return []
  const [only] = assets
  if (only && evidence.every(({ asset }) => asset === only.id))
    return lastWords(evidence, strong).map((word) => partOf(word, only, measure, now))
  const byAsset = Map.groupBy(evidence, ({ asset }) => asset)
  const [system] = assets
  const onSystem = system !== undefined && byAsset.has(system.id)
  const kinds = new Set(assets.flatMap(({ id, kind }) => (byAsset.has(id) ? [kind] : [])))
  return assets.flatMap((asset) => {
    const own = byAsset.get(asset.id)
    if (own)
      return lastWords(own, strong).map((word) =>
        partOf(asset === system ? word : named(word, asset), asset, measure, now),
      )
    const isGap = !onSystem && asset !== system && kinds.has(asset.kind)
    return isGap ? [{ of: asset.kind, name: asset.id, outcome: 'uncovered' as const }] : []
  })
}

function named(word: LastWord, { id, kind }: ProvenAsset): LastWord {
  return word.of === WHOLE ? { ...word, of: kind, name: id } : { ...word, name: `${id}/${word.name}` }
}

function partOf({ of, name, strong, weak }: LastWord, { version }: ProvenAsset, measure: Measure, now: string): Part {
  const part = (outcome: Part['outcome'], proof: Evidence): Part => ({
    of,
    name,
    outcome,
    proof,
    freshness: freshness(proof, measure, version, now),
  })
  if (strong && !strong.holds) return part('failing', strong.proof)
  if (weak && !weak.holds && !(strong && isNewer(strong.proof, weak.proof))) return part('failing', weak.proof)
  if (strong) {
    const proven = part('proven', strong.proof)
    if (proven.freshness?.fresh) return proven
  }
  if (weak?.holds) {
    const second = part('weak', weak.proof)
    if (second.freshness?.fresh) return second
  }
  const last = strong ?? weak
  return last ? part('stale', last.proof) : { of, name, outcome: 'uncovered' }
}
