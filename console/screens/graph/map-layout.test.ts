import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { NODE_KINDS } from './kinds.ts'
import { layOutMap, type MapNode } from './map-layout.ts'
import { nextByArrow, thingAt, toScene } from './map-scene.ts'
import { bringIntoSight, fitInto, isReadable, toMap, zoomAt } from './map-view.ts'

const SYSTEMS = ['shop', 'bank', 'desk']
const nodes = fc.uniqueArray(
  fc.record({
    id: fc.stringMatching(/^[a-z]{1,6}$/),
    kind: fc.constantFrom(...NODE_KINDS),
    name: fc.string({ maxLength: 20 }),
    systems: fc.subarray(SYSTEMS),
    paths: fc.nat(5),
  }),
  { selector: ({ id }) => id, maxLength: 120 },
)
const options = (by: 'system' | 'kind', folded: readonly string[] = []) => ({
  by,
  isFolded: (group: string) => folded.includes(group),
  nameOf: (system: string) => system,
})
const apart = (a: Rect, b: Rect) =>
  a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y
interface Rect {
  x: number
  y: number
  width: number
  height: number
}

test('no two boxes overlap, no two nodes of a box do, each node is in its box, and each is drawn once', () => {
  fc.assert(
    fc.property(nodes, fc.constantFrom('system', 'kind'), fc.subarray(SYSTEMS), (all, by, folded) => {
      const { boxes, width, height } = layOutMap(all, options(by, folded))
      assert.equal(
        boxes.reduce((sum, box) => sum + box.nodes.length, 0),
        all.length,
      )
      for (const [i, box] of boxes.entries()) {
        assert.ok(box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= height)
        for (const other of boxes.slice(i + 1)) assert.ok(apart(box, other), `${box.id} over ${other.id}`)
        for (const [j, one] of box.nodes.entries()) {
          assert.ok(one.x >= box.x && one.y >= box.y)
          assert.ok(one.x + one.width <= box.x + box.width && one.y + one.height <= box.y + box.height)
          if (!box.folded) for (const two of box.nodes.slice(j + 1)) assert.ok(apart(one, two))
        }
      }
    }),
    { numRuns: 60 },
  )
})

test('the same nodes in any order give the same map', () => {
  fc.assert(
    fc.property(nodes, (all) => {
      assert.deepEqual(layOutMap(all.toReversed(), options('system')), layOutMap(all, options('system')))
    }),
    { numRuns: 30 },
  )
})

const node = (id: string, kind: MapNode['kind'], ...systems: string[]): MapNode => ({
  id,
  kind,
  name: id,
  systems,
  paths: 0,
})
const FEW = [node('in', 'endpoint', 'shop'), node('bot', 'agent', 'shop'), node('mail', 'tool', 'shop'), node('other', 'agent', 'bank')] // prettier-ignore
const edge = (from: string, to: string, closed = false) => ({
  from,
  to,
  kind: 'calls',
  known: 'declared' as const,
  closed,
})

test('edges between the same two boxes are one line; within a box two nodes have one line, closed only if all are', () => {
  const scene = toScene(layOutMap(FEW, options('system')), [
    edge('in', 'bot', true),
    edge('in', 'bot'),
    edge('bot', 'mail', true),
    edge('bot', 'other'),
    edge('other', 'mail'),
    edge('bot', 'gone'),
  ])
  assert.deepEqual(
    scene.inner.map(({ closed }) => closed),
    [false, true],
  )
  assert.deepEqual(
    scene.across.map(({ count }) => count),
    [2],
  )
  assert.equal(scene.touching.get('bot')?.length, 4)
})

test('arrows walk from a node to the next in their direction, and into a folded box as one', () => {
  const open = toScene(layOutMap(FEW, options('system')), [])
  assert.equal(nextByArrow(open, 'in', 'ArrowRight'), 'bot')
  assert.equal(nextByArrow(open, 'mail', 'ArrowLeft'), 'bot')
  assert.equal(nextByArrow(open, 'in', 'ArrowLeft'), undefined)
  const folded = toScene(layOutMap(FEW, options('system', ['shop'])), [])
  assert.equal(folded.inner.length, 0)
  const box = folded.boxes.find(({ id }) => id === 'shop')
  assert.ok(box)
  assert.equal(thingAt(folded, { x: box.x + 5, y: box.y + 5 })?.node, undefined)
})

test('what is under the pointer stays there while one zooms, and everything fits after fitting', () => {
  const size = { width: 800, height: 600 }
  const { width, height } = layOutMap(FEW, options('system'))
  const view = fitInto(size, { x: 0, y: 0, width, height })
  for (const corner of [
    { x: 0, y: 0 },
    { x: width, y: height },
  ]) {
    // prettier-ignore
    const x = corner.x * view.scale + view.x
    const y = corner.y * view.scale + view.y
    assert.ok(x >= 0 && y >= 0 && x <= size.width && y <= size.height)
  }
  const at = { x: 300, y: 200 }
  const before = toMap(view, at)
  const after = toMap(zoomAt(view, at, 1.7), at)
  assert.ok(Math.abs(before.x - after.x) < 1e-6 && Math.abs(before.y - after.y) < 1e-6)
  const moved = bringIntoSight(view, size, { x: 5000, y: 10, width: 100, height: 30 })
  assert.ok(5100 * moved.scale + moved.x <= size.width)
})

const mapOf = (systems: number) =>
  layOutMap(
    Array.from({ length: systems * 8 }, (_, i): MapNode => ({
      id: `n${i}`,
      kind: NODE_KINDS[i % NODE_KINDS.length] ?? 'agent',
      name: `Node ${i}`,
      systems: [`s${i % systems}`],
      paths: 0,
    })),
    options('system'),
  )

test('names of a few systems can be read with all in view, and those of many cannot', () => {
  assert.deepEqual(
    [3, 8, 40].map((systems) => isReadable(mapOf(systems))),
    [true, true, false],
  )
})

const called = (name: string): MapNode => ({ id: name, kind: 'tool', name, systems: ['desk'], paths: 0 })

test('a node does not repeat the name of its box', () => {
  const [box] = layOutMap([called('Way in to desk'), called('desk'), called('Printer')], options('system')).boxes
  assert.deepEqual(box?.nodes.map(({ label }) => label).toSorted(), ['Printer', 'Way in to it', 'desk'])
})
