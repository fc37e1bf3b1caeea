// All attack paths of a graph. Pure: the same graph gives the same paths.
import type { KNOWN_BY } from '../../model/graph.ts'
import { type AssetGraph, type AttackPath, type Effect, type GraphNode } from '../../model/graph.ts'
import { CUTTERS } from './cutters.ts'
import { type IndexedGraph, indexGraph } from './indexed-graph.ts'
import { createReach, type Reach } from './reach.ts'
import { RouteFinder } from './routes.ts'
import type { PathRule } from './rule.ts'
import { PATH_RULES } from './path-rules.ts'
import { walk } from './walk.ts'

/** Of one rule; more would be read by nobody. */
const MOST_PATHS = 500

export interface FoundPaths {
  /** The highest risk first. */
  paths: AttackPath[]
  /** Rules that were not followed to the end; there may be more paths. */
  truncated: string[]
}

export function findPaths(graph: AssetGraph, rules: readonly PathRule[] = PATH_RULES): FoundPaths {
  const indexed = indexGraph(graph)
  const reach = createReach(indexed)
  const paths: AttackPath[] = []
  const truncated: string[] = []
  for (const rule of rules) {
    const found = pathsOf(rule, indexed, reach)
    paths.push(...found.paths)
    if (found.isTruncated) truncated.push(rule.id)
  }
  return {
    paths: paths.toSorted((a, b) => b.risk - a.risk || (a.id < b.id ? -1 : 1)),
    truncated,
  }
}

function pathsOf(rule: PathRule, graph: IndexedGraph, reach: Reach) {
  const product = walk(rule, graph)
  const finder = new RouteFinder(product, graph.edges.length)
  const targets = Map.groupBy(product.ends, (end) => product.nodes[end] ?? 0)
  const paths: AttackPath[] = []
  let isTruncated = product.isTruncated
  for (const [target, ends] of [...targets].toSorted(([a], [b]) => a - b)) {
    const goal = graph.nodes[target]
    if (goal === undefined) continue
    if (paths.length >= MOST_PATHS) {
      isTruncated = true
      break
    }
    const starts = finder.beginnings(ends).filter((start) => {
      const source = graph.nodes[product.nodes[start] ?? 0]
      return source !== undefined && (rule.accept?.(source, goal, graph) ?? true)
    })
    if (starts.length === 0) continue
    const { ways, cut, cutIsMinimum } = finder.routes(starts, ends)
    const sources = [...new Set(starts.map((start) => product.nodes[start] ?? 0))]
    paths.push(pathOf({ rule, graph, reach, target, sources, ways, cut, cutIsMinimum }))
  }
  return { paths, isTruncated }
}

interface Found {
  rule: PathRule
  graph: IndexedGraph
  reach: Reach
  target: number
  sources: readonly number[]
  ways: readonly (readonly number[])[]
  cut: readonly number[]
  cutIsMinimum: boolean
}

function pathOf({ rule, graph, reach, target, sources, ways, cut, cutIsMinimum }: Found): AttackPath {
  const goal = graph.nodes[target]
  const begin = sources.flatMap((source) => graph.nodes[source] ?? [])
  const idOf = (edge: number) => graph.edges[edge]?.id ?? ''
  const [shortest = []] = ways
  const sensitivity = sensitivityOf(goal, shortest, graph)
  const impact = sensitivity * EFFECT_WEIGHTS[rule.effect]
  const likely = ways.map((way) => likelihoodOf(way, graph, begin))
  return {
    id: `${rule.id}:${goal?.id ?? ''}`,
    rule: rule.id,
    title: rule.title,
    goal: rule.goal,
    severity: typeof rule.severity === 'function' ? rule.severity(begin) : rule.severity,
    target: goal?.id ?? '',
    sources: begin.map(({ id }) => id).toSorted(),
    shortest: shortest.map(idOf),
    routes: ways.length,
    cut: cut.map((edge) => ({ edge: idOf(edge), controls: CUTTERS[graph.edges[edge]?.kind ?? 'exposes'] })),
    cutIsMinimum,
    exposure: reach.exposure(target),
    blastRadius: reach.blastRadius(sources),
    risk: round(100 * (1 - likely.reduce((no, one) => no * (1 - one), 1)) * impact),
    inputs: { routes: likely.map(round), impact: round(impact), sensitivity, effect: rule.effect },
  }
}

const round = (value: number) => Math.round(value * 10_000) / 10_000

const KNOWN_WEIGHTS: Record<(typeof KNOWN_BY)[number], number> = { declared: 0.9, inferred: 0.6, observed: 1 }
const EFFECT_WEIGHTS: Record<Effect, number> = { exec: 1, money: 1, write: 0.8, read: 0.6 }
const SENSITIVITIES: Readonly<Record<string, number>> = { restricted: 1, confidential: 0.8, internal: 0.5, public: 0.1 }
const UNKNOWN_SENSITIVITY = 0.5

function likelihoodOf(way: readonly number[], { edges }: IndexedGraph, sources: readonly GraphNode[]): number {
  const [first] = way
  const begin = sources.find(({ id }) => first !== undefined && touches(edges[first], id)) ?? sources[0]
  return way.reduce((all, edge) => all * KNOWN_WEIGHTS[edges[edge]?.known ?? 'inferred'], exposureOf(begin))
}

const touches = (edge: IndexedGraph['edges'][number] | undefined, id: string) => edge?.from === id || edge?.to === id

/** How open the place is where an attacker begins. */
function exposureOf(source: GraphNode | undefined): number {
  const { exposure, trust, verdict } = source?.attributes ?? {}
  if (exposure === 'admin') return 0.3
  if (exposure === 'public' || trust === 'untrusted' || verdict === 'malicious') return 1
  return 0.6
}

/** Of the target; where it has none of its own, the highest of what lies on the way to it. */
function sensitivityOf(goal: GraphNode | undefined, way: readonly number[], graph: IndexedGraph): number {
  const own = weightOf(goal)
  if (own !== undefined) return own
  const passed = way.flatMap((edge) => {
    const ends = [graph.from[edge], graph.to[edge]]
    return ends.flatMap((end) => weightOf(graph.nodes[end ?? -1]) ?? [])
  })
  return passed.length > 0 ? Math.max(...passed) : UNKNOWN_SENSITIVITY
}

function weightOf(node: GraphNode | undefined): number | undefined {
  const said = node?.attributes['sensitivity']
  return typeof said === 'string' ? SENSITIVITIES[said] : undefined
}
