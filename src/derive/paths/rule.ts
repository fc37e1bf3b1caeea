// A path rule is a pattern over kinds of edges, read like a regular expression: where a way may begin, what it goes along,
// and what has to be true of the nodes on it. One search serves all rules.
import type { Severity } from '../../model/finding.ts'
import type { Attribute, Effect, Goal, GraphEdge, GraphNode, NodeKind, TraversedEdge } from '../../model/graph.ts'
import type { IndexedGraph } from './indexed-graph.ts'

export type NodeTest = (node: GraphNode) => boolean
export type EdgeTest = (edge: GraphEdge, graph: IndexedGraph) => boolean

interface Along {
  kinds: readonly TraversedEdge[]
  /** Against the direction of the edge, as data flows out of a store that is read. */
  back: boolean
  to: NodeTest
  when: EdgeTest
}

export type Step =
  | (Along & { step: 'once' | 'maybe' | 'any' })
  /** There and back again: what is on it has to be there, and the way goes on where it left. */
  | { step: 'detour'; steps: readonly Extract<Step, { step: 'once' | 'maybe' | 'any' }>[] }

export interface PathPattern {
  from: NodeTest
  steps: readonly Step[]
}

export interface PathRule {
  id: string
  title: string
  goal: Goal
  /** By where an attacker begins, where that makes a difference. */
  severity: Severity | ((sources: readonly GraphNode[]) => Severity)
  effect: Effect
  /** Threats of the catalogue that take this way. */
  threats: readonly string[]
  patterns: readonly PathPattern[]
  /** What has to be true of beginning and end together. */
  accept?(source: GraphNode, target: GraphNode, graph: IndexedGraph): boolean
}

export const definePathRule = (rule: PathRule): PathRule => rule

interface AlongOptions {
  to?: NodeTest
  when?: EdgeTest
  back?: true
}

type Kinds = TraversedEdge | readonly TraversedEdge[]

const always = () => true

function along(kinds: Kinds, { to = always, when = always, back }: AlongOptions): Along {
  return { kinds: typeof kinds === 'string' ? [kinds] : kinds, back: back === true, to, when }
}

export const once = (kinds: Kinds, options: AlongOptions = {}) => ({ step: 'once' as const, ...along(kinds, options) })
export const maybe = (kinds: Kinds, options: AlongOptions = {}) => ({
  step: 'maybe' as const,
  ...along(kinds, options),
})
export const any = (kinds: Kinds, options: AlongOptions = {}) => ({ step: 'any' as const, ...along(kinds, options) })
export const detour = (...steps: Extract<Step, { step: 'detour' }>['steps'][number][]): Step => ({
  step: 'detour',
  steps,
})

/** A node of a kind whose attributes are as given; a list means one of these, and an attribute that is a list has to hold it. */
export function node(
  kinds: NodeKind | readonly NodeKind[],
  attributes: Readonly<Record<string, Attribute>> = {},
): NodeTest {
  const wanted = typeof kinds === 'string' ? [kinds] : kinds
  return (one) => wanted.includes(one.kind) && hasAll(one.attributes, attributes)
}

export function hasAll(has: Readonly<Record<string, Attribute>>, wanted: Readonly<Record<string, Attribute>>): boolean {
  return Object.entries(wanted).every(([name, value]) => {
    const real = has[name]
    const values: readonly (Attribute | undefined)[] = Array.isArray(real) ? real : [real as Attribute | undefined]
    return Array.isArray(value) ? value.some((one: string) => values.includes(one)) : values.includes(value)
  })
}
