// The registry of what guards the resources of whoever reads a text, made for the limits that are asked for.
import type { AnyDetector } from '../../define.ts'
import { decompressionBomb } from './decompression-bomb.ts'
import { inputSize } from './input-size.ts'
import type { ResourceLimits } from './limits.ts'
import { nesting } from './nesting.ts'
import { aliasBomb, entityBomb } from './reference-bomb.ts'
import { repetition } from './repetition.ts'
import { unicodePile } from './unicode-pile.ts'

export const resourceDetectors = (limits: ResourceLimits): readonly AnyDetector[] => [
  decompressionBomb(limits),
  aliasBomb(limits),
  entityBomb(limits),
  inputSize(limits),
  nesting(limits),
  repetition(limits),
  unicodePile(limits),
]
