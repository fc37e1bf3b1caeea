// A graph while it is put together from several sources: one node and one edge however many tell of it, the surest source
// counting, and the places of all of them kept as evidence.
import {
  type AssetGraph,
  type Attribute,
  type EdgeGuard,
  type EdgeKind,
  type GraphEdge,
  type GraphNode,
  type KnownBy,
  type NodeKind,
} from '../../model/graph.ts'

const MOST_EVIDENCE = 20

export interface EdgeSaid {
  known?: KnownBy
  evidence: string
  attributes?: Readonly<Record<string, Attribute>>
  guards?: readonly EdgeGuard[]
}

export class GraphDraft {
  readonly #nodes = new Map<string, GraphNode>()
  readonly #edges = new Map<string, GraphEdge>()

  node(kind: NodeKind, id: string, name: string, attributes: Record<string, Attribute | undefined> = {}): string {
    const before = this.#nodes.get(id)
    const said = Object.entries(attributes).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]]))
    this.#nodes.set(id, {
      id,
      kind: before?.kind ?? kind,
      name: before?.name ?? name,
      attributes: { ...before?.attributes, ...(Object.fromEntries(said) as Record<string, Attribute>) },
    })
    return id
  }

  edge(from: string, kind: EdgeKind, to: string, said: EdgeSaid): void {
    const { known = 'declared', evidence, attributes = {}, guards = [] } = said
    const id = `${from} ${kind} ${to}`
    const before = this.#edges.get(id)
    this.#edges.set(id, {
      id,
      kind,
      from,
      to,
      known: before === undefined ? known : surer(before.known, known),
      evidence: [...new Set([...(before?.evidence ?? []), evidence])].slice(0, MOST_EVIDENCE),
      attributes: { ...before?.attributes, ...attributes },
      guards: before === undefined ? guards : weakest(before.guards, guards),
    })
  }

  kindOf(id: string): NodeKind | undefined {
    return this.#nodes.get(id)?.kind
  }

  attributesOf(id: string): GraphNode['attributes'] {
    return this.#nodes.get(id)?.attributes ?? {}
  }

  /** Edges whose ends are both there. */
  done(): AssetGraph {
    const has = ({ from, to }: GraphEdge) => this.#nodes.has(from) && this.#nodes.has(to)
    return { nodes: [...this.#nodes.values()], edges: [...this.#edges.values()].filter(has) }
  }
}

const surer = (a: KnownBy, b: KnownBy) => (rank(a) >= rank(b) ? a : b)
/** Seen beats said, and said beats concluded. */
const rank = (known: KnownBy) => ({ inferred: 0, declared: 1, observed: 2 })[known] satisfies number

/** An edge that two systems share is closed only by what closes it for both. */
function weakest(some: readonly EdgeGuard[], others: readonly EdgeGuard[]): EdgeGuard[] {
  return some.flatMap((one) => {
    const other = others.find(({ control }) => control === one.control)
    if (other === undefined) return []
    return [{ control: one.control, mode: lower(one.mode, other.mode), proven: one.proven && other.proven }]
  })
}

const STRENGTH: readonly EdgeGuard['mode'][] = ['off', 'observe', 'enforce']
const lower = (a: EdgeGuard['mode'], b: EdgeGuard['mode']) => (STRENGTH.indexOf(a) <= STRENGTH.indexOf(b) ? a : b)
