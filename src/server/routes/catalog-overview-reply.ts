// Replies of the catalogue's large pages: frameworks, decision tree, matrix, privacy, practices, testing.
import { z } from 'zod'
import { Expression } from '../../catalog/expression.ts'
import { BASES, ENFORCERS, GOALS, IMPACT_CODES, LIFECYCLES, PROPERTIES } from '../../catalog/schema/common.ts'
import { CONFIDENCES } from '../../catalog/schema/framework.ts'
import { RESPONSIBILITIES } from '../../catalog/schema/risk-analysis.ts'
import { list, Named, Reference, References, texts } from './catalog-reply.ts'

const text = z.string()
const FactValues = z.record(text, z.union([z.boolean(), text]))

export const FrameworkRow = z.object({
  id: text,
  name: text,
  version: text,
  publisher: text,
  url: text,
  licence: text,
  confidence: z.enum(CONFIDENCES),
  confidenceMeans: text,
  itemCount: z.int(),
  since: text,
  threatLinks: z.int(),
  controlLinks: z.int(),
})

const Links = list(Reference.extend({ basis: z.enum(BASES) }))

export const ItemRow = z.object({
  id: text,
  name: text,
  kind: text.nullable(),
  parent: text.nullable(),
  threats: Links,
  controls: Links,
})

export const FrameworkDetail = FrameworkRow.extend({
  notes: texts,
  source: z.object({ repo: text, commit: text, date: text.nullable(), path: text }).nullable(),
  kinds: texts,
  caseStudyCount: z.int(),
  atlasDiscrepancies: list(z.object({ item: text, atlas: text, stated: text, actual: text })),
  riskTiers: list(z.object({ id: text, name: text, articles: texts, obligation: text })),
  prohibited: texts,
  annexIII: texts,
  dates: list(z.object({ what: text, date: text, status: text, original: text.optional() })),
  penalties: list(z.object({ breach: text, maxEur: z.int(), maxTurnoverPct: z.number() })),
  reportingClocks: list(z.object({ id: text, regime: text, who: text, clock: texts })),
  regulatoryMap: list(z.object({ topic: text, legal: text, controls: References })),
  items: list(ItemRow),
  next: text.optional().describe('cursor of the next page of items'),
})

export const ItemDetail = ItemRow.extend({
  framework: z.object({ id: text, name: text, version: text, url: text }),
  since: text,
  altName: text.nullable(),
  url: text.nullable(),
  ancestor: Reference.nullable(),
  children: References,
  related: list(z.object({ label: text, items: References })),
  attributes: list(z.object({ name: text, value: text })),
  requirements: list(z.object({ id: text, level: z.int() })),
  clocks: list(z.object({ case: text, days: z.int() })),
  caseStudies: list(z.object({ id: text, name: text, type: text, date: text, techniques: texts })),
})

export const DecisionTree = z.object({
  semantics: z.object({ inScope: text, unknownFacts: text, legacy: text }),
  questions: list(
    z.object({
      id: text,
      order: z.int(),
      impact: text,
      question: text,
      facts: References,
      answers: list(
        z.object({
          when: Expression,
          candidates: References,
          ignore: References,
          raises: References,
          conditional: list(z.object({ threat: Reference, needs: texts })),
          responsible: z.enum(['you', 'supplier']).nullable(),
          verify: References,
          note: text.nullable(),
        }),
      ),
    }),
  ),
  implications: list(z.object({ when: Expression, sets: FactValues })),
  earlierRules: list(
    z.object({
      id: text,
      text,
      when: Expression,
      include: References,
      conditionalInclude: list(z.object({ threat: Reference, when: Expression })),
      ignore: References,
      dropControls: text.nullable(),
      responsible: z.enum(['you', 'supplier']).nullable(),
    }),
  ),
  ruleConflicts: list(
    z.object({ id: text, legacy: text, current: text, resolution: z.enum(['current', 'both']), why: text }),
  ),
})

export const ResponsibilityReply = z.object({
  values: list(z.enum(RESPONSIBILITIES)),
  basis: text,
  defaultResponsible: text,
  deploymentModels: list(z.object({ id: text, name: text, facts: FactValues, summary: text })),
  rows: list(z.object({ threat: Reference, by: z.record(text, z.enum(RESPONSIBILITIES)) })),
})

export const Matrix = z.object({
  note: text,
  impactLegend: list(z.object({ code: z.enum(IMPACT_CODES), name: text, goal: z.enum(GOALS) })),
  rows: list(
    z.object({
      threat: Reference,
      asset: Named,
      aiSpecific: z.boolean(),
      lifecycle: z.enum(LIFECYCLES),
      attackSurface: text,
      property: z.enum([...PROPERTIES, 'CIA']),
      harm: text,
    }),
  ),
  missingThreats: References,
  notInPeriodicTable: References,
  riskAreas: list(z.object({ area: text, controls: References })),
  readyMadeModel: z.object({
    yourThreats: References,
    extraWhenSelfHosted: References,
    yourControlGroups: texts,
    supplierControlGroups: texts,
  }),
})

export const PeriodicTable = z.object({
  rows: list(
    z.object({
      assetImpact: text,
      attackSurface: text,
      threat: Reference,
      controlGroups: list(Named),
      controls: References,
      conventional: z.boolean(),
    }),
  ),
  notInMatrix: References,
  essentials: list(
    z.object({ id: text, name: text, parts: list(z.object({ id: text, name: text, controls: References })) }),
  ),
})

const Obligation = z.object({
  id: text,
  requirement: text,
  check: text,
  enforceableBy: z.enum(ENFORCERS),
  kind: z.enum(['must', 'technique']),
  controls: References,
  threats: References,
})
const Risk = z.object({ id: text, name: text, threats: References, controls: References })

export const Privacy = z.object({
  principles: list(
    z.object({
      id: text,
      n: z.int(),
      name: text,
      summary: text,
      obligations: list(Obligation),
      metrics: texts,
      artefacts: texts,
      rights: texts,
    }),
  ),
  modelAttacks: z.object({ name: text, threats: References }),
  impactAssessmentBlindSpots: texts,
  securityProgramme: list(z.object({ id: text, requirement: text, controls: References })),
  particularRisks: list(Risk),
  aiActNutshell: texts,
  rightsDeadlines: list(z.object({ regime: text, days: z.int(), note: text })),
})

export const Practices = z.object({
  definitions: list(z.object({ id: text, means: text })),
  pillars: list(z.object({ id: text, name: text, covers: text, controls: References })),
  protectedData: texts,
  risks: list(Risk),
  bestPractices: list(z.object({ id: text, n: z.int(), name: text, requirements: list(Obligation) })),
  incidentScenarios: list(
    z.object({ id: text, name: text, threats: References, disableCandidates: texts, evidence: texts, decide: texts }),
  ),
  postureManagement: z.object({ questions: texts, outputs: texts, scoreInputs: texts }),
  injectionLayers: list(z.object({ id: text, name: text, weakness: text, controls: References })),
})

const Layers = list(z.object({ id: text, name: text, threats: References }))
const Tests = list(z.object({ id: text, does: text, controls: References, threats: References }))

export const Testing = z.object({
  strategies: list(z.object({ id: text, name: text, controls: References })),
  generalSteps: texts,
  promptInjection: z.object({ steps: texts, rules: texts, attackClasses: list(Named), threats: References }),
  evasion: z.object({ steps: texts, aspects: texts, threats: References }),
  agentic: z.object({ layers: Layers, tests: Tests, severityFactors: texts }),
  rag: z.object({ layers: Layers, tests: Tests }),
  positiveTesting: text,
  tools: list(
    z.object({ id: text, name: text, kind: z.enum(['predictive', 'genai']), licence: text, threats: References }),
  ),
  queryBudgets: list(z.object({ threat: Reference, queries: text })),
})
