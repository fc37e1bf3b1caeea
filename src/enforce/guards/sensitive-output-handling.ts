// Keeps secrets and, where wanted, personal data out of answers and of the arguments that tools are called with.
import { z } from 'zod'
import { personal } from '../../detect/detectors/personal/personal.ts'
import { secrets } from '../../detect/detectors/secrets/secrets.ts'
import { createEngine } from '../../detect/engine.ts'
import { labelled } from '../../detect/redact.ts'
import { once } from '../../lib/once.ts'
import { defineGuard } from '../guard.ts'
import { watchFindings } from './watch-findings.ts'

const ENGINES = {
  secrets: once(() => createEngine([secrets])),
  'secrets-and-personal': once(() => createEngine([secrets, personal])),
}

export const sensitiveOutputHandling = defineGuard({
  id: 'sensitive-output-handling',
  title: 'Takes secrets and personal data out of answers and tool calls',
  settings: z.strictObject({
    what: z.enum(['secrets', 'secrets-and-personal']).default('secrets').describe('what is looked for'),
    onHit: z.enum(['mask', 'block']).default('mask').describe('replace what was found by its kind, or stop the answer'),
  }),
  proves: ({ what }) => [
    ...(what === 'secrets-and-personal' ? ['sensitive-output-handling.scan'] : []),
    'sensitive-output-handling.enforce',
  ],
  reads: ({ stage }) => stage === 'answer',
  open: (text, { what, onHit }) =>
    watchFindings(ENGINES[what](), text, {
      treat: () => (onHit === 'mask' ? 'replace' : 'block'),
      replace: (value, finding) => labelled.replace(value, finding),
    }),
})
