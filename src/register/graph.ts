// What can be reached from an asset along its links, level by level. Cycles end because each asset is visited once; the
// walk ends at a bound, and says so.
import type { Asset } from '../model/asset.ts'
import type { HeldLink, RegisterStore } from './register-store.ts'
import { mustFind } from './register.ts'

const MOST_USERS = 200

export interface GraphNode {
  asset: Asset
  /** Links away from where the walk began. */
  depth: number
}

export interface Graph {
  nodes: GraphNode[]
  /** Only between nodes that are shown. */
  edges: HeldLink[]
  /** Assets that link to the first one, the first few. */
  usedBy: HeldLink[]
  /** More could be reached than is shown. */
  truncated: boolean
}

export async function graphOf(
  store: RegisterStore,
  id: string,
  most: { depth: number; nodes: number },
): Promise<Graph> {
  const start = await mustFind(store, id)
  const nodes = new Map<string, GraphNode>([[id, { asset: start, depth: 0 }]])
  let level = [start]
  let truncated = false
  for (let depth = 1; level.length > 0; depth++) {
    const ahead = [...new Set(level.flatMap(({ links }) => links.map(({ to }) => to)))].filter((to) => !nodes.has(to))
    const room = depth > most.depth ? 0 : most.nodes - nodes.size
    if (ahead.length > room) truncated = true
    level = await store.assetsById(ahead.slice(0, room))
    for (const asset of level) nodes.set(asset.id, { asset, depth })
  }
  const edges = [...nodes.values()].flatMap(({ asset }) =>
    asset.links.filter(({ to }) => nodes.has(to)).map(({ kind, to }) => ({ from: asset.id, kind, to })),
  )
  return { nodes: [...nodes.values()], edges, usedBy: await store.linksTo(id, MOST_USERS), truncated }
}
