// What each proof says, thing by thing. A proof covers what it names and nothing else, so the question is never whether
// the newest proof is good news but, for each thing there is to cover, what was said of it last.
import type { Measure } from '../../catalog/catalog.ts'
import type { Party } from '../../model/applicability.ts'
import type { Evidence, EvidenceSource } from '../../model/evidence.ts'

export interface Claim {
  readonly holds: boolean
  readonly proof: Evidence
}

/** The last word on one thing: of proofs as strong as the catalogue asks for, and of all others. */
export interface LastWord {
  readonly of: string
  readonly name: string
  readonly strong: Claim | undefined
  readonly weak: Claim | undefined
}

/** Stands for the whole of an asset, where a proof names no parts of it. */
export const WHOLE = ''

const STRONG: Record<Measure['evidenceKind'], readonly EvidenceSource[]> = {
  automatic: ['decision', 'scan'],
  tested: ['attack-result', 'drill'],
  attested: ['decision', 'scan', 'attack-result', 'drill', 'attestation', 'assurance'],
}

/** The kinds of proof that the catalogue asks for. A supplier's part may also be proven by what the supplier assures. */
export function strongKinds(measure: Pick<Measure, 'evidenceKind'>, party: Party): readonly EvidenceSource[] {
  const kinds = STRONG[measure.evidenceKind]
  return party === 'supplier' && !kinds.includes('assurance') ? [...kinds, 'assurance'] : kinds
}

/** The order in which proofs count: by the time they speak of, then as they arrived. */
export function isNewer(a: Evidence, b: Evidence): boolean {
  if (a.observedTo !== b.observedTo) return a.observedTo > b.observedTo
  if (a.receivedAt !== b.receivedAt) return a.receivedAt > b.receivedAt
  return a.id > b.id
}

/**
 * Everything there is to cover on one asset, with the last word on each. What there is to cover is what each collector
 * named last; of proofs weaker than the catalogue asks for it counts only where there are no others. A word against the
 * whole asset is a word against each of its parts; a word for the whole says nothing of parts that are known by name.
 */
export function lastWords(evidence: readonly Evidence[], strong: readonly EvidenceSource[]): LastWord[] {
  const isStrong = ({ kind }: Evidence) => strong.includes(kind)
  const [only] = evidence
  if (only && evidence.length === 1 && only.population === undefined) return [onlyWord(only, isStrong(only))]
  const latest = newestBy(evidence, ({ collector, kind }) => [`${kind} ${collector}`])
  const anyStrong = evidence.some(isStrong)
  const things = new Map<string, { of: string; name: string }>()
  for (const proof of latest.values())
    for (const part of partsOf(proof, isStrong(proof) || !anyStrong)) things.set(keyOf(part.of, part.name), part)
  if (things.size === 0) things.set(keyOf(WHOLE, WHOLE), { of: WHOLE, name: WHOLE })
  const strongSaid = newestBy(evidence.filter(isStrong), saidOf)
  const weakSaid = newestBy(
    evidence.filter((proof) => !isStrong(proof)),
    saidOf,
  )
  const inOrder = [...things].toSorted(([a], [b]) => (a < b ? -1 : 1))
  return inOrder.map(([key, { of, name }]) => ({
    of,
    name,
    strong: wordOn(key, of, name, strongSaid),
    weak: wordOn(key, of, name, weakSaid),
  }))
}

/** The plainest case is by far the most frequent one. */
function onlyWord(proof: Evidence, isStrong: boolean): LastWord {
  const claim = { holds: holdsFor(proof, WHOLE), proof }
  return { of: WHOLE, name: WHOLE, strong: isStrong ? claim : undefined, weak: isStrong ? undefined : claim }
}

/** Keeps what `lastWords` can ever need of these proofs, whatever the measure asks for. */
export function withoutOutdated(evidence: readonly Evidence[]): Evidence[] {
  const kept = new Set([
    ...newestBy(evidence, ({ collector, kind }) => [`${kind} ${collector}`]).values(),
    ...newestBy(evidence, (proof) => saidOf(proof).map((key) => `${proof.kind} ${key}`)).values(),
  ])
  return evidence.filter((proof) => kept.has(proof))
}

const keyOf = (of: string, name: string) => `${of}\n${name}`

function partsOf({ population, failing }: Evidence, counts: boolean): { of: string; name: string }[] {
  if (population === undefined) return []
  return [...(counts ? population.names : []), ...failing].map((name) => ({ of: population.of, name }))
}

/** The things that a proof says anything of. */
function saidOf({ population, failing }: Evidence): string[] {
  if (population === undefined) return [keyOf(WHOLE, WHOLE)]
  return [...population.covered, ...failing].map((name) => keyOf(population.of, name))
}

function newestBy(evidence: readonly Evidence[], keys: (proof: Evidence) => readonly string[]): Map<string, Evidence> {
  const newest = new Map<string, Evidence>()
  for (const proof of evidence)
    for (const key of keys(proof)) {
      const before = newest.get(key)
      if (!before || isNewer(proof, before)) newest.set(key, proof)
    }
  return newest
}

function wordOn(key: string, of: string, name: string, said: ReadonlyMap<string, Evidence>): Claim | undefined {
  const own = said.get(key)
  const whole = of === WHOLE ? undefined : said.get(keyOf(WHOLE, WHOLE))
  if (whole && !holdsFor(whole, WHOLE) && !(own && isNewer(own, whole))) return { holds: false, proof: whole }
  return own && { holds: holdsFor(own, name), proof: own }
}

function holdsFor({ supports, failing }: Evidence, name: string): boolean {
  if (name === WHOLE) return supports && failing.length === 0
  return (supports || failing.length > 0) && !failing.includes(name)
}
