// What would be if: controls set before edges and nodes or taken away from them, edges and nodes gone. The graph itself
// stays as it is.
import type { AssetGraph, AttackPath, EdgeGuard } from '../../model/graph.ts'

export interface GraphChange {
  /** `remove` takes the edge or node away; the others a control on it, or on all that touch the node. */
  change: 'add-control' | 'take-control' | 'remove'
  /** Id of an edge or a node. */
  at: string
  control?: string | undefined
}

/** Undefined: the graph has nothing of that id. */
export function changeGraph(graph: AssetGraph, changes: readonly GraphChange[]): AssetGraph | { missing: string } {
  let { nodes, edges } = graph
  for (const { change, at, control = '' } of changes) {
    const isAt = ({ id, from, to }: AssetGraph['edges'][number]) => id === at || from === at || to === at
    if (!nodes.some(({ id }) => id === at) && !edges.some(({ id }) => id === at)) return { missing: at }
    if (change === 'remove') {
      nodes = nodes.filter(({ id }) => id !== at)
      edges = edges.filter((edge) => !isAt(edge))
    } else {
      edges = edges.map((edge) => (isAt(edge) ? { ...edge, guards: guarded(edge.guards, change, control) } : edge))
    }
  }
  return { nodes, edges }
}

function guarded(guards: readonly EdgeGuard[], change: GraphChange['change'], control: string): EdgeGuard[] {
  const others = guards.filter((guard) => guard.control !== control)
  return change === 'add-control' ? [...others, { control, mode: 'enforce', proven: true }] : others
}

export interface PathsDifference {
  /** Of today, those that are gone then. */
  ended: readonly AttackPath[]
  /** Of then, those that are not there today. */
  begun: readonly AttackPath[]
  /** In both, with another risk. */
  changed: readonly { path: AttackPath; riskBefore: number; routesBefore: number }[]
}

export function comparePaths(before: readonly AttackPath[], after: readonly AttackPath[]): PathsDifference {
  const [old, now] = [new Map(before.map((one) => [one.id, one])), new Map(after.map((one) => [one.id, one]))]
  return {
    ended: before.filter(({ id }) => !now.has(id)),
    begun: after.filter(({ id }) => !old.has(id)),
    changed: after.flatMap((path) => {
      const was = old.get(path.id)
      if (was === undefined || (was.risk === path.risk && was.routes === path.routes)) return []
      return [{ path, riskBefore: was.risk, routesBefore: was.routes }]
    }),
  }
}
