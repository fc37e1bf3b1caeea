// A proof that a measure holds, or does not, on an asset. Only appended, and a leaf of the evidence log.

export const EVIDENCE_SOURCES = ['decision', 'scan', 'attack-result', 'drill', 'attestation', 'assurance'] as const
export type EvidenceSource = (typeof EVIDENCE_SOURCES)[number]

/** What was looked at: `{ of: 'route', names: ['chat', 'search'] }`. A proof covers what it names and nothing else. */
export interface Population {
  of: string
  /** Everything there is to cover. */
  names: readonly string[]
  /** Those of them that the collector really checked. */
  covered: readonly string[]
}

export interface Evidence {
  id: string
  /** A measure of the catalogue, `<control>.<what>`. */
  measure: string
  asset: string
  kind: EvidenceSource
  /** False: it shows that the measure does not hold. */
  supports: boolean
  population?: Population
  /** Members of the population, or other named things, for which the measure did not hold. */
  failing: readonly string[]
  /** The time that the proof speaks of, by the collector's clock. */
  observedFrom: string
  observedTo: string
  collectedAt: string
  /** When it arrived here; never set by the collector. Past dates are replayed by this. */
  receivedAt: string
  /** Guard, scanner, test suite or account. */
  collector: string
  /** The version of the asset it was collected on; it ages with a release where the catalogue says so. */
  release?: string
  /** Only for assurance and attestations: an end that the document itself names. */
  validUntil?: string
  /** What a person reads: one sentence, no payload. */
  note?: string
  /** Of the attached document or the collector's raw result. */
  sha256?: string
  /** Its leaf in the log. */
  entry: number
}
