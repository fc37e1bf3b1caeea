// The class of a system under the EU AI Act, as far as the recorded facts carry it, with the duties that follow. What
// the law calls high risk cannot be computed from technical facts: a person records the tier, and this says what follows
// from it, where the facts speak against it, and what is still to be answered. Not legal advice.
import type { Catalog } from '../catalog/catalog.ts'
import type { FactRead, TraceStep } from '../model/applicability.ts'
import type { SystemProfile } from './profile.ts'
import { withOrigins } from './truth.ts'

export interface AiActClass {
  /** `outside` the Act, a tier of the catalogue, or `unknown`. */
  tier: string
  /** Articles of the catalogue's framework that follow, and that may follow while the tier is unknown. */
  duties: readonly string[]
  trace: readonly TraceStep[]
  /** The law as the catalogue has it. */
  version: string
}

const FRAMEWORK = 'eu-ai-act'
const READS = ['eu-market', 'eu-ai-act-tier', 'model-kind', 'decides-about-people'] as const

export function aiActClass(catalog: Catalog, profile: SystemProfile): AiActClass {
  const law = catalog.frameworksById.get(FRAMEWORK)
  const version = law ? `${law.name}, ${law.version}` : 'the catalogue holds no such law'
  const facts = new Map(withOrigins(READS, profile).map((fact) => [fact.key, fact]))
  const read = (...keys: (typeof READS)[number][]): FactRead[] => keys.flatMap((key) => facts.get(key) ?? [])
  if (profile.values['eu-market'] === false) {
    const text = 'It is neither used nor placed on the EU market.'
    return {
      tier: 'outside',
      duties: [],
      trace: [{ rule: 'eu-market', text, verdict: 'does-not-apply', facts: read('eu-market') }],
      version,
    }
  }
  const recorded = profile.values['eu-ai-act-tier']
  const tier = typeof recorded === 'string' ? recorded : 'unknown'
  const trace: TraceStep[] = [
    {
      rule: 'eu-market',
      text: 'It is used or placed on the EU market.',
      verdict: profile.values['eu-market'] ? 'applies' : 'unknown',
      facts: read('eu-market'),
    },
    {
      rule: 'eu-ai-act-tier',
      text: `Recorded tier: ${tier}.`,
      verdict: tier === 'unknown' ? 'unknown' : 'applies',
      facts: read('eu-ai-act-tier'),
    },
  ]
  if (tier === 'minimal' && profile.values['decides-about-people'] !== false) {
    const text = 'A system that decides about people is rarely of minimal risk: check Annex III and write down why not.'
    trace.push({ rule: 'annex-iii', text, verdict: 'unknown', facts: read('decides-about-people') })
  }
  const isGenerative = profile.values['model-kind'] === 'llm' || profile.values['model-kind'] === 'genai-non-llm'
  if (isGenerative) {
    const text = 'What generates text or media must say so, whatever its tier.'
    trace.push({ rule: 'art-50', text, verdict: 'applies', facts: read('model-kind') })
  }
  const tiers = new Set([tier, 'all', ...(isGenerative ? ['limited'] : [])])
  const items = (law?.items ?? []).filter((item) => tier === 'unknown' || tiers.has(item.tier ?? 'all'))
  return { tier, duties: items.map(({ id }) => id), trace, version }
}
