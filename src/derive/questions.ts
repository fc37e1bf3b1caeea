// What to ask about a system: only what no fact answers and what would still change something, most decisive first.
// When the list is empty, no answer to any question that is left would move a verdict, a factor of a risk or a duty.
import type { Catalog, Fact, Threat } from '../catalog/catalog.ts'
import type { Profile } from '../catalog/expression.ts'
import type { Asset } from '../model/asset.ts'
import type { FactValue } from '../model/fact.ts'
import { dependsOn } from './depends.ts'
import { withImplied } from './implied.ts'
import { type ProfileInput, profileOf, type SystemProfile } from './profile.ts'
import { gradesOf } from './inherent.ts'
import { riskGroundOf } from './risk-context.ts'
import { toVerdict, truthOf } from './truth.ts'

export interface OpenQuestion {
  key: string
  question: string
  type: Fact['type']
  /** The allowed answers; null for yes or no. */
  values: Fact['values']
  topic: Fact['topic']
  usuallyFrom: Fact['usuallyFrom']
  why: 'not answered' | 'conflict'
  /** Verdicts that the most telling answer settles at once. */
  settles: number
  /** Threats whose verdict hangs on it, alone or with other answers. */
  threats: readonly string[]
  /** Threats that apply or may, whose likelihood or impact it would change. */
  risks: readonly string[]
  /** Whether duties under the law hang on it. */
  duties: boolean
}

export function openQuestions(input: ProfileInput): OpenQuestion[] {
  const { catalog, system } = input
  const profile = profileOf(input)
  const open = catalog.facts.filter(({ id }) => profile.values[id] === undefined)
  const undecided = catalog.threats.filter((one) => one.appliesWhen && truthOf(one.appliesWhen, profile) === 'unknown')
  const threatsBy = threatsByKey(catalog, undecided, profile.values)
  const risksBy = risksByKey(catalog, system, profile, open)
  const asked = open.map((fact) => {
    const settled = answersOf(fact).map((value) => settledBy(catalog, undecided, profile.values, fact.id, value))
    const why = profile.facts.get(fact.id)?.origin === 'conflict' ? ('conflict' as const) : ('not answered' as const)
    const { id: key, question, type, values, topic, usuallyFrom } = fact
    const threats = threatsBy.get(key) ?? []
    const risks = risksBy.get(key) ?? []
    const duties = bearsDuties(key, profile)
    const settles = Math.max(0, ...settled)
    const mean = settled.reduce((sum, one) => sum + one, 0) / Math.max(1, settled.length)
    return { mean, row: { key, question, type, values, topic, usuallyFrom, why, settles, threats, risks, duties } }
  })
  return asked
    .filter(({ row }) => row.threats.length > 0 || row.risks.length > 0 || row.duties)
    .toSorted((a, b) => b.mean - a.mean || weight(b.row) - weight(a.row))
    .map(({ row }) => row)
}

const weight = ({ threats, risks }: OpenQuestion) => threats.length * 100 + risks.length

function bearsDuties(key: string, { values }: SystemProfile): boolean {
  if (values['eu-market'] === false) return false
  return key === 'eu-market' || key === 'eu-ai-act-tier'
}

/** A list is asked member by member: with none of them and with all. */
function answersOf({ type, values }: Fact): FactValue[] {
  if (type === 'bool') return [true, false]
  return type === 'enum' ? [...(values ?? [])] : [[], [...(values ?? [])]]
}

function settledBy(catalog: Catalog, undecided: readonly Threat[], values: Profile, key: string, value: FactValue) {
  const known = withImplied(catalog, { ...values, [key]: value })
  return undecided.filter(({ appliesWhen }) => appliesWhen && dependsOn(appliesWhen, known).length === 0).length
}

/** By fact: what hangs on it in the threat's own condition, or by what it implies. */
function threatsByKey(catalog: Catalog, undecided: readonly Threat[], values: Profile): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const { id, appliesWhen } of undecided) {
    if (!appliesWhen) continue
    const keys = new Set(dependsOn(appliesWhen, values))
    for (const key of keys) {
      for (const { when, then } of catalog.implications) {
        if (Object.hasOwn(then, key)) for (const from of dependsOn(when, values)) keys.add(from)
      }
      found.set(key, [...(found.get(key) ?? []), id])
    }
  }
  return found
}

/**
 * The answers that raise nothing, for the questions where that is not a plain no. Inserting data raises nothing by
 * itself, but only with it do the questions about retrieval matter.
 */
function harmlessAnswer({ ragQuestions }: Catalog, { id, type }: Fact): FactValue | undefined {
  const isGood = ragQuestions.some(({ fact, ifFalse = [] }) => fact === id && ifFalse.length > 0)
  return HARMLESS[id] ?? (type === 'bool' ? isGood : undefined)
}

const HARMLESS: Readonly<Record<string, FactValue>> = {
  'model-kind': 'heuristic',
  'training-data-source': 'own',
  autonomy: 'none',
  'augments-input': true,
}

/** A gap counts as the worst answer. With every other gap closed harmlessly, does this one still make a difference? */
function risksByKey(catalog: Catalog, system: Asset, profile: SystemProfile, open: readonly Fact[]) {
  const harmless = Object.fromEntries(open.map((fact) => [fact.id, harmlessAnswer(catalog, fact)]))
  const ground = riskGroundOf(catalog, system, profile)
  const closed = { ...ground, values: { ...profile.values, ...harmless } }
  const threats = catalog.threats.filter(({ kind, appliesWhen }) => {
    return kind !== 'group' && appliesWhen && toVerdict(truthOf(appliesWhen, profile)) !== 'does-not-apply'
  })
  const found = new Map<string, string[]>()
  for (const threat of threats) {
    const least = gradesOf({ ...closed, threat })
    for (const { id } of open) {
      if (harmless[id] === undefined) continue
      const values = { ...closed.values, [id]: undefined }
      const grades = gradesOf({ ...closed, values, threat })
      if (grades.some((one, i) => one.level !== least[i]?.level)) found.set(id, [...(found.get(id) ?? []), threat.id])
    }
  }
  return found
}
