// The part of the graph that belongs to one system: every component that its links lead to. Another system is a border:
// it is reached, but what lies behind it is its own. Links may form cycles; each asset is visited once, so the walk ends.
import type { Asset, Link, LinkKind } from '../model/asset.ts'

/** Along these the other end is somebody or something outside: its facts say nothing about the system. */
const OUTSIDE: ReadonlySet<LinkKind> = new Set(['ownedBy', 'exposedTo', 'decidesAbout'])

export interface Edge {
  from: Asset
  link: Link
  /** Absent: the link leads to nothing that the register holds. */
  to?: Asset
}

export interface Reach {
  /** The system's components, nearest first, the system itself excluded. */
  components: readonly Asset[]
  /** Every link of the system and its components, those to other systems and to the outside included. */
  edges: readonly Edge[]
}

export function reachOf(system: Asset, assets: readonly Asset[]): Reach {
  const byId = new Map(assets.filter((one) => one.retiredAt === undefined).map((one) => [one.id, one]))
  return walkFrom(system, (id) => byId.get(id))
}

/** `find`: what the register holds under an id now. */
export function walkFrom(system: Asset, find: (id: string) => Asset | undefined): Reach {
  const visited = new Set([system.id])
  const waiting = [system]
  const components: Asset[] = []
  const edges: Edge[] = []
  for (let from = waiting.shift(); from; from = waiting.shift()) {
    for (const link of from.links) {
      const to = link.to === system.id ? system : find(link.to)
      edges.push(to ? { from, link, to } : { from, link })
      if (!to || visited.has(to.id) || to.kind === 'system' || OUTSIDE.has(link.kind)) continue
      visited.add(to.id)
      components.push(to)
      waiting.push(to)
    }
  }
  return { components, edges }
}
