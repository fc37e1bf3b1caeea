// Keeps secrets and personal data from the model: stopped, masked, or turned into pseudonyms that turn back in the answer.
// A pseudonym is made from the value with a key of the installation and the caller's system: it is the same in each turn of
// a conversation, so that prompt caches hold. Only what this very request turned into one is turned back.
import { z } from 'zod'
import { encodedPersonal, encodedSecretsAndPersonal } from '../../detect/detectors/encoded-data.ts'
import { encodedSecrets } from '../../detect/detectors/secrets/encoded-secrets.ts'
import { createEngine } from '../../detect/engine.ts'
import { keyed, Pseudonyms } from '../../detect/pseudonym.ts'
import { labelled } from '../../detect/redact.ts'
import { once } from '../../lib/once.ts'
import { type Finding, SPEAKERS } from '../../model/finding.ts'
import { defineGuard, type Watch } from '../guard.ts'
import { ownerKey } from './owner-key.ts'
import { silentTexts } from '../silent-texts.ts'
import { type Wants, watchFindings } from './watch-findings.ts'

const ENGINES = {
  both: once(() => createEngine([encodedSecretsAndPersonal], { silent: silentTexts })),
  secret: once(() => createEngine([encodedSecrets], { silent: silentTexts })),
  personal: once(() => createEngine([encodedPersonal], { silent: silentTexts })),
}
const HOWS = ['off', 'note', 'mask', 'pseudonym', 'block'] as const
type How = (typeof HOWS)[number]
const how = z.enum(HOWS)
const KIND = z.string().regex(/^[a-z0-9-]{1,64}$/, 'a kind as verdicts name it, such as email')

export const modelInputConfidentiality = defineGuard({
  id: 'model-input-confidentiality',
  title: 'Keeps secrets and personal data from the model, and puts them back into its answers',
  mode: 'observe',
  settings: z.strictObject({
    secrets: how
      .default('pseudonym')
      .describe('what happens to credentials: off, note, mask, pseudonym (turned back in the answer) or block'),
    personal: how.default('pseudonym').describe('the same for personal data'),
    kinds: z
      .record(KIND, how)
      .refine((kinds) => Object.keys(kinds).length <= 200, 'at most 200 kinds')
      .default({})
      .describe(
        'the same for single kinds, as in `email: mask`; observed by default, because a model then reads other words',
      ),
    origins: z
      .array(z.enum(SPEAKERS))
      .default([...SPEAKERS])
      .describe('whose words are looked at'),
    confidence: z.number().min(0.5).max(1).default(0.5).describe('findings below this are passed over'),
  }),
  begin({ sampling }, settings, context) {
    const { origins, confidence } = settings
    // Made with the first value: most requests hold none.
    let pseudonyms: Pseudonyms | undefined
    const made = () => (pseudonyms ??= new Pseudonyms(keyed(ownerKey('model-input-confidentiality', context))))
    const engine = engineFor(settings)
    const howOf = ({ family, kind, ...finding }: Finding): How =>
      finding.confidence < confidence
        ? 'off'
        : (settings.kinds[kind] ?? (family === 'secret' ? settings.secrets : settings.personal))
    const wants: Wants = {
      treat(finding) {
        const asked = howOf(finding)
        return asked === 'off' ? undefined : asked === 'note' || asked === 'block' ? asked : 'replace'
      },
      replace: (value, finding) => (howOf(finding) === 'pseudonym' ? made() : labelled).replace(value, finding),
    }
    return {
      joins: true,
      reads: ({ stage, origin, part }) =>
        stage === 'request'
          ? engine !== undefined && origins.includes(origin)
          : // Reasoning goes back to the provider under its signature, so it must stay as it is.
            part !== 'reasoning' && pseudonyms !== undefined && pseudonyms.size > 0,
      open(text) {
        if (text.stage === 'answer' || engine === undefined) {
          return restoring(made(), (text.part === 'text' && sampling.schema !== undefined) || sampling.json === true)
        }
        return watchFindings(engine(), text, wants)
      },
    }
  },
})

function engineFor({ secrets, personal, kinds }: { secrets: How; personal: How; kinds: Record<string, How> }) {
  const hasKinds = Object.values(kinds).some((one) => one !== 'off')
  if (hasKinds || (secrets !== 'off' && personal !== 'off')) return ENGINES.both
  if (secrets !== 'off') return ENGINES.secret
  return personal === 'off' ? undefined : ENGINES.personal
}

/** In JSON that was asked for, a value must not end the string that it stands in. */
function restoring(pseudonyms: Pseudonyms, inJson: boolean): Watch {
  const finder = pseudonyms.finding()
  const told = ({ found, safe }: ReturnType<typeof finder.push>) => ({
    safe,
    findings: [],
    cuts: found.map(({ start, end, value }) => ({
      start,
      end,
      put: inJson ? JSON.stringify(value).slice(1, -1) : value,
    })),
  })
  return { push: (piece) => told(finder.push(piece)), end: () => told(finder.end()) }
}
