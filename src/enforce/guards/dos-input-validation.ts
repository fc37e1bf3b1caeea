// Stops texts that are built to exhaust whoever reads them: far too long, the same over and over, nested without end,
// packed a thousandfold.
import { z } from 'zod'
import { harmlessUnder } from '../../detect/detectors/resource/harmless.ts'
import { resourceDetectors } from '../../detect/detectors/resource/index.ts'
import { RESOURCE_LIMITS, type ResourceLimits } from '../../detect/detectors/resource/limits.ts'
import { createEngine, type Engine } from '../../detect/engine.ts'
import { SPEAKERS } from '../../model/finding.ts'
import { defineGuard } from '../guard.ts'
import { silentTexts } from '../silent-texts.ts'
import { type Wants, watchFindings } from './watch-findings.ts'

const count = (fallback: number, text: string) => z.int().min(1).max(1_000_000_000).default(fallback).describe(text)

/** More than detection tells of: an honest document may hold a long passage twice, and here it would be stopped. */
const REPEATED = 32_768
const UNTRUSTED = ['user', 'tool', 'document'] as const
const engines = new WeakMap<object, Engine>()

const STOPPING: Wants = { treat: () => 'block', replace: (value) => value }

/** Made with the first call under these settings, which live as long as the policy that holds them. */
function engineFor(settings: Pick<ResourceLimits, 'characters' | 'tokens' | 'repeated' | 'depth'>): Engine {
  let engine = engines.get(settings)
  if (engine === undefined) {
    const { characters, tokens, repeated, depth } = settings
    const limits = { ...RESOURCE_LIMITS, characters, tokens, repeated, depth }
    engine = createEngine(resourceDetectors(limits), { silent: silentTexts, isHarmless: harmlessUnder(limits) })
    engines.set(settings, engine)
  }
  return engine
}

export const dosInputValidation = defineGuard({
  id: 'dos-input-validation',
  title: 'Stops texts that are built to exhaust their reader',
  settings: z.strictObject({
    origins: z.array(z.enum(SPEAKERS)).default(['user', 'tool', 'document']).describe('whose words are looked at'),
    characters: count(RESOURCE_LIMITS.characters, 'longest text, in characters'),
    tokens: count(RESOURCE_LIMITS.tokens, 'most tokens of a text, estimated'),
    repeated: count(REPEATED, 'how many characters may say again what was said before'),
    depth: count(RESOURCE_LIMITS.depth, 'deepest nesting of brackets, elements, quotations and lists'),
  }),
  proves: ({ origins }) =>
    UNTRUSTED.every((origin) => origins.includes(origin)) ? ['dos-input-validation.limits'] : [],
  reads: ({ stage, origin }, { origins }) => stage === 'request' && origins.includes(origin),
  open: (text, settings) => watchFindings(engineFor(settings), text, STOPPING),
})
