// A layout with its edges, ready to be drawn and pointed at. Edges within a box are drawn one by one; those between boxes
// are one line for each two boxes, since thousands of long lines show nothing; a chosen node shows its own.
import type { KnownBy } from '../../../src/model/graph.ts'
import type { Box, MapLayout, Place, PlacedNode } from './map-layout.ts'

export interface MapEdge {
  from: string
  to: string
  kind: string
  known: KnownBy
  closed: boolean
}

export interface Across {
  from: Box
  to: Box
  count: number
}

export interface Scene extends MapLayout {
  nodes: ReadonlyMap<string, PlacedNode>
  /** Whose box is folded: they are drawn as the box. */
  boxOf: ReadonlyMap<string, Box>
  inner: readonly { from: Place; to: Place; closed: boolean }[]
  across: readonly Across[]
  touching: ReadonlyMap<string, readonly MapEdge[]>
}

export function toScene(layout: MapLayout, edges: readonly MapEdge[]): Scene {
  const nodes = new Map<string, PlacedNode>()
  const boxOf = new Map<string, Box>()
  for (const box of layout.boxes)
    for (const placed of box.nodes) {
      nodes.set(placed.node.id, placed)
      boxOf.set(placed.node.id, box)
    }
  const inner = new Map<string, { from: Place; to: Place; closed: boolean }>()
  const across = new Map<string, Across>()
  const touching = new Map<string, MapEdge[]>()
  for (const edge of edges) {
    const [from, to] = [nodes.get(edge.from), nodes.get(edge.to)]
    const [start, end] = [boxOf.get(edge.from), boxOf.get(edge.to)]
    if (!from || !to || !start || !end || edge.from === edge.to) continue
    for (const id of [edge.from, edge.to]) {
      const list = touching.get(id)
      if (list === undefined) touching.set(id, [edge])
      else list.push(edge)
    }
    if (start === end) {
      if (start.folded) continue
      const key = `${edge.from}\n${edge.to}`
      const before = inner.get(key)
      inner.set(key, { from, to, closed: edge.closed && (before?.closed ?? true) })
      continue
    }
    const [one, other] = start.id < end.id ? [start, end] : [end, start]
    const key = `${one.id}\n${other.id}`
    const before = across.get(key)
    if (before) before.count += 1
    else across.set(key, { from: one, to: other, count: 1 })
  }
  return { ...layout, nodes, boxOf, inner: [...inner.values()], across: [...across.values()], touching }
}

const holds = ({ x, y, width, height }: Place, at: { x: number; y: number }) =>
  at.x >= x && at.x <= x + width && at.y >= y && at.y <= y + height

/** What stands at a place: a node, or else the box around it. */
export function thingAt(scene: Scene, at: { x: number; y: number }): { node?: PlacedNode; box: Box } | undefined {
  const box = scene.boxes.find((one) => holds(one, at))
  if (!box) return undefined
  const node = box.folded ? undefined : box.nodes.find((one) => holds(one, at))
  return node ? { node, box } : { box }
}

export const middleOf = ({ x, y, width, height }: Place) => ({ x: x + width / 2, y: y + height / 2 })

type Arrow = 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight'
export const isArrow = (key: string): key is Arrow => /^Arrow(Up|Down|Left|Right)$/.test(key)

/** Where an arrow leads: what is nearest in that direction, and not far to the side. */
export function nextByArrow(scene: Scene, from: string | undefined, key: Arrow): string | undefined {
  const stops = scene.boxes.flatMap((box) => (box.folded ? box.nodes.slice(0, 1) : box.nodes))
  const current = from === undefined ? undefined : scene.nodes.get(from)
  if (!current) return stops[0]?.node.id
  const here = middleOf(current)
  const sideways = key === 'ArrowLeft' || key === 'ArrowRight'
  const sign = key === 'ArrowLeft' || key === 'ArrowUp' ? -1 : 1
  let best: { id: string; cost: number } | undefined
  for (const stop of stops) {
    const at = middleOf(stop)
    const along = (sideways ? at.x - here.x : at.y - here.y) * sign
    const aside = Math.abs(sideways ? at.y - here.y : at.x - here.x)
    const cost = along + aside * 3
    if (along > 1 && (best === undefined || cost < best.cost)) best = { id: stop.node.id, cost }
  }
  return best?.id
}
