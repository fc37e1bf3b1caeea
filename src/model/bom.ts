// What an AI system is made of, neutral of the standards that write it down. Ids are logical: they follow from kind and
// name and stay the same when a line moves or a version changes, so that two BOMs of one system can be compared.
import { LINK_KINDS } from './discovered-link.ts'

export const PART_KINDS = [
  'application',
  'agent',
  'model',
  'dataset',
  'prompt',
  'instructions',
  'tool',
  'library',
  'framework',
  'notebook',
  'container',
  'file',
  'other',
] as const
/** Parts that are asked over a connection, and are not carried along. */
export const SERVICE_KINDS = ['provider', 'mcp-server', 'vector-store', 'endpoint', 'serving', 'cloud-ai'] as const
export type BomKind = (typeof PART_KINDS)[number] | (typeof SERVICE_KINDS)[number]

export const LEARNING = [
  'supervised',
  'unsupervised',
  'reinforcement-learning',
  'semi-supervised',
  'self-supervised',
] as const
export const PRESENCE = ['yes', 'no', 'noAssertion'] as const
export const SAFETY_RISKS = ['low', 'medium', 'high', 'serious'] as const

export interface Named {
  name: string
  value: string
}

/** What is known of a model, as far as either standard has a word for it. */
export interface ModelCard {
  task?: string | undefined
  approach?: (typeof LEARNING)[number] | undefined
  family?: string | undefined
  architecture?: string | undefined
  domains?: string[] | undefined
  inputs?: string[] | undefined
  outputs?: string[] | undefined
  hyperparameters?: Named[] | undefined
  metrics?: Named[] | undefined
  thresholds?: Named[] | undefined
  users?: string[] | undefined
  useCases?: string[] | undefined
  limitations?: string[] | undefined
  tradeoffs?: string[] | undefined
  ethics?: { name: string; mitigation?: string | undefined }[] | undefined
  energy?: { activity: 'training' | 'fine-tuning' | 'inference'; kilowattHours: number }[] | undefined
  training?: string | undefined
  preprocessing?: string[] | undefined
  explainability?: string[] | undefined
  standards?: string[] | undefined
  autonomy?: (typeof PRESENCE)[number] | undefined
  personalData?: (typeof PRESENCE)[number] | undefined
  safetyRisk?: (typeof SAFETY_RISKS)[number] | undefined
}

export const DATA_FLOWS = ['inbound', 'outbound', 'bi-directional', 'unknown'] as const

export interface ServiceCard {
  endpoints?: string[] | undefined
  authenticated?: boolean | undefined
  /** Whether a call to it leaves the zone of the caller. */
  crossesTrustBoundary?: boolean | undefined
  trustZone?: string | undefined
  data?: { flow: (typeof DATA_FLOWS)[number]; classification: string }[] | undefined
}

export interface DataCard {
  classification?: string | undefined
  contents?: string | undefined
  personalData?: (typeof PRESENCE)[number] | undefined
  owners?: string[] | undefined
}

export interface Occurrence {
  file: string
  /** From 1. */
  line?: number | undefined
}

export interface BomPart {
  id: string
  kind: BomKind
  name: string
  version?: string | undefined
  supplier?: string | undefined
  description?: string | undefined
  purl?: string | undefined
  licence?: string | undefined
  downloadLocation?: string | undefined
  releasedAt?: string | undefined
  hashes?: { algorithm: (typeof HASHES)[number]; value: string }[] | undefined
  occurrences: Occurrence[]
  card?: ModelCard | undefined
  service?: ServiceCard | undefined
  data?: DataCard | undefined
  /** Anything else, by name. */
  properties?: Record<string, string> | undefined
}

export const HASHES = ['md5', 'sha1', 'sha256', 'sha384', 'sha512', 'sha3-256', 'sha3-512', 'blake3'] as const

/** A list that somebody else wrote may say less, or that a model was tested with something. */
export const BOM_LINKS = ['uses', ...LINK_KINDS, 'tested-on'] as const

export interface BomLink {
  from: string
  to: string
  kind: (typeof BOM_LINKS)[number]
}

export interface Bom {
  /** What it is a BOM of: the id of one of the parts. */
  subject: string
  /** Where and when it was taken; RFC 3339. */
  createdAt: string
  tool: { name: string; version: string }
  /** Sorted by id. */
  parts: BomPart[]
  /** Sorted. */
  links: BomLink[]
}
