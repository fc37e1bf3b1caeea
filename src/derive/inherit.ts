// What a system takes over from its components when nothing is said of it directly. Components differ rightly: one
// store with sensitive data makes the system sensitive, however many others have none. So the worse answer counts, and
// where neither is worse, they must agree.
import type { FactValue } from '../model/fact.ts'
import { sameValue, unionOf, type Voice } from './voice.ts'

/** Yes is the good answer: one component without it is enough. */
const PROTECTIVE: ReadonlySet<string> = new Set([
  'retrieval-acl-parity',
  'responses-attributed',
  'fails-closed',
  'deletion-propagates',
])
/** Neither answer is worse: it opens some threats and closes others. */
const NEUTRAL: ReadonlySet<string> = new Set(['model-public'])
/** Least to most. */
const ORDERED: Readonly<Record<string, readonly string[]>> = {
  autonomy: ['none', 'acts', 'plans', 'loops', 'unattended'],
  training: ['none', 'finetune', 'full'],
}

interface ComponentVoice extends Voice {
  asset: string
}

export function inherit(key: string, voices: readonly ComponentVoice[]): readonly Voice[] {
  const [first] = voices
  if (!first || disagreeOnOne(voices)) return voices
  if (Array.isArray(first.value)) return [union(voices)]
  const order = ORDERED[key]
  if (order) return keepWorst(voices, (value) => order.indexOf(String(value)))
  if (typeof first.value !== 'boolean' || NEUTRAL.has(key)) return voices
  const worse = !PROTECTIVE.has(key)
  return keepWorst(voices, (value) => Number(value === worse))
}

/** Two sources that differ about one and the same component are a conflict, whatever the others say. */
function disagreeOnOne(voices: readonly ComponentVoice[]): boolean {
  const first = new Map(voices.toReversed().map(({ asset, value }) => [asset, value]))
  return voices.some(({ asset, value }) => !sameValue(value, first.get(asset)))
}

function keepWorst(voices: readonly ComponentVoice[], rank: (value: FactValue) => number): readonly Voice[] {
  const worst = voices.reduce((most, { value }) => Math.max(most, rank(value)), 0)
  return voices.filter(({ value }) => rank(value) === worst)
}

function union(voices: readonly ComponentVoice[]): Voice {
  return {
    value: unionOf(voices.map(({ value }) => value)),
    origin: [...new Set(voices.map(({ origin }) => origin))].join('; '),
    claims: voices.flatMap(({ claims }) => [...claims]),
  }
}
