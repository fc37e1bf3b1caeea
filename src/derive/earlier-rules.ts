// How the first edition of the Exchange would have decided, beside the tree of today. It only added and removed; where
// the two disagree the catalogue has recorded which one counts and why.
import type { Catalog, EarlierRule } from '../catalog/catalog.ts'
import type { FactRead, TraceStep, Verdict } from '../model/applicability.ts'
import type { SystemProfile } from './profile.ts'
import { isNamedBy } from './tree.ts'
import { factsRead, toVerdict, truthOf } from './truth.ts'

export interface EarlierAnswer {
  id: string
  text: string
  /** Whether its condition holds for the system. */
  verdict: Verdict
  includes: readonly string[]
  /** Brought in only under a further condition. */
  conditional: readonly { threat: string; verdict: Verdict }[]
  ignores: readonly string[]
  dropsControls?: string
  responsible?: 'you' | 'supplier'
  facts: readonly FactRead[]
  /** Where today's tree says otherwise. */
  conflicts: readonly { id: string; question: string; resolution: 'current' | 'both'; why: string }[]
}

export function earlierAnswers(catalog: Catalog, profile: SystemProfile): EarlierAnswer[] {
  return catalog.earlierRules.map((rule) => answered(catalog, rule, profile))
}

function answered({ ruleConflicts }: Catalog, rule: EarlierRule, profile: SystemProfile): EarlierAnswer {
  const { id, text, when, include, conditionalInclude, ignore, dropControls, responsible } = rule
  const conditional = conditionalInclude ?? []
  const reads = [when, ...conditional.map((one) => one.when)].flatMap((one) => factsRead(one, profile))
  return {
    id,
    text,
    verdict: toVerdict(truthOf(when, profile)),
    includes: include ?? [],
    conditional: conditional.map(({ threat, when: further }) => ({
      threat,
      verdict: toVerdict(truthOf({ all: [when, further] }, profile)),
    })),
    ignores: ignore ?? [],
    ...(dropControls && { dropsControls: dropControls }),
    ...(responsible && { responsible }),
    facts: [...new Map(reads.map((fact) => [fact.key, fact])).values()],
    conflicts: ruleConflicts
      .filter(({ legacy }) => legacy === id)
      .map(({ id: conflict, current, resolution, why }) => ({ id: conflict, question: current, resolution, why })),
  }
}

/** What the earlier rules say of a threat, and for each that the tree contradicts, which one counts. */
export function earlierSteps(
  catalog: Catalog,
  answers: readonly EarlierAnswer[],
  threat: string,
  verdict: Verdict,
): TraceStep[] {
  return answers.flatMap((answer) => {
    const said = saysOf(answer, threat)
    if (said === undefined) return []
    const { id, text, facts, conflicts } = answer
    const disagrees = said !== verdict && said !== 'unknown' && verdict !== 'unknown'
    const settled = disagrees ? conflicts.filter(({ question }) => isNamedBy(catalog, threat, question)) : []
    return [
      { rule: id, text, verdict: said, facts },
      ...settled.map(({ id: conflict, why }) => ({ rule: conflict, text: why, verdict, facts })),
    ]
  })
}

/** Nothing when the rule does not hold: then it neither adds nor removes. */
function saysOf(answer: EarlierAnswer, threat: string): Verdict | undefined {
  const { verdict, includes, ignores, conditional } = answer
  if (verdict === 'does-not-apply') return undefined
  const further = conditional.find((one) => one.threat === threat)
  if (includes.includes(threat)) return verdict
  if (further) return further.verdict === 'does-not-apply' ? undefined : further.verdict
  if (!ignores.includes(threat)) return undefined
  return verdict === 'applies' ? 'does-not-apply' : 'unknown'
}
