// The registry of all that is looked for in a text, whoever speaks; each detector says whose words it reads.
import { INJECTION } from '../injection/assemble.ts'
import type { AnyDetector } from '../define.ts'
import { encodedSecretsAndPersonal } from './encoded-data.ts'
import { OUTPUT_DETECTORS } from './output/index.ts'
import { resourceDetectors } from './resource/index.ts'
import { RESOURCE_LIMITS, type ResourceLimits } from './resource/limits.ts'

export const detectorsFor = (limits: ResourceLimits): readonly AnyDetector[] => [
  ...INJECTION,
  encodedSecretsAndPersonal,
  ...OUTPUT_DETECTORS,
  ...resourceDetectors(limits),
]

export const DETECTORS = detectorsFor(RESOURCE_LIMITS)
