// What stands in the graph, in words, and in which lane of a picture: from where an attacker comes in to what is worth
// having, then what it is built from. A lane has a colour; the word is always beside it.
import type { GraphEdge, KnownBy, NodeKind } from '../../../src/model/graph.ts'

export const LANES = ['entry', 'mind', 'hand', 'data', 'origin'] as const
export type Lane = (typeof LANES)[number]

export const LANE_WORDS: Readonly<Record<Lane, string>> = {
  entry: 'Ways in',
  mind: 'Agents and models',
  hand: 'Tools and ways out',
  data: 'Data and secrets',
  origin: 'Where it comes from',
}

const KINDS: Readonly<Record<NodeKind, readonly [name: string, lane: Lane]>> = {
  identity: ['Identity', 'entry'],
  'user-group': ['People', 'entry'],
  endpoint: ['Endpoint', 'entry'],
  ui: ['Page', 'entry'],
  'content-source': ['Content from outside', 'entry'],
  agent: ['Agent', 'mind'],
  prompt: ['Prompt', 'mind'],
  model: ['Model', 'mind'],
  provider: ['Provider', 'mind'],
  gateway: ['Gateway', 'mind'],
  guardrail: ['Guardrail', 'mind'],
  memory: ['Memory', 'mind'],
  skill: ['Skill', 'mind'],
  tool: ['Tool', 'hand'],
  'mcp-server': ['MCP server', 'hand'],
  retriever: ['Retriever', 'hand'],
  'external-host': ['Host outside', 'hand'],
  workload: ['Workload', 'hand'],
  'vector-store': ['Vector store', 'data'],
  dataset: ['Dataset', 'data'],
  'data-store': ['Data store', 'data'],
  secret: ['Secret', 'data'],
  credential: ['Credential', 'data'],
  repository: ['Repository', 'origin'],
  pipeline: ['Pipeline', 'origin'],
  image: ['Image', 'origin'],
  registry: ['Registry', 'origin'],
  artefact: ['Model file', 'origin'],
  vendor: ['Vendor', 'origin'],
  finding: ['Finding', 'origin'],
  control: ['Control', 'origin'],
}

const isKind = (word: string): word is NodeKind => Object.hasOwn(KINDS, word)
export const NODE_KINDS: readonly NodeKind[] = Object.keys(KINDS).filter(isKind)
export const kindWord = (kind: NodeKind) => KINDS[kind][0]
export const laneOf = (kind: NodeKind) => KINDS[kind][1]

export const KNOWN_WORDS: Readonly<Record<KnownBy, string>> = {
  declared: 'declared',
  inferred: 'concluded, so it counts as open',
  observed: 'seen happening',
}

/** `runs-as` → `runs as`: between two names. */
export const edgeWords = (kind: GraphEdge['kind'] | (string & {})) => kind.replaceAll('-', ' ')
