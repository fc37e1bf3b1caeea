// What is known of one system: each of the catalogue's questions with its value and where that comes from.
// Nearest wins: what is said of the system itself, then what its components say, then what the catalogue implies.
// Invariant: two that are equally near and disagree make the fact unknown, and unknown raises a threat.
import type { Catalog } from '../catalog/catalog.ts'
import { evaluate, factsOf } from '../catalog/expression.ts'
import type { FactRead } from '../model/applicability.ts'
import type { Asset } from '../model/asset.ts'
import type { Fact, FactValue } from '../model/fact.ts'
import { type Claim, currentClaims, type IgnoredClaim } from './claims.ts'
import { inherit } from './inherit.ts'
import { type Reach, reachOf } from './reach.ts'
import { type Statement, statementsOf } from './statements.ts'
import { sameValue, unionOf, type Voice } from './voice.ts'

export interface Conflict {
  key: string
  /** Each value with who says so first, then others, up to a limit. */
  voices: readonly Voice[]
}

export interface SystemProfile {
  /** Every question of the catalogue, in its order. */
  facts: ReadonlyMap<string, FactRead>
  /** The same as conditions read it. */
  values: Readonly<Record<string, FactValue | undefined>>
  conflicts: readonly Conflict[]
  /** Fact → the facts from which the catalogue implies it, or something else than was claimed. */
  impliedBy: ReadonlyMap<string, readonly string[]>
  ignored: readonly IgnoredClaim[]
  reach: Reach
}

export interface ProfileInput {
  catalog: Catalog
  system: Asset
  /** Those that can be reached by links; others do no harm. */
  components: readonly Asset[]
  /** Of the system and its components, oldest first. */
  claims: readonly Fact[]
}

export function profileOf({ catalog, system, components, claims }: ProfileInput): SystemProfile {
  const reach = reachOf(system, components)
  const { byAsset, ignored } = currentClaims(catalog, claims)
  const own = byAsset.get(system.id)
  const stated = Map.groupBy(statementsOf(catalog, system, reach), ({ key }) => key)
  const draft: Draft = { facts: new Map(), conflicts: new Map(), impliedBy: new Map() }
  for (const { id: key, type } of catalog.facts) {
    const near = nearVoices(own?.get(key) ?? [], stated.get(key) ?? [], type === 'set')
    const voices = near.length > 0 ? near : inherit(key, componentVoices(key, reach, byAsset))
    settle(draft, key, voices)
  }
  applyImplications(catalog, draft)
  const known = [...draft.facts].map(([key, { value }]) => [key, value] as const)
  const conflicts = [...draft.conflicts].map(([key, voices]) => ({ key, voices }))
  const reached = new Set([system.id, ...reach.components.map(({ id }) => id)])
  return {
    facts: draft.facts,
    values: Object.fromEntries(known),
    conflicts,
    impliedBy: draft.impliedBy,
    ignored: ignored.filter(({ asset }) => reached.has(asset)),
    reach,
  }
}

interface Draft {
  facts: Map<string, FactRead>
  conflicts: Map<string, readonly Voice[]>
  impliedBy: Map<string, readonly string[]>
}

const claimVoice = ({ value, source, by, id }: Claim): Voice => ({ value, origin: `${source} by ${by}`, claims: [id] })

/** A stated list only adds to what was claimed as a list, for it says what is there and not what is missing. */
function nearVoices(claims: readonly Claim[], statements: readonly Statement[], isSet: boolean): Voice[] {
  const said = claims.map(claimVoice)
  if (!isSet || statements.length === 0) {
    return [...said, ...statements.map(({ value, origin }) => ({ value, origin, claims: [] }))]
  }
  const members = unionOf(statements.map(({ value }) => value))
  const covers = said.every(({ value }) => sameValue(unionOf([value, members]), value))
  if (said.length > 0 && covers) return said
  const origin = [...new Set(statements.map((one) => one.origin))].join('; ')
  return [...said, { value: members, origin, claims: [] }]
}

function componentVoices(key: string, { components }: Reach, byAsset: ReturnType<typeof currentClaims>['byAsset']) {
  return components.flatMap(({ id: asset, kind }) =>
    (byAsset.get(asset)?.get(key) ?? []).map(({ id, value }) => ({
      value,
      asset,
      origin: `from ${kind} ${asset}`,
      claims: [id],
    })),
  )
}

function settle({ facts, conflicts }: Draft, key: string, said: readonly Voice[]): void {
  const voices = leading(said)
  const [first, ...others] = voices
  const claims = voices.flatMap((voice) => [...voice.claims]).slice(0, MOST_VOICES)
  if (!first) {
    facts.set(key, { key, origin: 'not answered', claims: [] })
  } else if (others.every(({ value }) => sameValue(value, first.value))) {
    facts.set(key, { key, value: first.value, origin: first.origin, claims })
  } else {
    facts.set(key, { key, origin: 'conflict', claims })
    conflicts.set(key, voices)
  }
}

const MOST_VOICES = 20

/** A value that is only said once is never lost in the many that agree. */
function leading(voices: readonly Voice[]): readonly Voice[] {
  if (voices.length <= MOST_VOICES) return voices
  const byValue = new Map(voices.toReversed().map((voice) => [JSON.stringify(voice.value), voice]))
  return [...new Set([...[...byValue.values()].toReversed(), ...voices])].slice(0, MOST_VOICES)
}

/** In the order of the catalogue, again and again until nothing new follows: each pass settles a fact or is the last. */
function applyImplications(catalog: Catalog, draft: Draft): void {
  let changed = true
  while (changed) {
    changed = false
    const values = Object.fromEntries([...draft.facts].map(([key, { value }]) => [key, value]))
    for (const { when, then } of catalog.implications) {
      if (evaluate(when, values).value !== true) continue
      const reads = factsOf(when)
      const origin = `implied by ${reads.join(', ')}`
      for (const [key, value] of Object.entries(then)) {
        const before = draft.facts.get(key)
        if (!before || before.origin === 'conflict' || sameValue(before.value, value)) continue
        const claims = reads.flatMap((read) => [...(draft.facts.get(read)?.claims ?? [])])
        if (before.value === undefined) {
          draft.facts.set(key, { key, value, origin, claims })
        } else {
          draft.facts.set(key, { key, origin: 'conflict', claims: [...before.claims, ...claims] })
          draft.conflicts.set(key, [
            { value: before.value, origin: before.origin, claims: before.claims },
            { value, origin, claims },
          ])
        }
        draft.impliedBy.set(key, reads)
        changed = true
      }
    }
  }
}
