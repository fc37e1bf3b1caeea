// privacy.json: privacy principles as obligations that can be checked.
import { z } from 'zod'
import { Enforcer, HEADER, Id, Ids, Source, TextList, Words } from './common.ts'

export const Obligation = z.strictObject({
  id: Id,
  requirement: Words,
  check: Words,
  enforceableBy: Enforcer,
  controls: Ids,
  threats: Ids,
  kind: z.enum(['must', 'technique']).optional(),
})

export const Principle = z.strictObject({
  id: Id,
  n: z.int(),
  name: Words,
  summary: Words,
  currentExchange: Words,
  obligations: z.array(Obligation).min(1),
  metrics: TextList.optional(),
  artefacts: TextList.optional(),
  rights: TextList.optional(),
})

export const PrivacyFile = z.strictObject({
  ...HEADER,
  source: z.strictObject({ seed: Words, current: Source }),
  principles: z.array(Principle),
  modelAttacksPrinciple: z.strictObject({ id: Id, name: Words, threats: Ids }),
  impactAssessmentBlindSpots: TextList,
  securityProgramme: z.array(z.strictObject({ id: Id, requirement: Words, controls: Ids })),
  particularRisks: z.array(z.strictObject({ id: Id, name: Words, threats: Ids, controls: Ids })),
  aiActNutshell: TextList,
  rightsDeadlines: z.array(z.strictObject({ regime: Words, days: z.int().positive(), note: Words })),
})
