// The lethal trifecta on the real graph: one agent that reads what others may have written, reads what is sensitive, and
// can send data out. Shown as one path with the links that cut it. Only what is known to be there makes a path; what is
// not known raises the threat by its facts instead.
import type { LinkKind } from '../model/asset.ts'
import { claimedPowers, type Given, plainPowers, type Power } from './powers.ts'
import type { ProfileInput } from './profile.ts'
import { type Edge, reachOf } from './reach.ts'

export interface Step {
  from: string
  kind: LinkKind
  to: string
}

export interface Leg {
  power: Power
  /** The asset that gives it. */
  at: string
  because: string
  /** From the agent; empty when the agent itself has it. */
  steps: readonly Step[]
}

export interface AgentPowers {
  /** The agent, or the system where it has none. */
  agent: string
  legs: readonly Leg[]
  /** All three meet. */
  isTrifecta: boolean
  /** Every link of it, from the system over the agent to each leg. */
  path: readonly Step[]
  /** Links of the path of which each alone cuts it. */
  cuts: readonly Step[]
  /** At most two of: untrusted input, sensitive data, a way to act or send. */
  ruleOfTwo: { holds: readonly ('A' | 'B' | 'C')[]; isKept: boolean; needs?: string }
}

/** Of each agent that the system reaches. */
export function agentPowers(input: ProfileInput): AgentPowers[] {
  const edges = reachOf(input.system, input.components).edges.filter(({ link }) => link.kind !== 'ownedBy')
  const given = claimedPowers(input.catalog, input.claims)
  return agentsOf(input.system.id, edges).map((agent) => {
    const legs = legsOf(input, edges, agent, given)
    const isTrifecta = legs.length === input.catalog.trifecta.allOf.length
    const way = waysFrom(input.system.id, edges).get(agent) ?? []
    const path = isTrifecta ? unique([...way.map(toStep), ...legs.flatMap(({ steps }) => [...steps])]) : []
    const isCut = (step: Step) => {
      const rest = edges.filter((edge) => !sameStep(toStep(edge), step))
      const isReached = agent === input.system.id || waysFrom(input.system.id, rest).has(agent)
      return !isReached || legsOf(input, rest, agent, given).length < legs.length
    }
    return { agent, legs, isTrifecta, path, cuts: path.filter(isCut), ruleOfTwo: ruleOfTwo(input, edges, agent, legs) }
  })
}

function agentsOf(system: string, edges: readonly Edge[]): string[] {
  const agents = edges.flatMap(({ to }) => (to?.kind === 'agent' ? [to.id] : []))
  return agents.length > 0 ? [...new Set(agents)] : [system]
}

/** The nearest asset that gives each power. */
function legsOf(
  { catalog, system, components }: ProfileInput,
  edges: readonly Edge[],
  agent: string,
  claimed: Claimed,
): Leg[] {
  const self = [system, ...components].find(({ id }) => id === agent)
  const found = new Map<Power, Leg>()
  const add = (givens: readonly Given[], at: string, way: readonly Edge[]) => {
    for (const { power, because } of givens) {
      if (!found.has(power)) found.set(power, { power, at, because, steps: way.map(toStep) })
    }
  }
  if (self) add(claimed(self), agent, [])
  const ways = new Map([[agent, []], ...waysFrom(agent, edges)])
  const all = edges.flatMap((edge) => {
    const way = ways.get(edge.from.id)
    return edge.to && way && !leadsOut(way) ? [{ edge, to: edge.to, way: [...way, edge] }] : []
  })
  for (const { edge, to, way } of all.toSorted((a, b) => a.way.length - b.way.length)) {
    add(claimed(to), to.id, way)
    add(plainPowers(edge.link.kind, to), to.id, way)
  }
  return catalog.trifecta.allOf.flatMap((power) => found.get(power) ?? [])
}

type Claimed = ReturnType<typeof claimedPowers>

/** The shortest way to every asset that can be reached, nearest first. Ends on cycles: each is reached once. */
function waysFrom(start: string, edges: readonly Edge[]): Map<string, readonly Edge[]> {
  const leaving = Map.groupBy(edges, ({ from }) => from.id)
  const ways = new Map<string, readonly Edge[]>([[start, []]])
  for (const [id, way] of ways) {
    if (leadsOut(way)) continue
    for (const edge of leaving.get(id) ?? []) if (edge.to && !ways.has(edge.to.id)) ways.set(edge.to.id, [...way, edge])
  }
  ways.delete(start)
  return ways
}

/** Whoever it is exposed to is no part of it. */
const leadsOut = (way: readonly Edge[]) => way.at(-1)?.link.kind === 'exposedTo'

function ruleOfTwo({ catalog }: ProfileInput, edges: readonly Edge[], agent: string, legs: readonly Leg[]) {
  const { factsA, factsB, factsC, ifThree } = catalog.ruleOfTwo
  const has = (facts: readonly string[]) => legs.some(({ power }) => facts.includes(power))
  const acts = edges.some(
    ({ from, link, to }) => from.id === agent && ACTING.has(link.kind) && to && to.kind !== 'model',
  )
  const holds = [
    ...(has(factsA) ? (['A'] as const) : []),
    ...(has(factsB) ? (['B'] as const) : []),
    ...(has(factsC) || acts ? (['C'] as const) : []),
  ]
  const isKept = holds.length < 3
  return { holds, isKept, ...(!isKept && { needs: ifThree }) }
}

const ACTING: ReadonlySet<LinkKind> = new Set(['calls', 'writes'])

const toStep = ({ from, link }: Edge): Step => ({ from: from.id, kind: link.kind, to: link.to })
const sameStep = (a: Step, b: Step) => a.from === b.from && a.kind === b.kind && a.to === b.to

function unique(steps: readonly Step[]): Step[] {
  return steps.filter((step, i) => steps.findIndex((other) => sameStep(step, other)) === i)
}
