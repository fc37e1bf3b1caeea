// The registry of guards: each puts the control into force whose id it carries. Those that count come first, in the order in
// which they are asked.
import { anomalousInputHandling } from './anomalous-input-handling.ts'
import { dosInputValidation } from './dos-input-validation.ts'
import { encodeModelOutput } from './encode-model-output.ts'
import { inputDistortion } from './input-distortion.ts'
import { inputSegregation } from './input-segregation.ts'
import { limitResources } from './limit-resources.ts'
import { modelAccessControl } from './model-access-control.ts'
import { modelInputConfidentiality } from './model-input-confidentiality.ts'
import { monitorUse } from './monitor-use.ts'
import { obscureConfidence } from './obscure-confidence.ts'
import { oversight } from './oversight.ts'
import { promptInjectionIoHandling } from './prompt-injection-io-handling.ts'
import { rateLimit } from './rate-limit.ts'
import { sensitiveOutputHandling } from './sensitive-output-handling.ts'
import { unwantedInputSeriesHandling } from './unwanted-input-series-handling.ts'
import type { Guard } from '../guard.ts'

export const GUARDS: readonly Guard[] = [
  monitorUse,
  modelAccessControl,
  unwantedInputSeriesHandling,
  anomalousInputHandling,
  rateLimit,
  limitResources,
  dosInputValidation,
  encodeModelOutput,
  inputDistortion,
  inputSegregation,
  modelInputConfidentiality,
  obscureConfidence,
  oversight,
  promptInjectionIoHandling,
  sensitiveOutputHandling,
]
