// What the catalogue's routes answer with. The console's types come from here, so shapes are exact; lists are read-only
// because the catalogue is.
import { z } from 'zod'
import { Expression } from '../../catalog/expression.ts'
import { KINDS } from '../../catalog/noun.ts'
import { WAYS } from '../../catalog/resolve.ts'
import { BASES, ENFORCERS, GOALS, IMPACT_CODES, LIFECYCLES, PROPERTIES } from '../../catalog/schema/common.ts'
import {
  CONTROL_GROUPS,
  CONTROL_TYPES,
  EVIDENCE_KINDS,
  FRESHNESS,
  ISO_COVERAGE,
  NAME_FATES,
} from '../../catalog/schema/controls.ts'
import { FACT_TYPES, RESPONSIBILITIES, TOPICS } from '../../catalog/schema/risk-analysis.ts'
import { ATTACK_SURFACES, CATEGORIES, THREAT_KINDS } from '../../catalog/schema/threats.ts'

export const list = <S extends z.ZodType>(schema: S) => z.array(schema).readonly()
const text = z.string()
export const texts = list(text)

export const Reference = z.object({
  kind: z.enum(KINDS),
  id: text,
  name: text,
  of: text.optional().describe("an item's framework, a measure's control, an obligation's principle"),
})
export const References = list(Reference)
export const Named = z.object({ id: text, name: text })

export const Match = Reference.extend({
  by: z.enum(WAYS).describe('by what kind of name it was found'),
  as: text.describe('the name as the catalogue spells it'),
  note: text.optional(),
  until: text.optional().describe('first edition without that name'),
})

/** Set when the thing was asked for by another name than its id. */
const FoundAs = z.object({ name: text, by: z.enum(WAYS), note: text.nullable(), until: text.nullable() }).nullable()

const Mention = z.object({
  kind: z.enum(['obligation', 'practice', 'test']),
  id: text,
  text,
  of: text,
  ofName: text,
})
const mentions = { obligations: list(Mention), practices: list(Mention), tests: list(Mention) }

const Maps = list(
  z.object({ id: text, name: text, items: list(z.object({ id: text, name: text, basis: z.enum(BASES) })) }),
)

export const ThreatRow = z.object({
  id: text,
  name: text,
  kind: z.enum(THREAT_KINDS),
  parent: text.nullable(),
  summary: text,
  category: z.enum(CATEGORIES).nullable(),
  attackSurface: z.enum(ATTACK_SURFACES).nullable(),
  lifecycle: z.enum(LIFECYCLES),
  attackerGoal: z.enum(GOALS).nullable(),
  impactCodes: list(z.enum(IMPACT_CODES)),
  agentic: z.boolean(),
  rag: z.boolean(),
  section: text,
  controlCount: z.int(),
})

export const ControlRow = z.object({
  id: text,
  name: text,
  code: text,
  group: z.enum(CONTROL_GROUPS),
  type: z.enum(CONTROL_TYPES),
  purpose: text,
  enforceableBy: z.enum(ENFORCERS),
  isoCoverage: z.enum(ISO_COVERAGE),
  agentic: z.boolean(),
  section: text,
  lifecycle: list(z.enum(LIFECYCLES)),
  appliesToAllThreats: z.boolean(),
  threatCount: z.int().nullable().describe('null: all of them'),
  measureCount: z.int(),
})

export const MeasureRow = z.object({
  id: text,
  what: text,
  evidence: text,
  enforceableBy: z.enum(ENFORCERS),
  evidenceKind: z.enum(EVIDENCE_KINDS),
  freshness: z.enum(FRESHNESS),
  control: text,
})

export const FactRow = z.object({
  id: text,
  question: text,
  type: z.enum(FACT_TYPES),
  values: texts.nullable(),
  topic: z.enum(TOPICS),
  usuallyFrom: z.enum(ENFORCERS),
  since: text,
  readBy: References,
  impliedBy: References,
})

export const MatrixRow = z.object({
  aiSpecific: z.boolean(),
  lifecycle: z.enum(LIFECYCLES),
  attackSurface: text,
  threat: text,
  asset: text,
  property: z.enum([...PROPERTIES, 'CIA']),
  harm: text,
})

export const ThreatDetail = ThreatRow.extend({
  foundAs: FoundAs,
  ...mentions,
  slug: text.nullable(),
  permalink: text.nullable(),
  note: text.nullable(),
  since: text,
  aliases: texts,
  formerNames: texts,
  ancestors: References,
  children: list(ThreatRow),
  assets: list(Named),
  impact: list(z.object({ asset: Named, property: z.enum(PROPERTIES) })),
  appliesWhen: Expression.nullable(),
  appliesWhenText: text,
  factsRead: References,
  treatmentQuestion: text,
  controls: list(ControlRow.extend({ isKey: z.boolean() })),
  supplierControls: References,
  alwaysOn: References.describe('controls that apply to every threat'),
  questions: list(z.object({ id: text, order: z.int(), question: text })),
  responsibility: list(z.object({ deploymentModel: text, name: text, who: z.enum(RESPONSIBILITIES) })),
  matrix: list(MatrixRow),
  periodicTable: list(
    z.object({
      assetImpact: text,
      attackSurface: text,
      threat: text,
      controlGroups: list(z.enum(CONTROL_GROUPS)),
      controls: texts,
      conventional: z.boolean(),
    }),
  ),
  frameworks: Maps,
  incidents: list(Named),
  queryBudget: text.nullable(),
})

export const ControlDetail = ControlRow.extend({
  foundAs: FoundAs,
  ...mentions,
  tag: text,
  slug: text,
  permalink: text,
  since: text,
  groupName: text,
  evidence: text,
  alsoEnforceableBy: list(z.enum(ENFORCERS)),
  tradeOff: text,
  measures: list(MeasureRow),
  threats: list(ThreatRow.extend({ isKey: z.boolean() })),
  formerNames: list(z.object({ name: text, status: z.enum(NAME_FATES), note: text })),
  essentials: list(z.object({ group: text, name: text })),
  frameworks: Maps,
})

export const MeasureDetail = MeasureRow.extend({
  foundAs: FoundAs,
  since: text,
  controlName: text,
  controlPurpose: text,
  siblings: list(MeasureRow),
  threats: References,
  appliesToAllThreats: z.boolean(),
})
