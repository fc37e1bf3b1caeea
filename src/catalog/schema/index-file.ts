// index.json: what a pack holds, how much of it, and where it comes from.
import { z } from 'zod'
import { BASES, Id, Source, Words } from './common.ts'
import { CONFIDENCES } from './framework.ts'
import { THREAT_KINDS } from './threats.ts'

const Count = z.int().nonnegative()

/** Only plain names below the pack's own folder: a pack cannot make us read anything else. */
const FileName = z.string().regex(/^(frameworks\/)?[a-z0-9]+(-[a-z0-9]+)*\.json$/, 'expected a file name of this pack')

export const IndexFile = z.strictObject({
  catalog: z.literal('ai-security-catalog'),
  schema: z.literal(1),
  generated: z.string().regex(/^\d{4}-\d{2}$/, 'expected a year and month, as in 2026-11'),
  title: Words,
  rule: Words,
  counts: z.strictObject({
    threats: z.record(z.enum(THREAT_KINDS), Count),
    controls: Count,
    controlMeasures: Count,
    retiredNames: Count,
    matrixRows: Count,
    periodicRows: Count,
    facts: Count,
    decisionQuestions: Count,
    seed001Rules: Count,
    deploymentModels: Count,
    privacyPrinciples: Count,
    privacyObligations: Count,
    practiceRequirements: Count,
    incidentScenarios: Count,
    missionRows: Count,
    frameworks: z.record(Id, Count),
    frameworkItems: Count,
    atlasCaseStudies: Count,
    aisvsRequirements: Count,
  }),
  sources: z.array(z.strictObject({ ...Source.shape, use: Words })),
  files: z.array(FileName).min(1).max(100),
  basisValues: z.record(z.enum(BASES), Words),
  confidenceValues: z.record(z.enum(CONFIDENCES), Words),
})
