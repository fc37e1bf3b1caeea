// risk-analysis.json: the questions about a system, and the rules that lead from answers to threats, to who must act,
// and to how bad it would be.
import { z } from 'zod'
import { Expression } from '../expression.ts'
import { ImpactType } from './assets.ts'
import { Enforcer, HEADER, Id, Ids, Source, Text, TextList, Words } from './common.ts'

export const FACT_TYPES = ['bool', 'enum', 'set'] as const
export const RESPONSIBILITIES = ['you', 'supplier', 'shared', 'not-applicable'] as const
export const TOPICS = [
  'model',
  'data',
  'deployment',
  'output',
  'augmentation',
  'input',
  'use',
  'agency',
  'privacy',
  'legal',
] as const

const Responsibility = z.enum(RESPONSIBILITIES)

export const Fact = z.strictObject({
  id: Id,
  question: Words,
  type: z.enum(FACT_TYPES),
  /** The allowed answers; null for yes or no. */
  values: z.array(Id).nullable(),
  topic: z.enum(TOPICS),
  /** Who can often answer without asking a person. */
  usuallyFrom: Enforcer,
})

/** Fact id → what it is taken to be. */
const Facts = z.record(Id, z.union([z.boolean(), Words]))

// oxlint-disable-next-line no-thenable -- the name is the pack's; it holds facts and is never awaited
export const Implication = z.strictObject({ when: Expression, then: Facts })

export const Answer = z.strictObject({
  when: Expression,
  candidates: Ids,
  conditional: z.array(z.strictObject({ threat: Id, needs: TextList })).optional(),
  note: Words.optional(),
  ignore: Ids.optional(),
  responsible: z.enum(['you', 'supplier']).optional(),
  /** A control by which the supplier's part is verified. */
  verify: Id.optional(),
  raises: Ids.optional(),
})

export const Question = z.strictObject({
  id: Id,
  order: z.int(),
  impact: Words,
  question: Words,
  facts: Ids,
  answers: z.array(Answer).min(1),
})

export const EarlierRule = z.strictObject({
  id: Id,
  text: Words,
  when: Expression,
  include: Ids.optional(),
  conditionalInclude: z.array(z.strictObject({ threat: Id, when: Expression })).optional(),
  ignore: Ids.optional(),
  dropControls: Words.optional(),
  responsible: z.enum(['you', 'supplier']).optional(),
})

export const RuleConflict = z.strictObject({
  id: Id,
  legacy: Id,
  current: Id,
  resolution: z.enum(['current', 'both']),
  why: Words,
})

export const DeploymentModel = z.strictObject({ id: Id, name: Words, facts: Facts, summary: Words })

export const RiskAnalysisFile = z.strictObject({
  ...HEADER,
  source: Source,
  facts: z.array(Fact).min(1),
  semantics: z.strictObject({ inScope: Words, unknownFacts: Words, legacy: Words }),
  implications: z.array(Implication),
  decisionTree: z.array(Question).min(1),
  seed001Rules: z.array(EarlierRule),
  ruleConflicts: z.array(RuleConflict),
  deploymentModels: z.array(DeploymentModel).min(1),
  responsibility: z.strictObject({
    values: z.array(Responsibility),
    basis: Words,
    /** Threat → deployment model → who must act. */
    rows: z.array(z.strictObject({ threat: Id, by: z.record(Id, Responsibility) })),
  }),
  defaultResponsible: Words,
  steps: z.strictObject({
    seed001: z.array(
      z.strictObject({ n: z.int(), name: Words, current: z.array(z.int()), does: Words, module: Id, output: Words }),
    ),
    current: z.array(z.strictObject({ n: z.int(), name: Words })),
  }),
  threatModelingQuestions: TextList,
  impactQuestions: TextList,
  likelihoodFactors: z.array(z.strictObject({ id: Id, question: Words, sources: TextList })),
  impactTypes: z.array(ImpactType),
  severity: z.strictObject({ method: Words, scale: z.array(Id).min(2), basis: Words }),
  treatmentOptions: z.array(z.strictObject({ id: z.enum(['mitigate', 'transfer', 'avoid', 'accept']), means: Words })),
  enoughWhen: Words,
  riskRegisterFields: TextList,
  trifecta: z.strictObject({ allOf: Ids, result: Id }),
  ruleOfTwo: z.strictObject({ factsA: Ids, factsB: Ids, factsC: Ids, rule: Text, ifThree: Id }),
  heuristicSystems: z.strictObject({ threats: Ids }),
  externallyHostedQuestions: TextList,
  opaqueSupplierChoices: TextList,
  ragQuestions: z.array(z.strictObject({ fact: Id, ifTrue: Ids.optional(), ifFalse: Ids.optional() })),
})
