// Finds a cheapest set of measures that meets all goals. Greedy first: the measure with most progress for its cost, then
// those out again that turned out not to be needed. Then a search that can prove it, as far as its steps go.
import { type Goal, isMet } from './goals.ts'
import type { Doer } from './needs.ts'
import { ROUNDING, type Sides } from './strength.ts'

export interface Candidate {
  measure: string
  party: Doer
  cost: number
}

export interface Found {
  measures: readonly Candidate[]
  cost: number
  atLeast: number
  exact: boolean
}

/** Sums made before it stays with a good set: a bound on the time, and the same on every machine. */
const MOST_SUMS = 2_000_000
const MOST_SETS = 20_000

export function searchCheapest(candidates: readonly Candidate[], goals: readonly Goal[]): Found {
  const free = candidates.filter(({ cost }) => cost <= 0)
  const priced = candidates.filter(({ cost }) => cost > 0)
  let best: readonly Candidate[] = greedy(candidates, goals, free)
  let sets = 0
  const mostSets = Math.min(MOST_SETS, Math.ceil(MOST_SUMS / (1 + candidates.length * goals.length)))
  /** Dearest last, so that dropping a measure is tried while much is still to choose. */
  const order = priced.toSorted((a, b) => b.cost - a.cost)
  const visit = (at: number, kept: readonly Candidate[], cost: number): void => {
    sets += 1
    if (sets > mostSets) return
    const rest = order.slice(at)
    if (cost + leastCost(rest, goals, kept) >= costOf(best) - ROUNDING) return
    const [next] = rest
    if (unmet(goals, kept).length === 0) best = kept
    else if (next) {
      visit(at + 1, kept, cost)
      visit(at + 1, [...kept, next], cost + next.cost)
    }
  }
  visit(0, free, costOf(free))
  const chosen = candidates.filter((one) => best.includes(one))
  const cost = costOf(chosen)
  const bound = round(costOf(free) + leastCost(priced, goals, free))
  const atLeast = sets <= mostSets ? cost : Math.min(cost, bound)
  return { measures: chosen, cost, atLeast, exact: atLeast === cost }
}

const costOf = (set: readonly Candidate[]) => round(set.reduce((sum, { cost }) => sum + cost, 0))
const round = (cost: number) => Math.round(cost * 1e6) / 1e6

function greedy(candidates: readonly Candidate[], goals: readonly Goal[], start: readonly Candidate[]): Candidate[] {
  const chosen = [...start]
  const left = new Set(candidates.filter((one) => !start.includes(one)))
  for (let open = unmet(goals, chosen); open.length > 0 && left.size > 0; open = unmet(goals, chosen)) {
    let next: { one: Candidate; worth: number } | undefined
    for (const one of left) {
      const worth = progress(one, open) / one.cost
      if (!next || worth > next.worth) next = { one, worth }
    }
    if (!next) break
    chosen.push(next.one)
    left.delete(next.one)
  }
  for (const one of chosen.filter(({ cost }) => cost > 0).toSorted((a, b) => b.cost - a.cost)) {
    const without = chosen.filter((other) => other !== one)
    if (unmet(goals, without).length === 0) chosen.splice(chosen.indexOf(one), 1)
  }
  return chosen
}

interface OpenGoal {
  goal: Goal
  /** What is still missing on each way. */
  missing: readonly Sides<number>[]
}

function unmet(goals: readonly Goal[], chosen: readonly Candidate[]): OpenGoal[] {
  return goals.flatMap((goal) => {
    const has = { likelihood: 0, impact: 0 }
    for (const { measure } of chosen) {
      const adds = goal.adds.get(measure)
      has.likelihood += adds?.likelihood ?? 0
      has.impact += adds?.impact ?? 0
    }
    const missing = goal.ways.map(({ likelihood, impact }) => ({
      likelihood: Math.max(0, likelihood - has.likelihood),
      impact: Math.max(0, impact - has.impact),
    }))
    return missing.length === 0 || missing.some(isMet) ? [] : [{ goal, missing }]
  })
}

/** The share of what is missing that a measure adds, on the way where that is most. */
function progress({ measure }: Candidate, open: readonly OpenGoal[]): number {
  return open.reduce((sum, { goal, missing }) => {
    const adds = goal.adds.get(measure)
    if (!adds) return sum
    const shares = missing.map((way) => {
      const useful = Math.min(adds.likelihood, way.likelihood) + Math.min(adds.impact, way.impact)
      return useful / (way.likelihood + way.impact)
    })
    return sum + Math.max(...shares)
  }, 0)
}

/** No set costs less: for the goal that is dearest on its own, its cheapest way, with measures cut to size. */
function leastCost(rest: readonly Candidate[], goals: readonly Goal[], kept: readonly Candidate[]): number {
  const costs = unmet(goals, kept).map(({ goal, missing }) =>
    Math.min(...missing.map((way) => fill(rest, goal, way, 'likelihood') + fill(rest, goal, way, 'impact'))),
  )
  return Math.max(0, ...costs)
}

function fill(rest: readonly Candidate[], { adds }: Goal, way: Sides<number>, side: keyof Sides<number>): number {
  let missing = way[side]
  if (missing <= ROUNDING) return 0
  const useful = rest.flatMap(({ measure, cost }) => {
    const amount = adds.get(measure)?.[side] ?? 0
    return amount > 0 ? [{ amount, cost }] : []
  })
  let cost = 0
  for (const one of useful.toSorted((a, b) => a.cost / a.amount - b.cost / b.amount)) {
    if (one.amount >= missing) return cost + (one.cost * missing) / one.amount
    cost += one.cost
    missing -= one.amount
  }
  return missing <= ROUNDING ? cost : Number.POSITIVE_INFINITY
}
