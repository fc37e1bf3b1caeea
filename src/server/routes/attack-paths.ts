// What can reach what: the graph by neighbourhood of a system, the attack paths in it, and what would close them.
import { z } from 'zod'
import type { AttackGraph } from '../../app/graph/attack-graph.ts'
import { changeGraph, comparePaths } from '../../derive/graph/change-graph.ts'
import { toOpenGraph } from '../../derive/graph/open-graph.ts'
import { findPaths } from '../../derive/paths/find-paths.ts'
import { PATH_RULES } from '../../derive/paths/path-rules.ts'
import { Failure } from '../../lib/failure.ts'
import { suggest } from '../../lib/suggest.ts'
import { SEVERITIES } from '../../model/finding.ts'
import {
  type AttackPath,
  EFFECTS,
  type GraphEdge,
  type GraphNode,
  GOALS,
  KNOWN_BY,
  NODE_KINDS,
} from '../../model/graph.ts'
import { MODES } from '../../model/policy.ts'
import { defineRoute } from '../route.ts'
import { AssetId, pageIn, stamped, stampedPage, stampOf } from './posture-shapes.ts'
import { paging } from './shapes.ts'

const MOST_NODES = 5000
const MOST_CHANGES = 50
const Id = z.string().min(1).max(500)
const Attributes = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string()).readonly()]))
const Node = z.object({ id: z.string(), kind: z.enum(NODE_KINDS), name: z.string(), attributes: Attributes })
const Edge = z.object({
  id: z.string(),
  kind: z.string(),
  from: z.string(),
  to: z.string(),
  known: z.enum(KNOWN_BY).describe('said by its owner, concluded, or seen happening'),
  evidence: z.array(z.string()).readonly(),
  attributes: Attributes,
  guards: z
    .array(z.object({ control: z.string(), mode: z.enum(MODES), proven: z.boolean() }))
    .readonly()
    .describe('controls on it; one closes it when it is enforced and proven'),
})
const words = z.array(z.string()).readonly()
const Path = z.object({
  id: z.string(),
  rule: z.string(),
  title: z.string(),
  goal: z.enum(GOALS),
  severity: z.enum(SEVERITIES),
  risk: z.number().describe('0 to 100'),
  target: z.string(),
  targetName: z.string(),
  systems: words.describe('whose parts are on the shortest way'),
  sources: words.describe('where attackers can begin; the first few'),
  sourceCount: z.int(),
  routes: z.int().describe('ways that share no edge'),
  cutIsMinimum: z.boolean(),
  cut: z.array(z.object({ edge: z.string(), controls: words })).readonly(),
  exposure: z.number().describe('share of identities and endpoints that reach the target'),
  blastRadius: z.number().describe('share of sensitive stores that its sources reach'),
})
const MOST_SOURCES = 20

function shownPath({ inputs: _inputs, shortest, sources, cut, ...path }: AttackPath, from: AttackGraph) {
  const nodes = nodesOf(from)
  const systems = systemsOn(from, { shortest })
  const shown = { sources: sources.slice(0, MOST_SOURCES), sourceCount: sources.length, cut: [...cut] }
  return { ...path, ...shown, systems, targetName: nodes.get(path.target)?.name ?? path.target }
}

const indexes = new WeakMap<AttackGraph['graph'], { nodes: Map<string, GraphNode>; edges: Map<string, GraphEdge> }>()

function indexOf({ graph }: Pick<AttackGraph, 'graph'>) {
  const known = indexes.get(graph)
  if (known !== undefined) return known
  const made = {
    nodes: new Map(graph.nodes.map((one) => [one.id, one])),
    edges: new Map(graph.edges.map((one) => [one.id, one])),
  }
  indexes.set(graph, made)
  return made
}
const nodesOf = (from: Pick<AttackGraph, 'graph'>) => indexOf(from).nodes

/** A made-up node (`entry:…`, `input:…`) belongs to the asset that it is named after. */
export function systemsOf({ systemsOf: members }: AttackGraph, node: string): readonly string[] {
  return members.get(node) ?? members.get(node.slice(node.indexOf(':') + 1)) ?? []
}

/** What its shortest way goes through, ends and all. */
export function nodesOnPath(from: AttackGraph, { shortest }: Pick<AttackPath, 'shortest'>): Set<string> {
  const { edges } = indexOf(from)
  const ends = shortest.flatMap((id) => {
    const edge = edges.get(id)
    return edge ? [edge.from, edge.to] : []
  })
  return new Set(ends)
}

function systemsOn(from: AttackGraph, path: Pick<AttackPath, 'shortest'>): string[] {
  // What only one system has says more than what all share.
  const groups = [...nodesOnPath(from, path)].map((end) => systemsOf(from, end)).filter((some) => some.length > 0)
  const fewest = Math.min(...groups.map((some) => some.length))
  return [...new Set(groups.filter((some) => some.length === fewest).flat())].toSorted()
}

const showGraph = defineRoute({
  id: 'show-graph',
  method: 'GET',
  path: '/api/graph',
  command: 'paths graph',
  summary: 'Shows what can reach what: all of it, or around one system or node',
  needs: 'risk:read',
  query: z.strictObject({
    system: AssetId.optional().describe('only what is part of this system, and what touches it'),
    around: Id.optional().describe('only what is near this node'),
    depth: z.coerce.number().int().min(1).max(6).default(2).describe('how many edges away from that node'),
    limit: z.coerce.number().int().min(1).max(MOST_NODES).default(1000).describe('most nodes'),
  }),
  reply: stamped({
    nodes: z.array(Node),
    edges: z.array(Edge),
    total: z.int().describe('nodes that were asked for'),
    truncated: z.boolean(),
  }),
  async handle({ app, query }) {
    const from = await app.attackGraphs.current()
    const wanted = wantedNodes(from, query)
    const kept = new Set(wanted.slice(0, query.limit))
    return {
      ...stampOf(from.view),
      nodes: from.graph.nodes.filter(({ id }) => kept.has(id)),
      edges: from.graph.edges.filter((edge) => kept.has(edge.from) && kept.has(edge.to)),
      total: wanted.length,
      truncated: wanted.length > kept.size,
    }
  },
})

function wantedNodes(
  from: AttackGraph,
  query: { system?: string | undefined; around?: string | undefined; depth: number },
) {
  const { system, around, depth } = query
  if (system !== undefined) from.view.standing(system)
  if (around !== undefined && !nodesOf(from).has(around)) throw noNode(from, around)
  const ids = from.graph.nodes.map(({ id }) => id)
  const members = system === undefined ? ids : ids.filter((id) => systemsOf(from, id).includes(system))
  const near = around === undefined ? undefined : nearTo(from, [around], depth)
  const both = near === undefined ? members : near.filter((id) => system === undefined || members.includes(id))
  return system === undefined || near !== undefined ? both : [...new Set([...members, ...nearTo(from, [system], 1)])]
}

/** Nearest first, in any direction. */
function nearTo({ graph }: AttackGraph, begin: readonly string[], depth: number): string[] {
  const touching = new Map<string, string[]>()
  const add = (a: string, b: string) => {
    const list = touching.get(a)
    if (list === undefined) touching.set(a, [b])
    else list.push(b)
  }
  for (const { from, to } of graph.edges) {
    add(from, to)
    add(to, from)
  }
  const seen = new Set(begin)
  let edge = [...seen]
  for (let step = 0; step < depth && edge.length > 0; step++) {
    edge = edge.flatMap((id) => (touching.get(id) ?? []).filter((other) => !seen.has(other) && seen.add(other)))
  }
  return [...seen]
}

function noNode(from: Pick<AttackGraph, 'graph'>, id: string): Failure {
  const near = suggest(id, nodesOf(from).keys())
  const hint = near ? `did you mean "${near}"?` : 'list them: parapet paths graph'
  return new Failure('not_found', `the graph has nothing called "${id.slice(0, 100)}"`, { hint })
}

const listPaths = defineRoute({
  id: 'list-attack-paths',
  method: 'GET',
  path: '/api/attack-paths',
  command: 'paths',
  summary:
    'Lists the ways on which an attacker gets through, highest risk first, with the fewest edges that close each',
  needs: 'risk:read',
  query: z.strictObject({
    system: AssetId.optional(),
    rule: z.enum(PATH_RULES.map(({ id }) => id)).optional(),
    severity: z.enum(SEVERITIES).optional().describe('this one or a higher one'),
    text: z.string().min(1).max(200).optional().describe('in its title or target'),
    through: Id.optional().describe('only ways whose shortest goes through this node'),
    ...paging,
  }),
  reply: stampedPage(Path).extend({ truncated: words.describe('rules that have more paths than are kept') }),
  async handle({ app, query }) {
    const from = await app.attackGraphs.current()
    const { system, rule, severity, text, through } = query
    if (system !== undefined) from.view.standing(system)
    const least = severity === undefined ? 0 : SEVERITIES.indexOf(severity)
    const all = from.found.paths
      .filter((path) => SEVERITIES.indexOf(path.severity) >= least && (rule === undefined || path.rule === rule))
      .filter((path) => through === undefined || nodesOnPath(from, path).has(through))
      .map((path) => shownPath(path, from))
      .filter(({ systems }) => system === undefined || systems.includes(system))
      .filter(({ title, target, targetName }) => text === undefined || has(`${title}\n${target}\n${targetName}`, text))
    const { items, total, next } = pageIn(all, query, ({ id }) => id)
    return { ...stampOf(from.view), items, total, next, truncated: from.found.truncated }
  },
})

const has = (text: string, part: string) => text.toLowerCase().includes(part.toLowerCase())

const Inputs = z.object({
  routes: z.array(z.number()).readonly().describe('likelihood of each way'),
  impact: z.number(),
  sensitivity: z.number(),
  effect: z.enum(EFFECTS),
})

const showPath = defineRoute({
  id: 'show-attack-path',
  method: 'GET',
  path: '/api/attack-paths/:path',
  command: 'paths show',
  summary: 'Shows one attack path step by step, with the evidence of each step and how its risk came about',
  needs: 'risk:read',
  params: z.strictObject({ path: Id.describe('id of the path, as in AP-01:outside') }),
  reply: stamped({
    ...Path.shape,
    steps: z.array(Edge).describe('edges of the shortest way, in the order in which they are gone'),
    nodes: z.array(Node).describe('what the steps and the cut are between'),
    cutEdges: z.array(Edge),
    threats: words,
    inputs: Inputs.describe('100 × (1 − product of (1 − likelihood of each way)) × impact is the risk'),
  }),
  async handle({ app, params }) {
    const from = await app.attackGraphs.current()
    const path = from.found.paths.find(({ id }) => id === params.path)
    if (path === undefined)
      throw new Failure('not_found', `there is no attack path "${params.path.slice(0, 100)}" now`, {
        hint: 'it may have been closed; list them: parapet paths',
      })
    const { edges } = indexOf(from)
    const edgesOf = (ids: readonly string[]) => ids.flatMap((id) => edges.get(id) ?? [])
    const steps = edgesOf(path.shortest)
    const cutEdges = edgesOf(path.cut.map(({ edge }) => edge))
    const ends = new Set([path.target, ...[...steps, ...cutEdges].flatMap(({ from: a, to: b }) => [a, b])])
    return {
      ...stampOf(from.view),
      ...shownPath(path, from),
      steps,
      cutEdges,
      nodes: from.graph.nodes.filter(({ id }) => ends.has(id)),
      threats: PATH_RULES.find(({ id }) => id === path.rule)?.threats ?? [],
      inputs: path.inputs,
    }
  },
})

const MOST_SHOWN = 200
const whatIfPaths = defineRoute({
  id: 'what-if-attack-paths',
  method: 'POST',
  path: '/api/attack-paths/what-if',
  command: 'paths what-if',
  summary: 'Says which attack paths would end or begin if controls were proven, taken away, or parts removed',
  needs: 'risk:read',
  body: z.strictObject({
    changes: z
      .array(
        z.discriminatedUnion('change', [
          z.strictObject({
            change: z.enum(['add-control', 'take-control']),
            at: Id.describe('id of an edge, or of a node: then on all its edges'),
            control: z.string().min(1).max(200),
          }),
          z.strictObject({ change: z.literal('remove'), at: Id }),
        ]),
      )
      .min(1)
      .max(MOST_CHANGES),
  }),
  reply: stamped({
    ended: z.array(Path),
    begun: z.array(Path),
    changed: z.array(Path.extend({ riskBefore: z.number(), routesBefore: z.int() })),
    before: z.int().describe('paths today'),
    after: z.int(),
  }),
  async handle({ app, body }) {
    const from = await app.attackGraphs.current()
    for (const one of body.changes)
      if (one.change !== 'remove' && !from.view.catalog.controlsById.has(one.control))
        throw new Failure('input_invalid', `the catalogue has no control "${one.control.slice(0, 100)}"`, {
          hint: suggestionFor(one.control, from.view.catalog.controlsById.keys()),
        })
    const graph = changeGraph(from.graph, body.changes)
    if ('missing' in graph) throw noNode(from, graph.missing)
    const found = findPaths(graph)
    const then = { ...from, graph, found }
    const { ended, begun, changed } = comparePaths(from.found.paths, found.paths)
    return {
      ...stampOf(from.view),
      ended: ended.slice(0, MOST_SHOWN).map((path) => shownPath(path, from)),
      begun: begun.slice(0, MOST_SHOWN).map((path) => shownPath(path, then)),
      changed: changed.slice(0, MOST_SHOWN).map(({ path, ...before }) => Object.assign(shownPath(path, then), before)),
      before: from.found.paths.length,
      after: found.paths.length,
    }
  },
})

function suggestionFor(word: string, known: Iterable<string>): string {
  const near = suggest(word, known)
  return near ? `did you mean "${near}"?` : 'list them: parapet catalog controls'
}

const exportGraph = defineRoute({
  id: 'export-attack-graph',
  method: 'GET',
  path: '/api/graph/opengraph',
  command: 'paths export',
  summary: 'Gives the whole graph as BloodHound OpenGraph',
  needs: 'risk:read',
  reply: z.object({
    metadata: z.object({ source_kind: z.string() }),
    graph: z.object({
      nodes: z.array(z.object({ id: z.string(), kinds: z.array(z.string()), properties: Attributes })),
      edges: z.array(
        z.object({
          kind: z.string(),
          start: z.object({ value: z.string(), match_by: z.literal('id') }),
          end: z.object({ value: z.string(), match_by: z.literal('id') }),
          properties: Attributes,
        }),
      ),
    }),
  }),
  handle: async ({ app }) => toOpenGraph((await app.attackGraphs.current()).graph),
})

export const attackPathRoutes = [showGraph, listPaths, showPath, whatIfPaths, exportGraph] as const
