// What a part must be before it is taken in. A field of somebody else's BOM that makes no sense is left out; a part
// without a name is none.
import { z } from 'zod'
import {
  type BomPart,
  DATA_FLOWS,
  HASHES,
  LEARNING,
  PART_KINDS,
  PRESENCE,
  SAFETY_RISKS,
  SERVICE_KINDS,
} from '../../model/bom.ts'
import { lean } from './lean.ts'

const MOST = 10_000
const Text = z.string().max(1_000_000)
const text = Text.optional().catch(undefined)
const texts = z.array(Text).max(MOST).optional().catch(undefined)
const named = z
  .array(z.object({ name: Text, value: Text }))
  .max(MOST)
  .optional()
  .catch(undefined)
const presence = z.enum(PRESENCE).optional().catch(undefined)

const Card = z.object({
  task: text,
  approach: z.enum(LEARNING).optional().catch(undefined),
  family: text,
  architecture: text,
  domains: texts,
  inputs: texts,
  outputs: texts,
  hyperparameters: named,
  metrics: named,
  thresholds: named,
  users: texts,
  useCases: texts,
  limitations: texts,
  tradeoffs: texts,
  ethics: z
    .array(z.object({ name: Text, mitigation: text }))
    .max(MOST)
    .optional()
    .catch(undefined),
  energy: z
    .array(
      z.object({ activity: z.enum(['training', 'fine-tuning', 'inference']), kilowattHours: z.number().nonnegative() }),
    )
    .max(MOST)
    .optional()
    .catch(undefined),
  training: text,
  preprocessing: texts,
  explainability: texts,
  standards: texts,
  autonomy: presence,
  personalData: presence,
  safetyRisk: z.enum(SAFETY_RISKS).optional().catch(undefined),
})

const Service = z.object({
  endpoints: texts,
  authenticated: z.boolean().optional().catch(undefined),
  crossesTrustBoundary: z.boolean().optional().catch(undefined),
  trustZone: text,
  data: z
    .array(z.object({ flow: z.enum(DATA_FLOWS), classification: Text }))
    .max(MOST)
    .optional()
    .catch(undefined),
})

const Data = z.object({ classification: text, contents: text, personalData: presence, owners: texts })

const Part = z.object({
  id: z.string().min(1).max(4096),
  kind: z.enum([...PART_KINDS, ...SERVICE_KINDS]),
  name: z.string().min(1).max(4096),
  version: text,
  supplier: text,
  description: text,
  purl: text,
  licence: text,
  downloadLocation: text,
  releasedAt: text,
  hashes: z
    .array(z.object({ algorithm: z.enum(HASHES), value: Text }))
    .max(100)
    .optional()
    .catch(undefined),
  occurrences: z
    .array(z.object({ file: z.string().max(4096), line: z.int().min(1).optional().catch(undefined) }))
    .max(MOST)
    .catch([]),
  card: Card.optional().catch(undefined),
  service: Service.optional().catch(undefined),
  data: Data.optional().catch(undefined),
  properties: z.record(z.string(), Text).optional().catch(undefined),
})

export function toPart(given: unknown): BomPart | undefined {
  const { success, data } = Part.safeParse(given)
  return success ? (lean(data) as BomPart) : undefined
}

export function toCard(given: unknown): BomPart['card'] {
  const { success, data } = Card.safeParse(given)
  return success ? (lean(data) as BomPart['card']) : undefined
}
