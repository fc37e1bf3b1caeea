// frameworks/*.json: other people's lists, item by item, and which threats and controls each item is about. One shape
// serves all: what only some frameworks have is optional here, and validation knows where each may point.
import { z } from 'zod'
import { BASES, ForeignId, Id, Ids, Text, TextList, Words } from './common.ts'

export const CONFIDENCES = [
  'verified',
  'verified-names',
  'verified-ids',
  'via-opencre',
  'secondary',
  'known',
  'partly-known',
] as const

const ForeignIds = z.array(ForeignId)

export const FrameworkItem = z.strictObject({
  id: ForeignId,
  name: Words,
  kind: Id.optional(),
  parent: ForeignId.nullable().optional(),
  threats: Ids,
  controls: Ids,
  /** Who says so, for each linked threat and control. */
  basis: z.record(Id, z.enum(BASES)),
  altName: Words.optional(),
  url: z.url({ protocol: /^https$/ }).optional(),
  linked: z.array(z.strictObject({ framework: Id, item: ForeignId })).optional(),
  predecessors: ForeignIds.optional(),
  successors: ForeignIds.optional(),
  // MITRE ATLAS
  tactics: ForeignIds.optional(),
  techniques: ForeignIds.optional(),
  mitigations: ForeignIds.optional(),
  maturity: Words.optional(),
  category: TextList.optional(),
  lifecycle: TextList.optional(),
  // OWASP
  agentic: ForeignIds.optional(),
  agenticThreats: ForeignIds.optional(),
  aivss: Words.optional(),
  atlas: ForeignIds.optional(),
  dsgai: ForeignIds.optional(),
  llm2026: ForeignIds.optional(),
  aisvs: z.strictObject({ primary: ForeignIds, supporting: ForeignIds }).optional(),
  requirements: z.array(z.strictObject({ id: ForeignId, level: z.int().min(1).max(3) })).optional(),
  // laws and codes of practice
  role: Words.optional(),
  tier: Words.optional(),
  own: Words.optional(),
  phase: Words.optional(),
  clocks: z.array(z.strictObject({ case: Words, days: z.int().positive() })).optional(),
  dsit: ForeignIds.optional(),
  seed001Tags: TextList.optional(),
})

export const FrameworkFile = z.strictObject({
  id: Id,
  name: Words,
  version: Words,
  publisher: Words,
  url: z.url({ protocol: /^https$/ }),
  licence: Words,
  source: z.strictObject({ repo: Words, commit: Text, date: z.iso.date().nullable(), path: Words }).nullable(),
  confidence: z.enum(CONFIDENCES),
  notes: TextList,
  itemCount: z.int().nonnegative(),
  items: z.array(FrameworkItem),
  caseStudies: z
    .array(z.strictObject({ id: ForeignId, name: Words, type: Words, date: z.iso.date(), techniques: ForeignIds }))
    .optional(),
  atlasDiscrepancies: z
    .array(z.strictObject({ item: ForeignId, atlas: ForeignId, stated: Words, actual: Words }))
    .optional(),
  riskTiers: z.array(z.strictObject({ id: Id, name: Words, articles: ForeignIds, obligation: Words })).optional(),
  prohibited: TextList.optional(),
  annexIII: TextList.optional(),
  dates: z
    .array(z.strictObject({ what: Words, date: z.iso.date(), status: Words, original: z.iso.date().optional() }))
    .optional(),
  penalties: z.array(z.strictObject({ breach: Words, maxEur: z.int(), maxTurnoverPct: z.number() })).optional(),
  reportingClocks: z.array(z.strictObject({ id: Id, regime: Words, who: Words, clock: TextList })).optional(),
  exchangeRegulatoryMap: z.array(z.strictObject({ topic: Words, legal: Words, controls: Ids })).optional(),
})
