// Sees an input that is unlike what its caller usually sends: in size, in its kinds of characters, in how it is written. Each
// caller is held against itself, so what is usual in one application is no alarm there.
import { z } from 'zod'
import { Failure } from '../../lib/failure.ts'
import { defineGuard } from '../guard.ts'
import { type Trait, traitsOf } from '../series/traits.ts'
import { subjectOf, UserHeader } from '../subject.ts'

const ID = 'anomalous-input-handling'

const WORDS: Readonly<Record<Trait, string>> = {
  size: 'its size',
  letters: 'its share of Latin letters',
  digits: 'its share of digits',
  marks: 'its share of punctuation',
  foreign: 'its share of characters of other scripts',
  'word-length': 'the length of its words',
  surprise: 'its letters, as of another language or an encoding',
}

export const anomalousInputHandling = defineGuard({
  id: ID,
  title: 'Spots input that is unlike what its caller usually sends',
  mode: 'observe',
  settings: z.strictObject({
    per: z.enum(['key', 'user', 'asset']).default('asset').describe('whose inputs are held against each other'),
    userHeader: UserHeader,
    warmUp: z.int().min(8).max(64).default(40).describe('inputs to be seen before any is judged'),
    deviations: z
      .number()
      .min(3)
      .max(1000)
      .default(12)
      .describe('how far from the median is too far, in deviations of that caller (1.48 × the median one)'),
  }),
  proves: () => [`${ID}.detector`, `${ID}.response`],
  admit(arrival, { per, userHeader, warmUp, deviations }, { meters }) {
    const probe = arrival.probe()
    if (probe === undefined) return { outcome: 'pass' }
    const caller = `${arrival.route}:${per}:${subjectOf(per, arrival, userHeader)}`
    const baseline = meters.series.baseline(`${caller}:${probe.origin}`)
    const worst = baseline.look(traitsOf(probe.text, probe.length), warmUp)
    if (worst === undefined || worst.score < deviations) return { outcome: 'pass' }
    const note = `${WORDS[worst.trait]} is ${Math.round(worst.score)} deviations from what is usual`
    return {
      outcome: 'hit',
      found: [{ kind: worst.trait, note }],
      refusal: new Failure('blocked', `this input is unlike what comes from here otherwise: ${note}`),
    }
  },
})
