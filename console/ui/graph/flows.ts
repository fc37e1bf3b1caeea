// Links as lines to draw: all links between two assets are one line, which points the way that data flows.
import type { AssetKind, LinkKind } from '../../../src/model/asset.ts'
import { flowsInward, laneOf, LINK_WORDS } from './lanes.ts'

export interface GraphNode {
  id: string
  kind: AssetKind
  name: string
}

export interface GraphLink {
  from: string
  to: string
  kind: LinkKind
}

export interface Flow {
  from: string
  to: string
  /** The links behind it in words, as in `Support bot retrieves from Handbook`. */
  says: string
}

export function gatherFlows(nodes: readonly GraphNode[], links: readonly GraphLink[]): Flow[] {
  const names = new Map(nodes.map(({ id, name }) => [id, name]))
  const lanes = new Map(nodes.map(({ id, kind }) => [id, laneOf(kind)]))
  const flows = new Map<string, Flow>()
  for (const { from, to, kind } of links) {
    if (from === to) continue
    const [source, end] = flowsInward(kind, lanes.get(to)) ? [to, from] : [from, to]
    const key = `${source} ${end}`
    const says = `${names.get(from) ?? from} ${LINK_WORDS[kind]} ${names.get(to) ?? to}`
    const before = flows.get(key)
    flows.set(key, before ? { ...before, says: `${before.says}\n${says}` } : { from: source, to: end, says })
  }
  return [...flows.values()]
}
