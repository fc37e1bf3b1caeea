// What `parapet discover --json` wrote elsewhere, as it is submitted: a stranger's word, bounded in everything, and read
// member by member, so that nothing else is kept.
import { z } from 'zod'
import { toCard } from '../../discover/bom/schema.ts'
import { Failure } from '../../lib/failure.ts'
import { ARTEFACT_VERDICTS } from '../../model/artefact.ts'
import { DISCOVERED_KINDS, NOT_SCANNED_REASONS } from '../../model/discovered.ts'
import { LINK_KINDS } from '../../model/discovered-link.ts'
import { SEVERITIES } from '../../model/finding.ts'
import { OWNER_GROUNDS, type ScanResult } from '../../model/scan.ts'

/** Control and direction characters would steer what shows them; half a surrogate pair cannot be stored. */
const text = (most: number) =>
  z
    .string()
    .max(most)
    .transform((value) => value.toWellFormed().replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' '))

const Count = z.int().min(0).max(Number.MAX_SAFE_INTEGER)
const Sure = z.number().min(0).max(1)
const Attribute = z.union([text(2000), z.number(), z.boolean(), z.array(text(500)).max(200)])
const Commit = z.string().regex(/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/)
const Place = z.object({ file: text(1000), line: Count, commit: Commit.optional() })

const Item = z.object({
  id: text(320),
  kind: z.enum(DISCOVERED_KINDS),
  name: text(300),
  evidence: z.array(Place).max(50),
  confidence: Sure,
  stance: z.enum(['declared', 'inferred', 'implicit']),
  attributes: z.record(text(60), Attribute),
  card: z.record(z.string().max(60), z.unknown()).optional().describe('of a model: what is said beside its weights'),
})

const Found = z.object({
  rule: z.string().regex(/^[a-z0-9-]{1,100}$/),
  title: text(300),
  severity: z.enum(SEVERITIES),
  confidence: Sure,
  place: Place,
  subject: text(500),
  threats: z.array(text(100)).max(20),
  controls: z.array(text(100)).max(20),
  remedy: text(1000),
  suppressed: z.object({ owner: text(200), until: z.iso.date(), reason: text(500) }).optional(),
})

const Link = z.object({
  from: text(320),
  to: text(320),
  kind: z.enum(LINK_KINDS),
  evidence: Place,
  confidence: Sure,
})

const Things = z.object(
  Object.fromEntries(DISCOVERED_KINDS.map((kind) => [kind, z.array(Item).max(20_000).default([])])) as Record<
    (typeof DISCOVERED_KINDS)[number],
    z.ZodDefault<z.ZodArray<typeof Item>>
  >,
)

const SubmittedDiscovered = z.object({
  ...Things.shape,
  links: z.array(Link).max(50_000).default([]),
  findings: z.array(Found).max(10_000),
  notScanned: z.array(z.object({ file: text(1000), reason: z.enum(NOT_SCANNED_REASONS), detail: text(500) })).max(5000),
  roots: z
    .array(z.object({ path: text(4000), commit: Commit.optional(), remote: text(1000).optional() }))
    .max(20)
    .default([]),
  scanned: z.object({ files: Count, bytes: Count, parsed: Count, milliseconds: Count }),
})

const SubmittedModelFile = z.object({
  file: text(1000),
  format: text(100),
  verdict: z.enum(ARTEFACT_VERDICTS),
  findings: z
    .array(
      z.object({
        technique: z.string().regex(/^[a-z0-9-]{1,100}$/),
        verdict: z.enum(ARTEFACT_VERDICTS),
        severity: z.enum(SEVERITIES),
        effect: text(500),
        why: text(500),
        remedy: text(1000),
        place: text(1000),
        offset: z.number().optional(),
        opcode: text(60).optional(),
      }),
    )
    .max(200),
  members: z.array(z.object({ name: text(1000), bytes: z.number(), format: text(100).optional() })).max(10_000),
  leftOut: z.object({ members: Count, findings: Count }),
})

const Amount = z.number().optional()
const SubmittedTraffic = z.object({
  uses: z
    .array(
      z.object({
        provider: text(100),
        who: text(256),
        department: text(256).optional(),
        host: text(256),
        seen: z.enum(['dns', 'sni', 'http', 'address']),
        calls: Count,
        blocked: Count,
        sent: Amount,
        received: Amount,
        first: Amount,
        last: Amount,
      }),
    )
    .max(100_000),
  logs: z.array(z.object({ file: text(1000), format: text(60).optional(), lines: Count, unread: Count })).max(1000),
  dropped: Count,
})

export const Submitted = {
  discovered: SubmittedDiscovered.optional().describe('what `parapet discover --json` printed'),
  modelFiles: z
    .array(SubmittedModelFile)
    .max(5000)
    .default([])
    .describe('what `parapet discover model --json` printed'),
  owners: z
    .record(text(1000), z.object({ who: text(120), why: z.enum(OWNER_GROUNDS) }))
    .default({})
    .describe('whose files are, by name'),
  traffic: SubmittedTraffic.optional().describe('what logs of traffic show'),
}

const SubmittedBody = z.object(Submitted)

export function toScanResult({ discovered, traffic, ...rest }: z.output<typeof SubmittedBody>): ScanResult {
  if (discovered === undefined && traffic === undefined && rest.modelFiles.length === 0)
    throw new Failure('input_invalid', 'there is no result', { hint: 'send discovered, modelFiles or traffic' })
  if (discovered !== undefined && traffic !== undefined)
    throw new Failure('input_invalid', 'sources and traffic are two sources', { hint: 'send each by its own' })
  const nothing = { findings: [], notScanned: [], scanned: { files: 0, bytes: 0, parsed: 0, milliseconds: 0 } }
  const found = discovered ?? SubmittedDiscovered.parse(nothing)
  for (const one of found.models) if (one.card !== undefined) one.card = { ...toCard(one.card) }
  const seen = traffic && {
    ...traffic,
    uses: traffic.uses.map((use) => ({
      ...use,
      department: use.department,
      sent: use.sent,
      received: use.received,
      first: use.first,
      last: use.last,
    })),
    logs: traffic.logs.map((log) => ({ ...log, format: log.format })),
  }
  const plain = JSON.parse(JSON.stringify({ discovered: found, ...rest })) as Omit<ScanResult, 'traffic'>
  return seen === undefined ? plain : { ...plain, traffic: seen }
}
