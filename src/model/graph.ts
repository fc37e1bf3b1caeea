// What can reach what: the AI of an organisation as nodes and edges, with where each is known from. Built from the
// register, from scans and from traffic; attack paths are derived from it and never stored.
import type { Severity } from './finding.ts'

export const NODE_KINDS = [
  'identity',
  'credential',
  'endpoint',
  'ui',
  'repository',
  'pipeline',
  'image',
  'workload',
  'agent',
  'prompt',
  'model',
  'provider',
  'gateway',
  'guardrail',
  'tool',
  'mcp-server',
  'skill',
  'vector-store',
  'retriever',
  'memory',
  'dataset',
  'data-store',
  'content-source',
  'registry',
  'artefact',
  'secret',
  'finding',
  'control',
  'external-host',
  'user-group',
  'vendor',
] as const
export type NodeKind = (typeof NODE_KINDS)[number]

/** Those of the first list let an attacker move along them; those of the second only say something. */
export const TRAVERSED_EDGES = [
  'exposes',
  'calls',
  'uses-tool',
  'delegates',
  'connects',
  'provides',
  'retrieves',
  'indexes',
  'ingests',
  'reads',
  'writes',
  'sends-to',
  'runs-as',
  'has-grant',
  'can-assume',
  'holds',
  'unlocks',
  'loads',
  'trained-on',
  'derived-from',
  'stored-in',
  'publishes',
  'builds',
  'remembers',
  'served-by',
] as const
export const TELLING_EDGES = [
  'guarded-by',
  'logs-to',
  'owned-by',
  'sanctioned-by',
  'has-finding',
  'evidenced-by',
] as const
export type TraversedEdge = (typeof TRAVERSED_EDGES)[number]
export type EdgeKind = TraversedEdge | (typeof TELLING_EDGES)[number]

/** How it is known: said by its owner, concluded from what was found, seen happening. */
export const KNOWN_BY = ['declared', 'inferred', 'observed'] as const
export type KnownBy = (typeof KNOWN_BY)[number]

export type Attribute = string | number | boolean | readonly string[]

export interface GraphNode {
  id: string
  kind: NodeKind
  name: string
  attributes: Readonly<Record<string, Attribute>>
}

/** A control on an edge. It closes the edge only when it is enforced and proven. */
export interface EdgeGuard {
  control: string
  mode: 'off' | 'observe' | 'enforce'
  proven: boolean
}

export interface GraphEdge {
  id: string
  kind: EdgeKind
  from: string
  to: string
  known: KnownBy
  /** Who told of it, and where: a file and line, an asset's declaration, a call. */
  evidence: readonly string[]
  attributes: Readonly<Record<string, Attribute>>
  guards: readonly EdgeGuard[]
}

export interface AssetGraph {
  nodes: readonly GraphNode[]
  edges: readonly GraphEdge[]
}

export const GOALS = [
  'exfiltration',
  'tampering',
  'takeover',
  'poisoning',
  'supply-chain',
  'indirect-injection',
  'disclosure',
  'theft',
  'privilege',
  'persistence',
  'leak',
  'bypass',
  'compliance',
] as const
export type Goal = (typeof GOALS)[number]

/** What an attacker does at the end of the way; it weighs. */
export const EFFECTS = ['exec', 'money', 'write', 'read'] as const
export type Effect = (typeof EFFECTS)[number]

export interface Cut {
  edge: string
  /** Controls of the AI Exchange that close such an edge, the likeliest first. */
  controls: readonly string[]
}

export interface AttackPath {
  /** `AP-01:<goal node>`: the same as long as rule and goal are. */
  id: string
  rule: string
  title: string
  goal: Goal
  severity: Severity
  /** The node that is reached in the end. */
  target: string
  /** Where attackers can begin. */
  sources: readonly string[]
  /** Edges of the shortest way, in the order in which they are gone. */
  shortest: readonly string[]
  /** How many ways there are that share no edge. */
  routes: number
  /** Fewest edges whose removal ends every way, each with what closes it. */
  cut: readonly Cut[]
  /** False: there may be a smaller one. */
  cutIsMinimum: boolean
  /** Of all identities and endpoints, the share that reaches the target; 0 to 1. */
  exposure: number
  /** Of all sensitive stores, the share that its sources reach; 0 to 1. */
  blastRadius: number
  /** 0 to 100. */
  risk: number
  /** How the risk came about, to be checked by hand. */
  inputs: {
    /** Likelihood of each of the routes that share no edge. */
    routes: readonly number[]
    impact: number
    sensitivity: number
    effect: Effect
  }
}
