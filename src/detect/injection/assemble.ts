// Puts the stages together: rules and the trained model judge plain words; disguises are taken off and judged by the same.
import { DISGUISES } from '../detectors/injection/disguises/index.ts'
import { RULES } from '../detectors/injection/index.ts'
import { createEngine } from '../engine.ts'
import type { AnyDetector } from '../define.ts'
import { createJudge, toDetector } from './disguise.ts'
import { toEncodedText } from './encoded-text.ts'

const plain: readonly AnyDetector[] = [...RULES]
const engine = createEngine(plain)
const judge = createJudge((text, role) => engine.scan(text, { role }).score, DISGUISES)

export const INJECTION: readonly AnyDetector[] = [
  ...plain,
  ...DISGUISES.map((disguise) => toDetector(disguise, judge)),
  toEncodedText(engine),
]
