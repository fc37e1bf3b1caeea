// threats.json: the tree of threats. A group only gathers, a variant narrows its parent, a risk factor makes others worse.
import { z } from 'zod'
import { Expression } from '../expression.ts'
import {
  GOALS,
  Goal,
  HEADER,
  Id,
  Ids,
  IMPACT_CODES,
  LIFECYCLES,
  Lifecycle,
  Maps,
  PROPERTIES,
  Source,
} from './common.ts'
import { Text, TextList, Words } from './common.ts'

export const THREAT_KINDS = ['group', 'threat', 'variant', 'risk-factor'] as const
export const CATEGORIES = ['through-use', 'development-time', 'runtime-conventional'] as const
export const ATTACK_SURFACES = [
  'input-attack',
  'break-into-deployed-model',
  'break-into-augmentation-data',
  'break-into-deployed-system',
  'break-into-train-finetune-data',
  'break-into-training-data',
  'break-into-model-data',
  'compromise-supply-chain',
  'all-it',
] as const

export const Threat = z.strictObject({
  id: Id,
  name: Words,
  kind: z.enum(THREAT_KINDS),
  parent: Id.nullable(),
  slug: z.string().max(100).nullable(),
  permalink: z.url({ protocol: /^https$/ }).nullable(),
  section: Text,
  summary: Text,
  category: z.enum(CATEGORIES).nullable(),
  attackSurface: z.enum(ATTACK_SURFACES).nullable(),
  lifecycle: Lifecycle,
  attackerGoal: Goal.nullable(),
  assets: Ids,
  impact: z.array(z.strictObject({ asset: Id, property: z.enum(PROPERTIES) })),
  impactCodes: z.array(z.enum(IMPACT_CODES)),
  appliesWhen: Expression.nullable(),
  appliesWhenText: Text,
  treatmentQuestion: Text,
  agentic: z.boolean(),
  rag: z.boolean(),
  keyControls: Ids,
  controls: Ids,
  supplierControls: Ids,
  aliases: TextList,
  seed001Name: Words.nullable(),
  note: Words.nullable(),
  maps: Maps,
})

export const ThreatsFile = z.strictObject({
  ...HEADER,
  source: Source,
  enums: z.strictObject({
    kind: z.array(z.enum(THREAT_KINDS)),
    category: z.array(z.enum(CATEGORIES)),
    attackSurface: z.array(z.enum(ATTACK_SURFACES)),
    lifecycle: z.array(z.enum(LIFECYCLES)),
    attackerGoal: z.array(z.enum(GOALS)),
    impactCodes: z.record(z.enum(IMPACT_CODES), Words),
  }),
  expression: Words,
  threats: z.array(Threat).min(1),
})
