// A graph made ready to be walked: nodes by number, edges by their ends, and what controls have closed left out.
import {
  type AssetGraph,
  type GraphEdge,
  type GraphNode,
  TRAVERSED_EDGES,
  type TraversedEdge,
} from '../../model/graph.ts'
import { CUTTERS } from './cutters.ts'

const TRAVERSED: ReadonlySet<string> = new Set(TRAVERSED_EDGES)

export interface IndexedGraph {
  readonly nodes: readonly GraphNode[]
  /** Only those an attacker can go along. */
  readonly edges: readonly (GraphEdge & { kind: TraversedEdge })[]
  /** Numbers of edges, by number of the node they leave and of the one they reach. */
  readonly out: readonly (readonly number[])[]
  readonly in: readonly (readonly number[])[]
  readonly from: Int32Array
  readonly to: Int32Array
  indexOf(id: string): number | undefined
  /** Whether a control closes it: enforced, proven, and of a kind that closes such an edge. */
  isClosed(edge: number): boolean
}

/** Sorted, so that one graph gives one answer, in whatever order it was put together. */
export function indexGraph(graph: AssetGraph): IndexedGraph {
  const [nodes, edges] = [graph.nodes.toSorted(byId), graph.edges.toSorted(byId)]
  const numbers = new Map(nodes.map(({ id }, i) => [id, i]))
  const guards = guardsOfNodes(edges)
  const kept = edges.filter(
    (edge): edge is GraphEdge & { kind: TraversedEdge } =>
      TRAVERSED.has(edge.kind) && numbers.has(edge.from) && numbers.has(edge.to),
  )
  const from = Int32Array.from(kept, (edge) => numbers.get(edge.from) ?? -1)
  const to = Int32Array.from(kept, (edge) => numbers.get(edge.to) ?? -1)
  /** Those on the edge, and those on its ends that close an edge of its kind. */
  const guarded = kept.map((edge): (typeof kept)[number] => {
    const ofEnds = [...(guards.get(edge.from) ?? []), ...(guards.get(edge.to) ?? [])]
    if (ofEnds.length === 0) return edge
    const ofKind = ofEnds.filter(({ control }) => closes(edge.kind, control))
    return Object.assign({}, edge, { guards: [...edge.guards, ...ofKind] })
  })
  const [out, into] = [lists(from, nodes.length), lists(to, nodes.length)]
  const closed = Uint8Array.from(guarded, ({ kind, guards: all }) =>
    all.some(({ mode, proven, control }) => mode === 'enforce' && proven && closes(kind, control)) ? 1 : 0,
  )
  return {
    nodes,
    edges: guarded,
    out,
    in: into,
    from,
    to,
    indexOf: (id) => numbers.get(id),
    isClosed: (edge) => closed[edge] === 1,
  }
}

const closes = (kind: TraversedEdge, control: string) => CUTTERS[kind].includes(control)

const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

/** A control on a node stands on each of the node's edges. */
function guardsOfNodes(edges: readonly GraphEdge[]): Map<string, GraphEdge['guards'][number][]> {
  const guards = new Map<string, GraphEdge['guards'][number][]>()
  for (const { kind, from, guards: own } of edges) {
    if (kind !== 'guarded-by') continue
    const list = guards.get(from)
    if (list === undefined) guards.set(from, [...own])
    else list.push(...own)
  }
  return guards
}

function lists(ends: Int32Array, nodes: number): number[][] {
  const out: number[][] = Array.from({ length: nodes }, () => [])
  for (let i = 0; i < ends.length; i++) out[ends[i] ?? 0]?.push(i)
  return out
}
