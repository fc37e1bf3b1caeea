// Turns the standings of the sample into evidence of the right kind and age, as a gateway, a scanner, an attack suite and
// people would have handed it in.
import type { Catalog, Measure } from '../../catalog/catalog.ts'
import type { EvidenceSource } from '../../model/evidence.ts'
import type { NewEvidence } from '../../prove/new-evidence.ts'
import { STANDINGS, type Standings } from './standings.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** A proof this share of its life old is fresh, or has been over for a while. */
const FRESH_AGE = 0.3
const STALE_AGE = 1.6
const RELEASE_AGE = 20 * DAY

const COLLECTORS: Readonly<Record<EvidenceSource, string>> = {
  decision: 'gateway',
  scan: 'scanner',
  'attack-result': 'attack suite',
  drill: 'drill',
  attestation: 'risk@meridian.example',
  assurance: 'supplier',
}

type Outcome = 'proven' | 'partial' | 'stale' | 'failing' | 'assured'

export function sampleProofs(catalog: Catalog, releases: ReadonlyMap<string, string>, now: Date): NewEvidence[] {
  return Object.entries(STANDINGS).flatMap(([asset, standings]) =>
    outcomes(standings).flatMap(([control, outcome, note]) => {
      const measures = catalog.controlsById.get(control)?.measures ?? []
      // One measure fails; the others of its control hold.
      return measures.map((measure, i) =>
        proofOf({
          measure,
          asset,
          standings,
          outcome: outcome === 'failing' && i > 0 ? 'proven' : outcome,
          note: i === 0 ? note : undefined,
          release: releases.get(asset),
          now,
        }),
      )
    }),
  )
}

const all = (controls: readonly string[], outcome: Outcome) =>
  controls.map((control): [string, Outcome, string | undefined] => [control, outcome, undefined])

function outcomes({ proven, partial = [], stale = [], failing = {}, assured = [] }: Standings) {
  return [
    ...all(proven, 'proven'),
    ...all(partial, 'partial'),
    ...all(stale, 'stale'),
    ...all(assured, 'assured'),
    ...Object.entries(failing).map(([control, note]): [string, Outcome, string] => [control, 'failing', note]),
  ]
}

interface Asked {
  measure: Omit<Measure, 'control'>
  asset: string
  standings: Standings
  outcome: Outcome
  note: string | undefined
  release: string | undefined
  now: Date
}

function proofOf({ measure, asset, standings, outcome, note, release, now }: Asked): NewEvidence {
  const kind = outcome === 'assured' ? 'assurance' : kindOf(measure)
  const at = new Date(now.getTime() - ageOf(measure, outcome))
  const { of, names } = standings.population
  const counted = kind === 'decision' || kind === 'scan' || kind === 'attack-result'
  const covered = outcome === 'partial' && names.length > 1 ? names.slice(0, -1) : names
  const oldRelease = outcome === 'stale' && measure.freshness === 'release'
  return {
    measure: measure.id,
    asset,
    kind,
    supports: outcome !== 'failing',
    ...(counted ? { population: { of, names, covered } } : {}),
    failing: outcome === 'failing' && counted ? names.slice(-1) : [],
    observedFrom: new Date(at.getTime() - HOUR).toISOString(),
    observedTo: at.toISOString(),
    collectedAt: at.toISOString(),
    collector: COLLECTORS[kind],
    ...(release === undefined ? {} : { release: oldRelease ? `${release}-rc` : release }),
    ...(kind === 'assurance' ? { validUntil: new Date(now.getTime() + 200 * DAY).toISOString() } : {}),
    ...(note === undefined ? {} : { note }),
  }
}

function kindOf({ evidenceKind, enforceableBy }: Asked['measure']): EvidenceSource {
  if (evidenceKind === 'attested') return 'attestation'
  if (evidenceKind === 'tested') return enforceableBy === 'incident' ? 'drill' : 'attack-result'
  return enforceableBy === 'gateway' ? 'decision' : 'scan'
}

function ageOf({ freshness }: Asked['measure'], outcome: Outcome): number {
  if (freshness === 'release') return RELEASE_AGE
  const life = freshness === '24h' ? DAY : Number.parseInt(freshness, 10) * DAY
  return life * (outcome === 'stale' ? STALE_AGE : FRESH_AGE)
}
