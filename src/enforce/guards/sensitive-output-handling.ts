// Keeps secrets and, where wanted, personal data out of answers and of the arguments that tools are called with; so also the
// words of the request's own instructions, and canaries, which nobody says who has not read what he should not.
import { z } from 'zod'
import { canary } from '../../detect/detectors/output/canary.ts'
import { isLongEnough, promptLeakage } from '../../detect/detectors/output/prompt-leakage.ts'
import { encodedSecretsAndPersonal } from '../../detect/detectors/encoded-data.ts'
import { encodedSecrets } from '../../detect/detectors/secrets/encoded-secrets.ts'
import { createEngine, type Engine } from '../../detect/engine.ts'
import { labelled } from '../../detect/redact.ts'
import type { Turn } from '../../model/turn.ts'
import { defineGuard } from '../guard.ts'
import { textDigest } from '../silent-texts.ts'
import { isText } from '../texts.ts'
import { watchFindings } from './watch-findings.ts'

const MOST_PROMPT = 32_768
const MOST_ENGINES = 16

const Settings = z.strictObject({
  what: z.enum(['secrets', 'secrets-and-personal']).default('secrets').describe('what is looked for'),
  onHit: z.enum(['mask', 'block']).default('mask').describe('replace what was found by its kind, or stop the answer'),
  instructions: z
    .enum(['off', 'note', 'mask', 'block'])
    .default('off')
    .describe(
      'an answer that repeats some forty letters of the system prompt; off by default, because prompts often hold sentences that the model is meant to say',
    ),
  canaries: z
    .array(z.string().regex(/^[\x21-\x7e]{8,32}$/, '8 to 32 printable ASCII characters without spaces'))
    .max(100)
    .default([])
    .describe('words that must never be in an answer, as they are or encoded'),
})
type Settings = z.output<typeof Settings>

export const sensitiveOutputHandling = defineGuard({
  id: 'sensitive-output-handling',
  title: 'Takes secrets and personal data out of answers and tool calls',
  settings: Settings,
  proves: ({ what }) => [
    ...(what === 'secrets-and-personal' ? ['sensitive-output-handling.scan'] : []),
    'sensitive-output-handling.enforce',
  ],
  begin(turn, settings) {
    const { onHit, instructions } = settings
    const prompt = instructions === 'off' ? '' : instructionsOf(turn)
    return {
      joins: true,
      reads: ({ stage }) => stage === 'answer',
      open: (text) =>
        watchFindings(engineFor(settings, prompt), text, {
          treat({ detector }) {
            const how = detector === 'prompt-leakage' ? instructions : onHit
            return how === 'off' ? undefined : how === 'mask' ? 'replace' : how
          },
          replace: (value, finding) => labelled.replace(value, finding),
        }),
    }
  },
})

function instructionsOf({ messages }: Turn): string {
  return messages
    .filter(({ origin }) => origin === 'system' || origin === 'developer')
    .flatMap(({ parts }) => parts.map((part) => (isText(part) ? part.text : '')))
    .join('\n')
    .slice(0, MOST_PROMPT)
}

/** The last prompts, because most calls have one that was there before. */
const engines = new WeakMap<Settings, Map<string, Engine>>()

function engineFor(settings: Settings, prompt: string): Engine {
  let kept = engines.get(settings)
  if (kept === undefined) engines.set(settings, (kept = new Map()))
  const key = prompt === '' ? '' : textDigest(prompt)
  let engine = kept.get(key)
  if (engine !== undefined) return engine
  engine = createEngine([
    settings.what === 'secrets' ? encodedSecrets : encodedSecretsAndPersonal,
    ...(settings.canaries.length === 0 ? [] : [canary(settings.canaries)]),
    ...(isLongEnough(prompt) ? [promptLeakage(prompt)] : []),
  ])
  if (kept.size >= MOST_ENGINES) kept.delete(kept.keys().next().value ?? '')
  kept.set(key, engine)
  return engine
}
