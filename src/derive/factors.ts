// The seven factors of likelihood that the catalogue names, each computed from what is known of a system. Every factor
// is a level of its own with a reason, so that a person can see it, argue, and set it otherwise.
import type { Threat } from '../catalog/catalog.ts'
import { type Exposure, EXPOSURES } from '../model/asset.ts'
import type { Level } from '../model/risk.ts'
import { incidentsOf } from './incidents.ts'
import { type Grade, highest, ifPossible, type RiskContext } from './risk-context.ts'
import { levelOf, rankOf } from './risk-method.ts'
import { isRaised } from './tree.ts'

export const FACTORS: Readonly<Record<string, (context: RiskContext) => Grade>> = {
  'attacker-access': attackerAccess,
  'risk-of-detection': riskOfDetection,
  'attacker-capability': attackerCapability,
  susceptibility,
  motive,
  'attacker-population': attackerPopulation,
  'incident-history': incidentHistory,
}

/** How far one must get before the attack can begin. */
function attackerAccess(context: RiskContext): Grade {
  const { threat, exposure, values } = context
  if (threat.attackSurface === 'compromise-supply-chain') return { level: 'medium', because: 'through a supplier' }
  if (threat.category === 'development-time') {
    const taken = values['training-data-source']
    const isOpen = taken === 'public' || taken === 'both' || taken === 'unknown' || taken === undefined
    return isOpen
      ? { level: 'high', because: 'training data may come from open sources' }
      : { level: 'low', because: 'only through the place where it is developed' }
  }
  const reach = exposureGrade(exposure)
  if (threat.attackSurface !== 'input-attack' && threat.category !== null) {
    return { level: levelOf(rankOf(reach.level) - 1), because: `${reach.because}, after breaking in` }
  }
  return highest(reach, ...ifPossible(context, 'untrusted-data-in-prompt', 'high', 'through data that others wrote'))
}

function exposureGrade(exposure: Exposure | undefined): Grade {
  if (!exposure) return { level: 'very-high', because: 'nobody said who can reach it' }
  return { level: levelOf(EXPOSURES.indexOf(exposure)), because: `exposure ${exposure}` }
}

/** High where nobody looks while it acts. */
function riskOfDetection({ values }: RiskContext): Grade {
  const autonomy = values['autonomy']
  if (autonomy === undefined) return { level: 'very-high', because: 'nobody said how autonomous it is' }
  if (autonomy === 'unattended') return { level: 'very-high', because: 'it runs unattended' }
  if (autonomy === 'loops' || autonomy === 'plans') return { level: 'high', because: `autonomy ${autonomy}` }
  return { level: 'medium', because: `autonomy ${String(autonomy)}` }
}

/** High where little skill is needed. */
function attackerCapability(context: RiskContext): Grade {
  const { threat } = context
  if (needsOnlyWords(threat)) return { level: 'very-high', because: 'words are enough' }
  if (threat.attackSurface === 'input-attack') {
    const crafted: Grade = { level: 'medium', because: 'inputs must be crafted' }
    return highest(crafted, ...ifPossible(context, 'model-public', 'high', 'the model can be studied by anybody'))
  }
  if (threat.category === null) return { level: 'high', because: 'it may happen without an attacker' }
  if (threat.attackSurface === 'all-it') return { level: 'medium', because: 'ordinary attack tools are enough' }
  return { level: 'low', because: 'somebody must break in or reach a supplier' }
}

function needsOnlyWords({ maps, attackSurface, attackerGoal }: Threat): boolean {
  return attackSurface === 'input-attack' && attackerGoal !== 'disrupt' && (maps['owasp-llm-2025'] ?? []).length > 0
}

function susceptibility(context: RiskContext): Grade {
  const { catalog, threat, values } = context
  const kind = values['model-kind']
  const isGenerative = kind !== 'predictive-ml' && kind !== 'heuristic'
  const base: Grade =
    threat.attackSurface === 'input-attack' && isGenerative
      ? { level: 'high', because: 'generative models follow what they read' }
      : { level: 'medium', because: 'as other systems of its kind' }
  const worse = isRaised(catalog, threat.id)
    ? ifPossible(context, 'triggers-actions', 'very-high', 'its output triggers actions')
    : []
  return highest(base, ...worse, ...retrievalGaps(context))
}

/** The catalogue's questions about retrieval, each with the threats that its bad answer opens. */
function retrievalGaps(context: RiskContext): Grade[] {
  const { catalog, threat, values } = context
  if (values['augments-input'] === false) return []
  return catalog.ragQuestions.flatMap(({ fact, ifTrue = [], ifFalse = [] }) => {
    const value = values[fact]
    const isOpen = (ifTrue.includes(threat.id) && value !== false) || (ifFalse.includes(threat.id) && value !== true)
    const because = value === undefined ? `nobody said of retrieval: ${fact}` : `retrieval: ${fact} is ${String(value)}`
    return isOpen ? [{ level: 'very-high' as const, because }] : []
  })
}

/** What there is to gain. */
function motive(context: RiskContext): Grade {
  const { threat } = context
  const base: Grade = { level: 'low', because: 'little to gain' }
  if (threat.attackerGoal === 'disclose') {
    return highest(
      base,
      dataGrade(context),
      ...ifPossible(context, 'personal-data', 'high', 'personal data sells'),
      ...ifPossible(context, 'model-is-ip', 'high', 'the model is worth copying'),
    )
  }
  return highest(
    base,
    ...ifPossible(context, 'triggers-actions', 'high', 'actions can be turned to profit'),
    ...ifPossible(context, 'decides-about-people', 'high', 'decisions can be turned to profit'),
    ...ifPossible(context, 'paid-per-use', 'medium', 'each use costs its owner'),
    ...ifPossible(context, 'can-send-data-out', 'high', 'data can be sent out'),
  )
}

/** Shared with impact: how bad it is when the data gets out is also what it is worth. */
export function dataGrade(context: RiskContext): Grade {
  const data = context.dataClass
  if (!data) return { level: 'very-high', because: 'nobody said how sensitive its data is' }
  const levels: Record<typeof data, Level> = {
    public: 'very-low',
    internal: 'low',
    confidential: 'high',
    restricted: 'very-high',
  }
  return { level: levels[data], because: `${data} data` }
}

function attackerPopulation({ threat, exposure }: RiskContext): Grade {
  if (threat.category === 'development-time') return { level: 'low', because: 'few take part in development' }
  return exposureGrade(exposure)
}

function incidentHistory({ catalog, threat }: RiskContext): Grade {
  return incidentsOf(catalog, threat)
}
