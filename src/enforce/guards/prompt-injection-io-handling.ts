// Looks for instructions where only content belongs, above all in what tools and documents bring in. What the operator's
// own prompts say is his; what the model says goes to people, and the guards of the answer look at it.
import { z } from 'zod'
import { DETECTORS } from '../../detect/detectors/index.ts'
import { createEngine } from '../../detect/engine.ts'
import { once } from '../../lib/once.ts'
import { type Speaker, SPEAKERS } from '../../model/finding.ts'
import { defineGuard } from '../guard.ts'
import { silentTexts } from '../silent-texts.ts'
import { watchFindings } from './watch-findings.ts'

// Made with the first call: a house without gateway need not hold it in memory.
const engine = once(() =>
  createEngine(
    DETECTORS.filter(({ family }) => family === 'injection'),
    { silent: silentTexts },
  ),
)

/** What a model must not read unseen. */
const UNTRUSTED: readonly Speaker[] = ['user', 'tool', 'document']

export const promptInjectionIoHandling = defineGuard({
  id: 'prompt-injection-io-handling',
  title: 'Stops instructions hidden in what the model is given to read',
  settings: z.strictObject({
    origins: z
      .array(z.enum(SPEAKERS))
      .default([...UNTRUSTED])
      .describe('whose words are looked at'),
    confidence: z.number().min(0.5).max(1).default(0.5).describe('findings below this are passed over'),
  }),
  proves: ({ origins }) =>
    UNTRUSTED.every((origin) => origins.includes(origin))
      ? ['normalise', 'detect', 'upstream', 'respond'].map((what) => `prompt-injection-io-handling.${what}`)
      : [],
  joins: true,
  reads: ({ stage, origin }, { origins }) => stage === 'request' && origins.includes(origin),
  open: (text, { confidence }) =>
    watchFindings(engine(), text, {
      treat: (finding) => (finding.confidence >= confidence ? 'block' : undefined),
      replace: (value) => value,
    }),
})
