import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { LANES } from './lanes.ts'
import { type Edge, layOut, NODE, type Node } from './lay-out.ts'

const ids = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,6}$/), { maxLength: 40 })
const graphs = ids.chain((names) =>
  fc.record({
    nodes: fc.tuple(...names.map((id) => fc.constantFrom(...LANES).map((lane): Node => ({ id, lane })))),
    edges: fc.array(fc.record({ from: fc.constantFrom('gone', ...names), to: fc.constantFrom('gone', ...names) }), {
      maxLength: 80,
    }),
  }),
)

test('no two nodes of any graph overlap, and all are inside the picture', () => {
  fc.assert(
    fc.property(graphs, ({ nodes, edges }) => {
      const { nodes: places, width, height } = layOut(nodes, edges)
      const boxes = [...places.values()]
      for (const [i, a] of boxes.entries()) {
        assert.ok(a.x >= 0 && a.y >= 0 && a.x + NODE.width <= width && a.y + NODE.height <= height + 0.001)
        for (const b of boxes.slice(i + 1))
          assert.ok(Math.abs(a.x - b.x) >= NODE.width || Math.abs(a.y - b.y) >= NODE.height, JSON.stringify([a, b]))
      }
    }),
  )
})

test('every edge between two nodes has a line, and one to nowhere has none', () => {
  fc.assert(
    fc.property(graphs, ({ nodes, edges }) => {
      const there = new Set(nodes.map(({ id }) => id))
      const { lines } = layOut(nodes, edges)
      const drawn = edges.map(({ from, to }) => there.has(from) && there.has(to) && from !== to)
      assert.deepEqual(
        lines.map((line) => line !== undefined),
        drawn,
      )
    }),
  )
})

test('a lane that nothing stands in takes no room', () => {
  const { lanes } = layOut([node('a', 'data'), node('b', 'people')], [])
  assert.deepEqual(
    lanes.map(({ lane }) => lane),
    ['data', 'people'],
  )
})

test('nodes stand beside what they are linked to, so that lines do not cross without need', () => {
  const nodes = [node('a', 'data'), node('b', 'data'), node('c', 'model'), node('d', 'model')]
  const edges: Edge[] = [
    { from: 'a', to: 'd' },
    { from: 'b', to: 'c' },
  ]
  const { nodes: places } = layOut(nodes, edges)
  const y = (id: string) => places.get(id)?.y ?? Number.NaN
  assert.equal(y('a') < y('b'), y('d') < y('c'))
})

function node(id: string, lane: Node['lane']): Node {
  return { id, lane }
}
