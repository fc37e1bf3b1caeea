// The cheapest measures that bring a system's risks to the appetite, as proven: those to bring into force beside what is
// proven today. A small question is answered exactly; a large one by a good set, with the cost that no set can go below.
// Always the same answer for the same input.
import { Failure } from '../lib/failure.ts'
import type { Risk, Severity } from '../model/risk.ts'
import { analyse, type SystemInput } from './analyse.ts'
import { type Goal, goalOf } from './goals.ts'
import { type Costs, measureCost } from './measure-cost.ts'
import { exceeds, residual } from './risk.ts'
import { type Candidate, searchCheapest } from './search-cheapest.ts'
import { type InForce, provenShare } from './strength.ts'

export interface CheapestSet {
  /** In the order of the catalogue. */
  measures: readonly { measure: string; cost: number; party: string }[]
  cost: number
  /** No set costs less than this; the same as `cost` when `exact`. */
  atLeast: number
  exact: boolean
  /** Risks that stay above the appetite with every measure in force, and why. */
  unreachable: readonly { threat: string; left: Severity; because: string }[]
}

interface Options {
  /** One threat only. */
  threat?: string
  /** By measure, where the default does not fit. */
  costs?: Costs
}

export function cheapestSet(input: SystemInput, { threat, costs = new Map() }: Options = {}): CheapestSet {
  const { catalog, appetite, statuses } = input
  const { risks: all, measures } = analyse(input)
  const risks = threat === undefined ? all : all.filter((risk) => risk.threat === threat)
  if (threat !== undefined && risks.length === 0) throw noRisk(input, threat)
  const needed = measures.filter(({ need }) => need === 'needed')
  const now: InForce = new Map(needed.map(({ measure }) => [measure, provenShare(statuses.get(measure))]))
  const most: InForce = new Map(needed.map(({ measure }) => [measure, 1]))
  const open = risks.filter((risk) => exceeds(residual(catalog, risk.threat, risk.inherent, now), appetite))
  const reachable = open.filter((risk) => !exceeds(residual(catalog, risk.threat, risk.inherent, most), appetite))
  const goals = reachable.map((risk) => goalOf(catalog, risk, appetite, now))
  const found = searchCheapest(candidatesOf(input, goals, needed, costs), goals)
  return {
    ...found,
    measures: found.measures.map(({ measure, cost, party }) => ({ measure, cost, party })),
    unreachable: open.filter((risk) => !reachable.includes(risk)).map((risk) => whyNot(input, risk, most)),
  }
}

/** Measures that would add something to a goal. */
function candidatesOf({ catalog }: SystemInput, goals: readonly Goal[], needed: readonly Needed[], costs: Costs) {
  return needed.flatMap(({ measure, party = 'you' }): Candidate[] => {
    const known = catalog.measuresById.get(measure)
    const adds = goals.some((goal) => {
      const { likelihood, impact } = goal.adds.get(measure) ?? { likelihood: 0, impact: 0 }
      return likelihood + impact > 0
    })
    return known && adds ? [{ measure, party, cost: measureCost(known, party, costs) }] : []
  })
}

type Needed = ReturnType<typeof analyse>['measures'][number]

function whyNot({ catalog, selections, appetite }: SystemInput, { threat, inherent }: Risk, most: InForce) {
  const left = residual(catalog, threat, inherent, most)
  const all: InForce = new Map(catalog.measures.map(({ id }) => [id, 1]))
  if (!exceeds(residual(catalog, threat, inherent, all), appetite)) {
    const declared = [...selections.values()].filter(({ decision }) => decision === 'not-needed').length
    return { threat, left, because: `${declared} measures were declared not needed` }
  }
  const because = `with every measure in force its impact is still ${left.impact} and its likelihood ${left.likelihood}`
  return { threat, left, because: `${because}: avoid, transfer or accept it` }
}

function noRisk({ catalog, system }: SystemInput, threat: string): Failure {
  if (!catalog.threatsById.has(threat)) {
    const now = catalog.history.retired.find(({ noun, id }) => noun === 'threat' && id === threat)?.renamedTo ?? []
    const hint =
      now.length > 0
        ? `an older edition called it so; it is now ${now.join(' or ')}`
        : 'parapet catalog lists each threat'
    return new Failure('not_found', `the catalogue has no threat "${threat.slice(0, 100)}"`, { hint })
  }
  const hint = 'its trace says why'
  return new Failure('not_found', `"${threat}" does not apply to ${system.id}, or only gathers others`, { hint })
}
