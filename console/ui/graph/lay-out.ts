// Places for the nodes and lines of a graph in lanes. Pure and deterministic: the same graph always looks the same. A line
// that crosses a lane gets a narrow place of its own there, so that it runs between the nodes and not behind them.
import { type Lane, LANES } from './lanes.ts'

export interface Node {
  id: string
  lane: Lane
}

export interface Edge {
  from: string
  to: string
}

interface Place {
  x: number
  y: number
}

export interface Line {
  path: string
  /** Where it arrives, and whether it comes from the right. */
  tip: Place & { leftward: boolean }
}

interface Layout {
  lanes: readonly { lane: Lane; x: number }[]
  nodes: ReadonlyMap<string, Place>
  /** One for each edge, in their order; none for an edge whose end is not there. */
  lines: readonly (Line | undefined)[]
  width: number
  height: number
}

export const NODE = { width: 158, height: 42 }
const GAP = { lane: 54, node: 14, via: 10 }
const HEAD = 28
const SWEEPS = 6

interface Slot {
  key: string
  /** Lines that only pass by take little room. */
  via: boolean
  near: string[]
}

export function layOut(nodes: readonly Node[], edges: readonly Edge[]): Layout {
  const lanes = LANES.filter((lane) => nodes.some((node) => node.lane === lane))
  const column = new Map(nodes.map((node) => [node.id, lanes.indexOf(node.lane)]))
  const columns: Slot[][] = lanes.map((lane) =>
    nodes.filter((node) => node.lane === lane).map(({ id }) => ({ key: id, via: false, near: [] })),
  )
  const routes = edges.map((edge, i) => routeOf(edge, i, column, columns))
  connect(routes, columns)
  for (let sweep = 0; sweep < SWEEPS; sweep++) order(columns, sweep % 2 === 0)
  const tall = Math.max(0, ...columns.map(heightOf))
  const places = place(columns, tall)
  return {
    lanes: lanes.map((lane, i) => ({ lane, x: i * (NODE.width + GAP.lane) })),
    nodes: new Map(nodes.map(({ id }) => [id, places.get(id) ?? { x: 0, y: 0 }])),
    lines: routes.map((route) => lineOf(route, places)),
    width: Math.max(0, lanes.length * (NODE.width + GAP.lane) - GAP.lane),
    height: tall + HEAD,
  }
}

/** The keys that a line passes: its ends, and a place in each lane between. */
function routeOf({ from, to }: Edge, index: number, column: ReadonlyMap<string, number>, columns: Slot[][]): string[] {
  const start = column.get(from)
  const end = column.get(to)
  if (start === undefined || end === undefined || from === to) return []
  const step = Math.sign(end - start)
  const route = [from]
  const between = Array.from({ length: Math.max(0, Math.abs(end - start) - 1) }, (_, i) => start + step * (i + 1))
  for (const at of between) {
    const key = `${index}>${at}`
    columns[at]?.push({ key, via: true, near: [] })
    route.push(key)
  }
  return [...route, to]
}

function connect(routes: readonly string[][], columns: readonly Slot[][]): void {
  const slots = new Map(columns.flat().map((slot) => [slot.key, slot]))
  for (const route of routes) {
    route.forEach((key, i) => {
      const next = route[i + 1]
      if (next === undefined) return
      slots.get(key)?.near.push(next)
      slots.get(next)?.near.push(key)
    })
  }
}

/** Each lane by the middle of its neighbours, from left to right and back. */
function order(columns: Slot[][], forward: boolean): void {
  const middle = new Map(columns.flatMap((slots) => middlesOf(slots)))
  for (const i of forward ? columns.keys() : [...columns.keys()].toReversed()) {
    const slots = columns[i] ?? []
    const pull = new Map(slots.map(({ key, near }) => [key, pullOf(key, near, middle)]))
    slots.sort((a, b) => (pull.get(a.key) ?? 0) - (pull.get(b.key) ?? 0))
    for (const [key, at] of middlesOf(slots)) middle.set(key, at)
  }
}

/** Where each stands in its lane, from the lane's middle. */
function middlesOf(slots: readonly Slot[]): [string, number][] {
  const half = heightOf(slots) / 2
  let y = 0
  return slots.map(({ key, via }) => {
    const at = y + sizeOf(via) / 2 - half
    y += sizeOf(via) + gapOf(via)
    return [key, at]
  })
}

function pullOf(key: string, near: readonly string[], middle: ReadonlyMap<string, number>): number {
  if (near.length === 0) return middle.get(key) ?? 0
  return near.reduce((sum, other) => sum + (middle.get(other) ?? 0), 0) / near.length
}

const sizeOf = (via: boolean) => (via ? 2 : NODE.height)
const gapOf = (via: boolean) => (via ? GAP.via : GAP.node)
const heightOf = (slots: readonly Slot[]) =>
  slots.reduce((sum, { via }) => sum + sizeOf(via) + gapOf(via), 0) - gapOf(slots.at(-1)?.via ?? true)

function place(columns: readonly Slot[][], tall: number): Map<string, Place> {
  return new Map(
    columns.flatMap((slots, i) =>
      slots.map(({ key, via }, at): [string, Place] => {
        const [, middle = 0] = middlesOf(slots)[at] ?? []
        return [key, { x: i * (NODE.width + GAP.lane), y: HEAD + tall / 2 + middle - sizeOf(via) / 2 }]
      }),
    ),
  )
}

function lineOf(route: readonly string[], places: ReadonlyMap<string, Place>): Line | undefined {
  const [first, ...rest] = route.map((key) => ({ via: key.includes('>'), at: places.get(key) ?? { x: 0, y: 0 } }))
  const last = rest.at(-1)
  if (!first || !last) return undefined
  const start = { ...first.at, y: first.at.y + NODE.height / 2 }
  if (first.at.x === last.at.x) return besideOf(start, { ...last.at, y: last.at.y + NODE.height / 2 })
  const right = last.at.x > first.at.x
  let path = `M${start.x + (right ? NODE.width : 0)} ${round(start.y)}`
  let x = start.x + (right ? NODE.width : 0)
  let y = start.y
  for (const { via, at } of rest) {
    const toX = at.x + (right ? 0 : NODE.width)
    const toY = at.y + (via ? 1 : NODE.height / 2)
    const half = (toX - x) / 2
    path += `C${x + half} ${round(y)} ${toX - half} ${round(toY)} ${toX} ${round(toY)}`
    x = toX
    y = toY
    if (!via) continue
    x = at.x + (right ? NODE.width : 0)
    path += `H${x}`
  }
  return { path, tip: { x, y, leftward: !right } }
}

/** Between two nodes of one lane: a bow at their right. */
function besideOf(from: Place, to: Place): Line {
  const x = from.x + NODE.width
  const bow = x + Math.min(GAP.lane * 0.7, 18 + Math.abs(to.y - from.y) / 8)
  return {
    path: `M${x} ${round(from.y)}C${bow} ${round(from.y)} ${bow} ${round(to.y)} ${x} ${round(to.y)}`,
    tip: { x, y: to.y, leftward: true },
  }
}

const round = (value: number) => Math.round(value * 10) / 10
