// What each source says now about each asset: its newest claim of a key, unless it took that back. Claims that the
// catalogue cannot read are set aside with the reason, never guessed at: the fact stays unknown and raises its threats.
import type { Catalog, Fact as FactNoun } from '../catalog/catalog.ts'
import type { Fact, FactValue } from '../model/fact.ts'
import { unionOf } from './voice.ts'

export interface Claim extends Fact {
  value: FactValue
}

export interface IgnoredClaim {
  claim: string
  asset: string
  key: string
  reason: string
}

export interface CurrentClaims {
  /** Asset id → key → what each source says, oldest first. */
  byAsset: ReadonlyMap<string, ReadonlyMap<string, readonly Claim[]>>
  ignored: readonly IgnoredClaim[]
}

export function currentClaims(catalog: Catalog, claims: readonly Fact[]): CurrentClaims {
  const newest = new Map<string, Fact>()
  for (const claim of claims) {
    const key = currentKey(catalog, claim.key)
    const place = JSON.stringify([claim.asset, key, claim.source, claim.by])
    const before = newest.get(place)
    if (before && before.recordedAt > claim.recordedAt) continue
    newest.delete(place)
    newest.set(place, key === claim.key ? claim : { ...claim, key })
  }
  const byAsset = new Map<string, Map<string, Claim[]>>()
  const ignored: IgnoredClaim[] = []
  for (const claim of newest.values()) {
    const { value } = claim
    if (value === null) continue
    const reason = reasonToIgnore(catalog, claim.key, value)
    if (reason !== undefined) {
      ignored.push({ claim: claim.id, asset: claim.asset, key: claim.key, reason })
      continue
    }
    const ofAsset = byAsset.get(claim.asset) ?? new Map<string, Claim[]>()
    const ofKey = ofAsset.get(claim.key) ?? []
    ofKey.push({ ...claim, value: normal(value) })
    byAsset.set(claim.asset, ofAsset.set(claim.key, ofKey))
  }
  return { byAsset, ignored }
}

const normal = (value: FactValue): FactValue => (typeof value === 'object' ? unionOf([value]) : value)

/** A key that was only renamed still says what it said. */
function currentKey(catalog: Catalog, key: string): string {
  if (catalog.factsById.has(key)) return key
  const renamedTo = catalog.history.retired.find(({ noun, id }) => noun === 'fact' && id === key)?.renamedTo
  return renamedTo?.length === 1 && renamedTo[0] !== undefined ? renamedTo[0] : key
}

function reasonToIgnore(catalog: Catalog, key: string, value: FactValue): string | undefined {
  const fact = catalog.factsById.get(key)
  if (fact) return isValueOf(fact, value) ? undefined : `"${key}" cannot be ${JSON.stringify(value)}`
  const isRetired = catalog.history.retired.some(({ noun, id }) => noun === 'fact' && id === key)
  return `"${key}" ${isRetired ? 'was retired: answer what took its place' : 'is no question of this catalogue'}`
}

function isValueOf({ type, values }: FactNoun, value: FactValue): boolean {
  if (type === 'bool') return typeof value === 'boolean'
  if (type === 'enum') return typeof value === 'string' && (values?.includes(value) ?? false)
  return Array.isArray(value) && value.every((one) => values?.includes(one) ?? false)
}
