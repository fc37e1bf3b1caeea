// Draws a scene. The farther away, the less is drawn: names give way first, then lines, then the frames of nodes, so that
// a frame of 5,000 nodes costs as little as one of fifty. Each colour is one path, since changing it is what costs.
import { plural } from '../../lib/format.ts'
import { kindWord, LANES, type Lane } from './kinds.ts'
import { type Box, HEAD, type Place, type PlacedNode } from './map-layout.ts'
import { middleOf, type Scene } from './map-scene.ts'
import { NAMES_FROM, type View } from './map-view.ts'
import type { Palette } from './palette.ts'

export interface Marks {
  chosen?: string | undefined
  pointed?: string | undefined
  /** Only these stand out; all of them when absent. */
  lit?: ReadonlySet<string> | undefined
  /** Steps of an attack path. */
  way?: readonly { from: string; to: string }[] | undefined
}

interface Screen {
  context: CanvasRenderingContext2D
  width: number
  height: number
  ratio: number
}

const TWO_LINES_FROM = 0.62
const LINES_FROM = 0.14
const FRAMES_FROM = 0.25
const SMALLEST_TITLE = 34
const FAINT = 0.2
const MOST_OWN_LINES = 400

export function drawMap(
  { context: c, width, height, ratio }: Screen,
  scene: Scene,
  view: View,
  palette: Palette,
  marks: Marks,
) {
  c.setTransform(ratio, 0, 0, ratio, 0, 0)
  c.fillStyle = palette.canvas
  c.fillRect(0, 0, width, height)
  const seen = {
    x: -view.x / view.scale,
    y: -view.y / view.scale,
    width: width / view.scale,
    height: height / view.scale,
  }
  c.setTransform(ratio * view.scale, 0, 0, ratio * view.scale, ratio * view.x, ratio * view.y)
  const boxes = scene.boxes.filter((box) => meets(box, seen))
  drawAcross(c, scene, view.scale, palette)
  drawBoxes(c, boxes, view.scale, palette)
  if (view.scale >= LINES_FROM) drawInner(c, scene, seen, view.scale, palette, marks.lit !== undefined)
  const nodes = boxes.flatMap((box) => (box.folded ? [] : box.nodes.filter((one) => meets(one, seen))))
  drawNodes(c, nodes, view.scale, palette, marks)
  drawWays(c, scene, view.scale, palette, marks)
  c.setTransform(ratio, 0, 0, ratio, 0, 0)
  for (const box of boxes) drawTitle(c, box, view, palette)
  if (view.scale >= NAMES_FROM) for (const one of nodes) drawName(c, one, view, palette, marks)
  for (const id of [marks.chosen, marks.pointed]) drawFlag(c, scene, id, view, palette)
}

const meets = (a: Place, b: Place) =>
  a.x < b.x + b.width && a.x + a.width > b.x && a.y < b.y + b.height && a.y + a.height > b.y

function drawAcross(c: CanvasRenderingContext2D, { across }: Scene, scale: number, palette: Palette) {
  c.strokeStyle = palette.line
  for (const thick of [false, true]) {
    c.lineWidth = (thick ? 3 : 1.2) / scale
    c.beginPath()
    for (const { from, to, count } of across) if (count > 8 === thick) line(c, middleOf(from), middleOf(to))
    c.stroke()
  }
}

function line(c: CanvasRenderingContext2D, a: { x: number; y: number }, b: { x: number; y: number }) {
  c.moveTo(a.x, a.y)
  c.lineTo(b.x, b.y)
}

function drawBoxes(c: CanvasRenderingContext2D, boxes: readonly Box[], scale: number, palette: Palette) {
  c.beginPath()
  for (const { x, y, width, height } of boxes) c.roundRect(x, y, width, height, 8)
  c.fillStyle = palette.sunken
  c.fill()
  c.strokeStyle = palette.lineStrong
  c.globalAlpha = 0.55
  c.lineWidth = 1 / scale
  c.stroke()
  c.globalAlpha = 1
}

function drawInner(
  c: CanvasRenderingContext2D,
  { inner }: Scene,
  seen: Place,
  scale: number,
  palette: Palette,
  faint: boolean,
) {
  c.strokeStyle = palette.lineStrong
  c.lineWidth = Math.max(1, 0.8 / scale)
  c.globalAlpha = faint ? FAINT : 0.6
  for (const closed of [false, true]) {
    c.setLineDash(closed ? [4, 4] : [])
    c.beginPath()
    for (const edge of inner)
      if (edge.closed === closed && (meets(edge.from, seen) || meets(edge.to, seen))) curve(c, edge.from, edge.to)
    c.stroke()
  }
  c.setLineDash([])
  c.globalAlpha = 1
}

/** From side to side; within a column around the side. */
function curve(c: CanvasRenderingContext2D, from: Place, to: Place) {
  const [a, b] = [middleOf(from), middleOf(to)]
  if (from.x === to.x) {
    const side = from.x + from.width
    c.moveTo(side, a.y)
    c.quadraticCurveTo(side + 16, (a.y + b.y) / 2, side, b.y)
    return
  }
  const right = to.x > from.x
  const [start, end] = [right ? from.x + from.width : from.x, right ? to.x : to.x + to.width]
  const bend = (end - start) / 2
  c.moveTo(start, a.y)
  c.bezierCurveTo(start + bend, a.y, end - bend, b.y, end, b.y)
}

function drawNodes(
  c: CanvasRenderingContext2D,
  nodes: readonly PlacedNode[],
  scale: number,
  palette: Palette,
  { lit }: Marks,
) {
  const isLit = ({ node }: PlacedNode) => lit?.has(node.id) ?? true
  for (const bright of lit === undefined ? [true] : [false, true]) {
    const some = lit === undefined ? nodes : nodes.filter((one) => isLit(one) === bright)
    c.globalAlpha = bright ? 1 : FAINT
    if (scale >= FRAMES_FROM) {
      rects(c, some)
      c.fillStyle = palette.panel
      c.fill()
      c.strokeStyle = palette.line
      c.lineWidth = 1
      c.stroke()
    }
    for (const lane of LANES) drawLane(c, some, lane, scale, palette)
    rects(
      c,
      some.filter(({ node }) => node.severity === 'critical' || node.severity === 'high'),
    )
    c.strokeStyle = palette.bad
    c.lineWidth = Math.max(1.2, 1.2 / scale)
    c.stroke()
  }
  c.globalAlpha = 1
}

function rects(c: CanvasRenderingContext2D, places: readonly Place[]) {
  c.beginPath()
  for (const { x, y, width, height } of places) c.rect(x, y, width, height)
}

function drawLane(
  c: CanvasRenderingContext2D,
  nodes: readonly PlacedNode[],
  lane: Lane,
  scale: number,
  palette: Palette,
) {
  c.fillStyle = palette[lane]
  c.beginPath()
  for (const one of nodes) if (one.lane === lane) c.rect(one.x, one.y, scale >= FRAMES_FROM ? 5 : one.width, one.height)
  c.fill()
}

/** The edges of what is chosen or pointed at, and the attack path. */
function drawWays(c: CanvasRenderingContext2D, scene: Scene, scale: number, palette: Palette, marks: Marks) {
  for (const id of [marks.pointed, marks.chosen]) {
    const own = id === undefined ? [] : (scene.touching.get(id) ?? []).slice(0, MOST_OWN_LINES)
    ways(c, scene, own, palette.accent, 1.6 / scale, scale)
  }
  ways(c, scene, marks.way ?? [], palette.bad, 3 / scale, scale)
}

function ways(
  c: CanvasRenderingContext2D,
  scene: Scene,
  steps: readonly { from: string; to: string }[],
  colour: string,
  width: number,
  scale: number,
) {
  c.strokeStyle = colour
  c.fillStyle = colour
  c.lineWidth = width
  for (const { from, to } of steps) {
    const [a, b] = [endOf(scene, from), endOf(scene, to)]
    if (!a || !b || a === b) continue
    c.beginPath()
    curve(c, a, b)
    c.stroke()
    const tip = { x: b.x > a.x ? b.x : b.x < a.x ? b.x + b.width : b.x + b.width, y: b.y + b.height / 2 }
    const back = (b.x > a.x ? -8 : 8) / Math.max(scale, 0.5)
    c.beginPath()
    c.moveTo(tip.x, tip.y)
    c.lineTo(tip.x + back, tip.y - Math.abs(back) / 2)
    c.lineTo(tip.x + back, tip.y + Math.abs(back) / 2)
    c.fill()
  }
}

function endOf(scene: Scene, id: string): Place | undefined {
  const box = scene.boxOf.get(id)
  return box?.folded ? box : scene.nodes.get(id)
}

function drawTitle(c: CanvasRenderingContext2D, box: Box, view: View, palette: Palette) {
  const width = box.width * view.scale
  if (width < SMALLEST_TITLE) return
  const left = box.x * view.scale + view.x
  const top = box.y * view.scale + view.y
  const tall = box.folded ? box.height * view.scale : HEAD * view.scale
  const size = Math.min(15, Math.max(9, 14 * view.scale))
  c.font = `600 ${size}px ${palette.font}`
  c.fillStyle = palette.ink
  c.textBaseline = 'middle'
  if (tall < size) {
    titleAbove(c, cut(box.name, width, size), left, top, palette)
    return
  }
  const two = box.folded && tall > 34
  c.fillText(cut(box.name, width - 16, size), left + 8, top + (two ? tall * 0.34 : Math.max(tall / 2, size * 0.7)))
  if (!two) return
  c.font = `${size * 0.85}px ${palette.font}`
  const dire = box.severity === 'critical' || box.severity === 'high'
  c.fillStyle = dire ? palette.bad : palette.ink3
  const says = box.severity ? `, ${box.severity} way through` : ''
  c.fillText(cut(plural(box.nodes.length, 'part') + says, width - 16, size * 0.85), left + 8, top + tall * 0.7)
}

/** Where the head of a box is too low for its name, the name stands above it, apart from what it stands on. */
function titleAbove(c: CanvasRenderingContext2D, name: string, left: number, top: number, palette: Palette) {
  c.strokeStyle = palette.canvas
  c.lineWidth = 3
  c.strokeText(name, left, top - 5)
  c.fillText(name, left, top - 5)
}

/** Measuring each name costs more than drawing it, so its width is taken from its length. */
function cut(text: string, width: number, size: number): string {
  const most = Math.max(1, Math.floor(width / (size * 0.54)))
  return text.length <= most ? text : `${text.slice(0, Math.max(1, most - 1))}…`
}

function drawName(
  c: CanvasRenderingContext2D,
  { node, label, x, y, width, height }: PlacedNode,
  view: View,
  palette: Palette,
  { lit }: Marks,
) {
  const alone = view.scale < TWO_LINES_FROM
  const size = alone ? 9 : Math.max(8, 12 * view.scale)
  const left = (x + 12) * view.scale + view.x
  const room = (width - 18) * view.scale
  const at = (part: number) => (y + height * part) * view.scale + view.y
  c.globalAlpha = lit === undefined || lit.has(node.id) ? 1 : 0.35
  c.textBaseline = 'middle'
  c.font = `500 ${size}px ${palette.font}`
  c.fillStyle = palette.ink
  c.fillText(cut(label, room, size), left, at(alone ? 0.52 : 0.34))
  if (!alone) {
    c.font = `${size * 0.84}px ${palette.font}`
    c.fillStyle = palette.ink3
    c.fillText(cut(kindWord(node.kind), room, size * 0.84), left, at(0.74))
  }
  c.globalAlpha = 1
}

/** A frame around it and, where names are too small to read, its name beside it. */
function drawFlag(c: CanvasRenderingContext2D, scene: Scene, id: string | undefined, view: View, palette: Palette) {
  const end = id === undefined ? undefined : endOf(scene, id)
  const name = id === undefined ? undefined : scene.nodes.get(id)?.node.name
  if (!end || name === undefined) return
  const [x, y] = [end.x * view.scale + view.x, end.y * view.scale + view.y]
  const [width, height] = [Math.max(6, end.width * view.scale), Math.max(4, end.height * view.scale)]
  c.strokeStyle = palette.accent
  c.lineWidth = 2.5
  c.strokeRect(x - 3, y - 3, width + 6, height + 6)
  if (view.scale >= NAMES_FROM) return
  c.font = `500 12px ${palette.font}`
  const wide = c.measureText(name).width + 14
  c.fillStyle = palette.panel
  c.strokeStyle = palette.accent
  c.lineWidth = 1
  c.beginPath()
  c.roundRect(x, y - 28, wide, 21, 4)
  c.fill()
  c.stroke()
  c.fillStyle = palette.ink
  c.textBaseline = 'middle'
  c.fillText(name, x + 7, y - 17)
}
