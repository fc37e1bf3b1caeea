// The whole graph in few words, for a picture of it: every node with its systems and the worst way through it, every edge
// once. What is known of one node, with its evidence, is asked for around that node.
import { z } from 'zod'
import type { AttackGraph } from '../../app/graph/attack-graph.ts'
import { indexGraph } from '../../derive/paths/indexed-graph.ts'
import { SEVERITIES, type Severity } from '../../model/finding.ts'
import { KNOWN_BY, NODE_KINDS } from '../../model/graph.ts'
import { defineRoute } from '../route.ts'
import { nodesOnPath, systemsOf } from './attack-paths.ts'
import { AssetId, stamped, stampOf } from './posture-shapes.ts'

const MOST_NODES = 10_000
/** A hub of a large organisation has tens of thousands of edges; a picture shows nothing more by the last of them. */
const MOST_EDGES = 50_000

const mapNode = z.object({
  id: z.string(),
  kind: z.enum(NODE_KINDS),
  name: z.string(),
  systems: z.array(z.string()).readonly().describe('whose part it is'),
  paths: z.int().describe('attack paths whose shortest way goes through it'),
  severity: z.enum(SEVERITIES).optional().describe('of the worst of them'),
})

export const showGraphMap = defineRoute({
  id: 'show-graph-map',
  method: 'GET',
  path: '/api/graph/map',
  command: 'paths map',
  summary: 'Shows the graph in few words: its nodes with their systems and the worst way through each, and its edges',
  needs: 'risk:read',
  query: z.strictObject({
    system: AssetId.optional().describe('only what is part of this system'),
    limit: z.coerce.number().int().min(1).max(MOST_NODES).default(5000).describe('most nodes'),
  }),
  reply: stamped({
    nodes: z.array(mapNode),
    edges: z.array(
      z.object({
        from: z.string(),
        to: z.string(),
        kind: z.string(),
        known: z.enum(KNOWN_BY),
        closed: z.boolean().describe('by a control that is enforced and proven'),
      }),
    ),
    systems: z.array(z.object({ id: z.string(), name: z.string() })).describe('that the nodes are part of'),
    total: z.int().describe('nodes that were asked for'),
    truncated: z.boolean(),
  }),
  async handle({ app, query }) {
    const from = await app.attackGraphs.current()
    if (query.system !== undefined) from.view.standing(query.system)
    const worst = worstThrough(from)
    const wanted = from.graph.nodes
      .map(({ id, kind, name }) => ({ id, kind, name, systems: systemsOf(from, id), paths: 0, ...worst.get(id) }))
      .filter(({ systems }) => query.system === undefined || systems.includes(query.system))
    const nodes = wanted.slice(0, query.limit)
    const kept = new Set(nodes.map(({ id }) => id))
    const edges = from.graph.edges.filter((edge) => kept.has(edge.from) && kept.has(edge.to))
    const { edges: gone, isClosed } = indexGraph(from.graph)
    const closed = new Set(gone.flatMap(({ id }, i) => (isClosed(i) ? [id] : [])))
    const names = new Map(from.graph.nodes.map(({ id, name }) => [id, name]))
    return {
      ...stampOf(from.view),
      nodes,
      edges: edges.slice(0, MOST_EDGES).map((edge) => ({
        from: edge.from,
        to: edge.to,
        kind: edge.kind,
        known: edge.known,
        closed: closed.has(edge.id),
      })),
      systems: [...new Set(nodes.flatMap(({ systems }) => systems))]
        .toSorted()
        .map((id) => ({ id, name: names.get(id) ?? id })),
      total: wanted.length,
      truncated: wanted.length > nodes.length || edges.length > MOST_EDGES,
    }
  },
})

function worstThrough(from: AttackGraph): Map<string, { paths: number; severity: Severity }> {
  const worst = new Map<string, { paths: number; severity: Severity }>()
  for (const path of from.found.paths)
    for (const id of nodesOnPath(from, path)) {
      const before = worst.get(id)
      const severity = before === undefined ? path.severity : higher(before.severity, path.severity)
      worst.set(id, { paths: (before?.paths ?? 0) + 1, severity })
    }
  return worst
}

const higher = (a: Severity, b: Severity) => (SEVERITIES.indexOf(a) >= SEVERITIES.indexOf(b) ? a : b)
