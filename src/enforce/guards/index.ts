// The registry of guards: each puts the control into force whose id it carries.
import { encodeModelOutput } from './encode-model-output.ts'
import { inputDistortion } from './input-distortion.ts'
import { inputSegregation } from './input-segregation.ts'
import { modelInputConfidentiality } from './model-input-confidentiality.ts'
import { obscureConfidence } from './obscure-confidence.ts'
import { promptInjectionIoHandling } from './prompt-injection-io-handling.ts'
import { sensitiveOutputHandling } from './sensitive-output-handling.ts'
import type { Guard } from '../guard.ts'

export const GUARDS: readonly Guard[] = [
  encodeModelOutput,
  inputDistortion,
  inputSegregation,
  modelInputConfidentiality,
  obscureConfidence,
  promptInjectionIoHandling,
  sensitiveOutputHandling,
]
