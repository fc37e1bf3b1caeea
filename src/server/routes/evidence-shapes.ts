// Evidence as the API takes it in and shows it.
import { z } from 'zod'
import { Failure } from '../../lib/failure.ts'
import { type Evidence, EVIDENCE_SOURCES } from '../../model/evidence.ts'
import type { NewEvidence } from '../../prove/new-evidence.ts'
import type { Document } from '../../prove/record-evidence.ts'
import { Name, Time } from './shapes.ts'

const MOST_NAMES = 2000

const Id = z.string().min(1).max(160)
const Names = z.array(Name).max(MOST_NAMES)
const Sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 lower-case hex digits')

const PopulationShape = z.strictObject({
  of: Name.describe('what is counted, as in route'),
  names: Names.describe('everything there is to cover'),
  covered: Names.describe('those of them that were really checked'),
})

const claimed = {
  measure: Id.describe('a measure of the catalogue, as in rate-limit.limits'),
  asset: Id.describe('id of the asset that it was looked at on'),
  kind: z.enum(EVIDENCE_SOURCES),
  supports: z.boolean().describe('false, --no-supports on the command line: it shows that the measure does not hold'),
  population: PopulationShape.optional().describe('what there is to cover, and what was covered'),
  failing: Names.default([]).describe('what the measure did not hold for'),
  observedFrom: Time.optional().describe('the time that the proof speaks of; else observedTo'),
  observedTo: Time.optional().describe('else collectedAt'),
  collectedAt: Time.optional().describe('else now'),
  release: Name.optional().describe('version of the asset that it was collected on'),
  validUntil: Time.optional().describe('an end that the document names; assurance and attestations only'),
  note: z.string().trim().min(1).max(500).regex(/^[^\p{Cc}\p{Cs}]*$/u, 'has control characters').optional().describe('one sentence for people, without payload'), // prettier-ignore
  sha256: Sha256.optional().describe("of the collector's raw result"),
}

const Collector = Name.describe('guard, scanner, test suite or account')

const DocumentShape = z.strictObject({
  name: Name,
  mediaType: z.string().max(100).regex(/^[\w.+-]+\/[\w.+-]+$/, 'expected a media type, as in application/pdf'), // prettier-ignore
  content: z.base64().max(44_000_000).describe('the bytes in base64'),
})

export const EvidenceRow = z.strictObject(claimed)

export const OneEvidence = z.strictObject({
  ...claimed,
  collector: Collector.optional().describe('guard, scanner or test suite; else who sends it'),
  document: DocumentShape.optional().describe('what it rests on; kept with the log and hashed here'),
})

export const EvidenceBatch = z.strictObject({ collector: Collector, rows: z.array(EvidenceRow).min(1) })

export const ShownEvidence = z.object({
  id: z.string(),
  measure: z.string(),
  asset: z.string(),
  kind: z.enum(EVIDENCE_SOURCES),
  supports: z.boolean(),
  population: z.object({ of: z.string(), names: z.array(z.string()), covered: z.array(z.string()) }).optional(),
  failing: z.array(z.string()),
  observedFrom: z.string(),
  observedTo: z.string(),
  collectedAt: z.string(),
  receivedAt: z.string().describe('when it arrived here'),
  collector: z.string(),
  release: z.string().optional(),
  validUntil: z.string().optional(),
  note: z.string().optional(),
  sha256: z.string().optional(),
  entry: z.int().describe('its leaf in the log: `log prove` and `log report` take it'),
})

export function toNewEvidence(row: z.output<typeof EvidenceRow>, collector: string, now: Date): NewEvidence {
  const collectedAt = row.collectedAt ?? now.toISOString()
  const observedTo = row.observedTo ?? collectedAt
  const { population, release, validUntil, note, sha256 } = row
  return {
    measure: row.measure,
    asset: row.asset,
    kind: row.kind,
    supports: row.supports,
    ...(population ? { population } : {}),
    failing: row.failing,
    observedFrom: row.observedFrom ?? observedTo,
    observedTo,
    collectedAt,
    collector,
    ...(release === undefined ? {} : { release }),
    ...(validUntil === undefined ? {} : { validUntil }),
    ...(note === undefined ? {} : { note }),
    ...(sha256 === undefined ? {} : { sha256 }),
  }
}

export function toDocument({ name, mediaType, content }: z.output<typeof DocumentShape>): Document {
  const bytes = Buffer.from(content, 'base64')
  if (bytes.length === 0) throw new Failure('input_invalid', 'document.content: is empty', { hint: 'attach the file itself' }) // prettier-ignore
  return { name, mediaType, bytes }
}

export function shownEvidence(one: Evidence): z.input<typeof ShownEvidence> {
  const { population, failing, ...rest } = one
  return {
    ...rest,
    failing: [...failing],
    ...(population
      ? { population: { of: population.of, names: [...population.names], covered: [...population.covered] } }
      : {}),
  }
}
