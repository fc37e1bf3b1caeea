// Scans, what they found and what waits for somebody, as the API shows them.
import { z } from 'zod'
import { ARTEFACT_VERDICTS, GATE_WORDS } from '../../model/artefact.ts'
import { DISCOVERED_KINDS, NOT_SCANNED_REASONS } from '../../model/discovered.ts'
import { LINK_KINDS } from '../../model/discovered-link.ts'
import {
  type Discovery,
  DISCOVERY_STATES,
  FINDING_STATES,
  type FindingState,
  type DiscoveryState,
  type ScanFinding,
} from '../../model/discovery.ts'
import { SEVERITIES } from '../../model/finding.ts'
import { OWNER_GROUNDS, type Scan, SCAN_SOURCE_KINDS, SCAN_STATES, type ScanSource } from '../../model/scan.ts'
import { shownGates } from '../../app/scans/gates.ts'
import { lineOfText } from '../../lib/text.ts'
import { Time } from './shapes.ts'

export const AnyId = z.string().min(1).max(100)

const Attribute = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])
const Place = z.object({ file: z.string(), line: z.int(), commit: z.string().optional() })
const Count = z.record(z.string(), z.int())
const Difference = z.object({ new: z.int(), gone: z.int(), changed: z.int() })

const PEM = z.string().min(1).max(20_000)
const Signer = { identity: lineOfText(300).describe('as the certificate names it'), issuer: lineOfText(300) }

/** As they are stated. */
export const Gates = {
  keys: z.array(PEM).max(20).describe('public keys of signers, in PEM'),
  certificates: z.string().min(1).max(500_000).describe('root certificates of signers, in PEM'),
  sigstore: z
    .strictObject({ trustedRoot: z.string().min(1).max(500_000).describe('trusted_root.json'), ...Signer })
    .describe('a signer by identity, held against a root of sigstore without asking anybody'),
  hashes: z.string().min(1).max(1_000_000).describe('SHA-256 of files, as sha256sum writes them or as JSON'),
  revision: z.string().max(64).describe('the commit that the source must be at'),
}

const ShownGates = z.object({
  keys: z.array(z.string()).describe('names of public keys'),
  certificates: z.array(z.string()).describe('subjects of root certificates'),
  sigstore: z.object(Signer).optional(),
  hashes: z.int().optional().describe('how many files the list names'),
  revision: z.string().optional(),
})

export const ShownSource = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(SCAN_SOURCE_KINDS),
  system: z.string().optional().describe('id of the system that it is a part of'),
  url: z.string().optional(),
  ref: z.string().optional(),
  token: z.string().optional().describe('name of the token in the configuration'),
  path: z.string().optional(),
  everyHours: z.int().optional(),
  gates: ShownGates.optional().describe('what its model files must be'),
  nextAt: Time.optional(),
  createdBy: z.string(),
  createdAt: Time,
  closedAt: Time.optional(),
})

export const ShownScan = z.object({
  id: z.string(),
  source: z.string(),
  state: z.enum(SCAN_STATES),
  job: z.string().optional().describe('the job that does it; its progress comes with live events'),
  createdBy: z.string(),
  createdAt: Time,
  startedAt: Time.optional(),
  endedAt: Time.optional(),
  commit: z.string().optional(),
  summary: z
    .object({
      files: z.int(),
      bytes: z.int(),
      things: Count.describe('by kind'),
      findings: Count.describe('open ones, by severity'),
      modelFiles: z.object({ benign: z.int(), suspicious: z.int(), malicious: z.int() }),
      missed: z.int().describe('files that were not looked at'),
      discovered: Difference.describe('against the scan before'),
      found: Difference,
    })
    .optional(),
  result: z.string().optional().describe('SHA-256 of all that it found, as the log names it'),
  error: z.string().optional(),
})

export const ShownItem = z.object({
  id: z.string().describe('logical id: the same over all scans'),
  kind: z.enum(DISCOVERED_KINDS),
  name: z.string(),
  evidence: z.array(Place),
  confidence: z.number(),
  stance: z.enum(['declared', 'inferred', 'implicit']),
  attributes: z.record(z.string(), Attribute),
})

export const ShownMissed = z.object({ file: z.string(), reason: z.enum(NOT_SCANNED_REASONS), detail: z.string() })

export const ShownModelFile = z.object({
  file: z.string(),
  format: z.string(),
  verdict: z.enum(['benign', 'suspicious', 'malicious']),
  findings: z.array(
    z.object({
      technique: z.string(),
      verdict: z.enum(['benign', 'suspicious', 'malicious']),
      severity: z.enum(SEVERITIES),
      effect: z.string(),
      why: z.string(),
      remedy: z.string(),
      place: z.string(),
      offset: z.number().optional(),
      opcode: z.string().optional(),
    }),
  ),
  members: z.array(z.object({ name: z.string(), bytes: z.number(), format: z.string().optional() })),
  leftOut: z.object({ members: z.int(), findings: z.int() }),
  gate: z
    .object({ says: z.enum(GATE_WORDS), by: z.string().optional().describe('who signed it, or the pinned commit') })
    .optional()
    .describe('whose word vouches for its bytes; absent where its source has no gates'),
})

const Owner = z.object({ who: z.string(), why: z.enum(OWNER_GROUNDS) })

export const ShownDiscovery = z.object({
  ...ShownItem.shape,
  id: z.string(),
  item: z.string().describe('logical id: the same over all scans of the source'),
  source: z.string().describe('a scan source, or who else saw it'),
  system: z.string().optional(),
  state: z.enum(DISCOVERY_STATES),
  asset: z.string().optional().describe('of the register: what it is accepted as or linked to'),
  links: z.array(z.object({ kind: z.enum(LINK_KINDS), to: z.string().describe('logical id') })),
  owner: Owner.optional().describe('who may answer for it'),
  seen: z
    .object({
      users: z.int(),
      hosts: z.array(z.string()),
      calls: z.int(),
      bytes: z.int().optional(),
      by: z.array(z.string()),
    })
    .optional()
    .describe('what traffic shows of it'),
  decision: z.object({ by: z.string(), at: Time, reason: z.string().optional(), until: Time.optional() }).optional(),
  firstSeen: Time,
  lastSeen: Time,
  lastScan: z.string().optional(),
  goneSince: Time.optional(),
  revision: z.int(),
})

export const ShownScanFinding = z.object({
  id: z.string(),
  source: z.string(),
  system: z.string().optional(),
  about: z.enum(['source', 'model-file']),
  verdict: z.enum(ARTEFACT_VERDICTS).optional().describe('of a model file'),
  rule: z.string(),
  title: z.string(),
  severity: z.enum(SEVERITIES),
  confidence: z.number(),
  place: Place,
  subject: z.string(),
  threats: z.array(z.string()),
  controls: z.array(z.string()),
  remedy: z.string(),
  state: z.enum(FINDING_STATES),
  suppression: z
    .object({
      owner: z.string(),
      until: z.string(),
      reason: z.string(),
      by: z.string().optional(),
      at: Time.optional(),
    })
    .optional(),
  firstSeen: Time,
  lastSeen: Time,
  lastScan: z.string(),
  goneSince: Time.optional(),
  revision: z.int(),
})

export const shownSource = ({ gates, ...source }: ScanSource): z.input<typeof ShownSource> => ({
  ...source,
  ...(gates === undefined ? {} : { gates: shownGates(gates) }),
})

export const shownScan = (scan: Scan): z.input<typeof ShownScan> => ({ ...scan })

/** What was set aside until a day that is over waits again. */
export function shownDiscovery(discovery: Discovery, now: string): z.input<typeof ShownDiscovery> {
  const { attributes, decision, state } = discovery
  const isOver = state === 'ignored' && decision?.until !== undefined && decision.until <= now
  const shown: DiscoveryState = isOver ? 'new' : state
  return { ...discovery, state: shown, attributes: plain(attributes) }
}

export function shownFinding(finding: ScanFinding, now: string): z.input<typeof ShownScanFinding> {
  const { state, suppression } = finding
  const isOver = state === 'suppressed' && suppression !== undefined && suppression.until <= now
  const shown: FindingState = isOver ? 'open' : state
  return { ...finding, state: shown, threats: [...finding.threats], controls: [...finding.controls] }
}

export const plain = (attributes: Discovery['attributes']): Record<string, z.input<typeof Attribute>> =>
  Object.fromEntries(
    Object.entries(attributes).map(([key, value]) => [key, typeof value === 'object' ? [...value] : value]),
  )
