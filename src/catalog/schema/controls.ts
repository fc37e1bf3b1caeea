// controls.json: the controls, how each of their measures is proven and for how long, and every name they ever had.
import { z } from 'zod'
import { Enforcer, HEADER, Id, Ids, Lifecycle, Maps, Source, Text, Words } from './common.ts'

export const CONTROL_GROUPS = [
  'data-limitation',
  'development-general',
  'development-model-poisoning',
  'governance',
  'input-disclosure',
  'input-evasion',
  'input-exfiltration',
  'input-general',
  'input-prompt-injection',
  'input-resource',
  'limit-unwanted-behaviour',
  'runtime-agent',
  'runtime-augmentation',
  'runtime-input',
  'runtime-model',
  'runtime-output',
] as const

export const CONTROL_TYPES = [
  'ai-engineer-development',
  'ai-engineer-development-and-runtime',
  'ai-engineer-runtime',
  'conventional-security',
  'development-and-runtime',
  'governance-and-runtime',
  'governance-process',
  'runtime-control',
] as const

export const EVIDENCE_KINDS = ['automatic', 'attested', 'tested'] as const
export const FRESHNESS = ['24h', '7d', '30d', '90d', '180d', '365d', 'release'] as const
export const ISO_COVERAGE = ['full', 'full-with-gap', 'partial', 'minimal', 'none', 'conventional'] as const
export const NAME_FATES = ['merged', 'dropped', 'renamed', 'split', 'misspelt'] as const
export const NAME_BASES = ['exchange-redirect', 'judgement', 'exchange-redirect+judgement'] as const

export const Measure = z.strictObject({
  /** `<control>.<what>` */
  id: z
    .string()
    .max(150)
    .regex(/^[a-z0-9-]+\.[a-z0-9]+(-[a-z0-9]+)*$/, 'expected "<control>.<measure>"'),
  what: Words,
  evidence: Words,
  enforceableBy: Enforcer,
  evidenceKind: z.enum(EVIDENCE_KINDS),
  /** How long a proof counts; `release`: until the next release of what it proves. */
  freshness: z.enum(FRESHNESS),
})

const Code = z
  .string()
  .max(100)
  .regex(/^[A-Z]+$/, 'expected capital letters only')

const FormerName = z.strictObject({
  code: Code,
  status: z.enum(NAME_FATES),
  basis: z.enum(NAME_BASES),
  note: Text,
})

export const Control = z.strictObject({
  id: Id,
  code: Code,
  tag: Words,
  name: Words,
  slug: Words,
  permalink: z.url({ protocol: /^https$/ }),
  section: Text,
  status: z.literal('current'),
  group: z.enum(CONTROL_GROUPS),
  type: z.enum(CONTROL_TYPES),
  lifecycle: z.union([Lifecycle, z.array(Lifecycle).min(1)]),
  purpose: Words,
  evidence: Words,
  enforceableBy: Enforcer,
  alsoEnforceableBy: z.array(Enforcer),
  measures: z.array(Measure),
  aliases: z.array(FormerName),
  seed001Meta: z.array(z.int()),
  isoCoverage: z.enum(ISO_COVERAGE),
  agentic: z.boolean(),
  appliesToAllThreats: z.boolean(),
  tradeOff: Text,
  maps: Maps,
  threats: z.union([z.literal('all'), Ids]),
  /** Threats that name a control which applies to all of them anyway. */
  explicitThreats: Ids.optional(),
  newSinceSeed001: z.boolean().optional(),
})

export const RetiredName = z.strictObject({ ...FormerName.shape, replacedBy: Ids.min(1) })

export const ControlGroup = z.strictObject({
  id: z.enum(CONTROL_GROUPS),
  name: Words,
  slug: Words.optional(),
  members: z.union([z.literal('see group field'), Ids]),
})

export const ControlsFile = z.strictObject({
  ...HEADER,
  source: Source,
  enums: z.strictObject({
    group: z.array(z.enum(CONTROL_GROUPS)),
    type: z.array(z.enum(CONTROL_TYPES)),
    enforceableBy: z.array(Enforcer),
    evidenceKind: z.array(z.enum(EVIDENCE_KINDS)),
    isoCoverage: z.array(z.enum(ISO_COVERAGE)),
  }),
  controls: z.array(Control).min(1),
  retiredNames: z.array(RetiredName),
  aliasIndex: z.record(Code, Ids.min(1)),
  groups: z.array(ControlGroup),
})
