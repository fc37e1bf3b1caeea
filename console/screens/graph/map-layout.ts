// Places for thousands of nodes: each system (or each kind) is a box, and in it the nodes stand in lanes. Pure and
// deterministic, and linear in the nodes: a force layout of 5,000 nodes takes seconds and looks different each time.
import type { Severity } from '../../../src/model/finding.ts'
import type { NodeKind } from '../../../src/model/graph.ts'
import { type Lane, LANES, laneOf, kindWord } from './kinds.ts'

export interface MapNode {
  id: string
  kind: NodeKind
  name: string
  systems: readonly string[]
  paths: number
  severity?: Severity | undefined
}

export type GroupBy = 'system' | 'kind'

export interface Place {
  x: number
  y: number
  width: number
  height: number
}

export interface PlacedNode extends Place {
  node: MapNode
  /** What it is called within its box, where the box already says what it belongs to. */
  label: string
  lane: Lane
}

export interface Box extends Place {
  id: string
  name: string
  folded: boolean
  nodes: readonly PlacedNode[]
  severity: Severity | undefined
  paths: number
}

export interface MapLayout {
  boxes: readonly Box[]
  width: number
  height: number
}

export const NODE = { width: 156, height: 34 }
const FOLDED = { width: 200, height: 62 }
const GAP = { column: 30, row: 12, box: 48, inside: 18 }
export const HEAD = 34
const FEWEST_ROWS = 3
/** Shorter names stand in other words by chance. */
const SHORTEST_BOX = 4
/** Wider than tall, as screens are. */
const ASPECT = 1.9
const STRETCHES = [0.9, 1, 1.1, 1.25, 1.4, 1.6]
const SHARED = '(shared)'
const ALONE = '(alone)'
export const WORST_FIRST: readonly Severity[] = ['critical', 'high', 'medium', 'low']

export const groupOf = ({ systems, kind }: MapNode, by: GroupBy): string =>
  by === 'kind' ? kind : systems.length > 1 ? SHARED : (systems[0] ?? ALONE)

interface LayoutOptions {
  by: GroupBy
  isFolded: (group: string) => boolean
  /** Of a system, by its id. */
  nameOf: (system: string) => string
}

export function layOutMap(nodes: readonly MapNode[], { by, isFolded, nameOf }: LayoutOptions): MapLayout {
  const groups = new Map<string, MapNode[]>()
  for (const node of nodes) {
    const group = groupOf(node, by)
    const list = groups.get(group)
    if (list === undefined) groups.set(group, [node])
    else list.push(node)
  }
  const boxes = [...groups].map(([id, members]) =>
    boxOf(id, nameOfGroup(id, members, by, nameOf), members, isFolded(id)),
  )
  return pack(boxes)
}

function nameOfGroup(id: string, members: readonly MapNode[], by: GroupBy, nameOf: (system: string) => string): string {
  const [first] = members
  if (by === 'kind') return first ? kindWord(first.kind) : id
  return id === SHARED ? 'Shared by several systems' : id === ALONE ? 'Part of no system' : nameOf(id)
}

function boxOf(id: string, name: string, members: readonly MapNode[], folded: boolean): Box {
  const severity = WORST_FIRST.find((one) => members.some((node) => node.severity === one))
  const paths = Math.max(0, ...members.map((node) => node.paths))
  const sorted = members.toSorted(byLooks)
  if (folded) {
    const nodes = sorted.map((node): PlacedNode => ({
      node,
      label: node.name,
      lane: laneOf(node.kind),
      x: 0,
      y: 0,
      ...FOLDED,
    }))
    return { id, name, folded, severity, paths, nodes, x: 0, y: 0, ...FOLDED }
  }
  const rows = Math.max(FEWEST_ROWS, Math.ceil(Math.sqrt(members.length * 3)))
  const nodes: PlacedNode[] = []
  let column = 0
  for (const lane of LANES) {
    const own = sorted.filter((node) => laneOf(node.kind) === lane)
    own.forEach((node, i) => {
      const x = GAP.inside + (column + Math.floor(i / rows)) * (NODE.width + GAP.column)
      const y = HEAD + GAP.inside / 2 + (i % rows) * (NODE.height + GAP.row)
      nodes.push({ node, label: labelIn(name, node), lane, x, y, ...NODE })
    })
    column += Math.ceil(own.length / rows)
  }
  const deepest = Math.max(0, ...nodes.map(({ y }) => y))
  const width = Math.max(FOLDED.width, column * (NODE.width + GAP.column) - GAP.column + 2 * GAP.inside)
  return { id, name, folded, severity, paths, nodes, x: 0, y: 0, width, height: deepest + NODE.height + GAP.inside }
}

/** `Way in to Shop` is the way in to it, in the box of the shop. */
const labelIn = (box: string, { name }: MapNode) =>
  name === box || box.length < SHORTEST_BOX ? name : name.replace(box, 'it')

const byLooks = (a: MapNode, b: MapNode) =>
  compare(kindWord(a.kind), kindWord(b.kind)) || compare(a.name, b.name) || compare(a.id, b.id)
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** On shelves, the tallest first; what is shared comes before all, since everything leads there. Of a few widths of the
 * shelves the one is taken that shows the map at its largest. */
function pack(boxes: readonly Box[]): MapLayout {
  const area = boxes.reduce((sum, { width, height }) => sum + (width + GAP.box) * (height + GAP.box), 0)
  const widest = Math.max(0, ...boxes.map(({ width }) => width))
  const sorted = boxes.toSorted(
    (a, b) => Number(b.id === SHARED) - Number(a.id === SHARED) || b.height - a.height || compare(a.id, b.id),
  )
  const tries = STRETCHES.map((stretch) => shelve(sorted, Math.max(widest, Math.sqrt(area * ASPECT) * stretch)))
  const sizeOf = ({ width, height }: MapLayout) => Math.max(width / ASPECT, height)
  return tries.reduce((best, one) => (sizeOf(one) < sizeOf(best) ? one : best), tries[0] ?? shelve(sorted, widest))
}

function shelve(boxes: readonly Box[], limit: number): MapLayout {
  const placed: Box[] = []
  let [x, y, shelf, width] = [0, 0, 0, 0]
  for (const box of boxes) {
    if (x > 0 && x + box.width > limit) [x, y, shelf] = [0, y + shelf + GAP.box, 0]
    placed.push(moved(box, x, y))
    width = Math.max(width, x + box.width)
    shelf = Math.max(shelf, box.height)
    x += box.width + GAP.box
  }
  return { boxes: placed, width, height: y + shelf }
}

function moved(box: Box, x: number, y: number): Box {
  return { ...box, x, y, nodes: box.nodes.map((one) => ({ ...one, x: one.x + x, y: one.y + y })) }
}
