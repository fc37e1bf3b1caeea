// Keeps how sure the model was from who could steer by it: log-probabilities, scores and lists of the next best are taken
// out of answers, or told with few decimals.
import { z } from 'zod'
import type { Finding } from '../../model/finding.ts'
import { roundedConfidences, withoutConfidences } from '../confidences.ts'
import { defineGuard } from '../guard.ts'

export const obscureConfidence = defineGuard({
  id: 'obscure-confidence',
  title: 'Takes scores and log-probabilities out of answers, or rounds them',
  mode: 'observe',
  settings: z.strictObject({
    how: z
      .enum(['remove', 'round'])
      .default('remove')
      .describe('remove, or round; observed by default, because who asks for log-probabilities mostly needs them'),
    decimals: z.int().min(0).max(6).default(2).describe('how many decimals are left where they are rounded'),
  }),
  proves: () => ['obscure-confidence.strip'],
  examine(body, stage, { how, decimals }) {
    if (stage === 'request') return { outcome: 'pass' }
    const edits = how === 'remove' ? withoutConfidences(body) : roundedConfidences(body, decimals)
    if (edits.length === 0) return { outcome: 'pass' }
    const findings = edits.map(({ at }) => ({ ...FINDING, origin: 'assistant' as const, place: at.join('.') }))
    return { outcome: 'hit', findings, edits }
  },
})

const FINDING: Finding = {
  detector: 'confidence',
  control: 'obscure-confidence',
  family: 'output',
  kind: 'confidence',
  start: 0,
  end: 0,
  severity: 'low',
  confidence: 1,
  note: 'Says how sure the model was',
}
