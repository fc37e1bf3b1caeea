import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type AssetGraph, type GraphEdge, KNOWN_BY } from '../../model/graph.ts'
import { CUTTERS } from './cutters.ts'
import { findPaths } from './find-paths.ts'
import { graphFromText } from './graph-text.ts'

/** Agents that read from strangers, hand over to each other, read stores and send out: ways of many shapes. */
const NODES = graphFromText(`
  mail: content-source trust=untrusted
  web: content-source trust=untrusted
  open: endpoint exposure=public
  a: agent
  b: agent privilege=high
  c: agent
  notes: memory shared=true
  run: tool effects=exec
  edit: tool effects=write
  box: workload
  crm: data-store sensitivity=restricted
  faq: data-store sensitivity=public writableBy=external
  index: vector-store
  out: external-host
  gpt: model`).nodes

const SHAPES: Record<string, [string[], string[]]> = {
  ingests: [
    ['mail', 'web'],
    ['a', 'b', 'c'],
  ],
  exposes: [['open'], ['a', 'b', 'c']],
  delegates: [
    ['a', 'b', 'c'],
    ['a', 'b', 'c'],
  ],
  remembers: [['a', 'b', 'c'], ['notes']],
  'uses-tool': [
    ['a', 'b', 'c'],
    ['run', 'edit'],
  ],
  reads: [
    ['a', 'b', 'c', 'run', 'edit'],
    ['crm', 'faq', 'box'],
  ],
  writes: [
    ['run', 'edit'],
    ['crm', 'box'],
  ],
  'sends-to': [['a', 'b', 'c', 'edit'], ['out']],
  retrieves: [['a', 'b', 'c'], ['index']],
  indexes: [['index'], ['faq', 'crm']],
  calls: [['a', 'b', 'c'], ['gpt']],
}

const edge = fc.constantFrom(...Object.keys(SHAPES)).chain((kind) => {
  const [from, to] = SHAPES[kind] ?? [[], []]
  return fc.record({
    kind: fc.constant(kind as GraphEdge['kind']),
    from: fc.constantFrom(...from),
    to: fc.constantFrom(...to),
    known: fc.constantFrom(...KNOWN_BY),
  })
})

const graph = fc
  .uniqueArray(edge, { minLength: 14, maxLength: 44, selector: ({ kind, from, to }) => `${from} ${kind} ${to}` })
  .map((edges): AssetGraph => ({
    nodes: NODES,
    edges: edges.map(({ kind, from, to, known }) => ({
      id: `${from} ${kind} ${to}`,
      kind,
      from,
      to,
      known,
      evidence: [],
      attributes: {},
      guards: [],
    })),
  }))

const without = ({ nodes, edges }: AssetGraph, ids: ReadonlySet<string>): AssetGraph => ({
  nodes,
  edges: edges.filter(({ id }) => !ids.has(id)),
})
const idsOf = (one: AssetGraph) => new Set(findPaths(one).paths.map(({ id }) => id))

test('the graphs of these tests have paths, and some that more than one edge must be cut for', () => {
  const paths = fc.sample(graph, { numRuns: 200, seed: 1 }).flatMap((one) => findPaths(one).paths)
  assert.ok(paths.length > 100, `${paths.length} paths`)
  assert.ok(paths.filter(({ cut }) => cut.length > 1).length > 20)
})

test('without the edges of its cut a path is gone, and each of them is needed', () => {
  fc.assert(
    fc.property(graph, (one) => {
      for (const { id, cut } of findPaths(one).paths.slice(0, 8)) {
        const edges = cut.map((each) => each.edge)
        assert.ok(!idsOf(without(one, new Set(edges))).has(id), `${id} survives ${edges.join(', ')}`)
        for (const kept of edges) {
          assert.ok(idsOf(without(one, new Set(edges.filter((each) => each !== kept)))).has(id), `${kept} is idle`)
        }
      }
    }),
    { numRuns: 60 },
  )
})

test('a cut that says it is the smallest is: no smaller set of edges ends the path', () => {
  fc.assert(
    fc.property(graph, (one) => {
      const all = one.edges.map(({ id }) => id)
      for (const { id, cut, cutIsMinimum } of findPaths(one).paths.slice(0, 4)) {
        if (!cutIsMinimum || cut.length > 2) continue
        for (const smaller of subsets(all, cut.length - 1)) {
          assert.ok(idsOf(without(one, new Set(smaller))).has(id), `${smaller.join(', ')} is smaller`)
        }
      }
    }),
    { numRuns: 25 },
  )
})

function subsets(all: readonly string[], size: number): string[][] {
  if (size <= 0) return [[]]
  return size === 1 ? all.map((one) => [one]) : []
}

test('ways that are counted share no edge, and there are no more of them than edges in the cut', () => {
  fc.assert(
    fc.property(graph, (one) => {
      for (const { routes, cut, inputs } of findPaths(one).paths) {
        assert.ok(routes >= 1 && routes <= cut.length)
        assert.equal(inputs.routes.length, routes)
      }
    }),
  )
})

test('an edge more never takes a path away, and a proven control never brings one', () => {
  fc.assert(
    fc.property(graph, fc.nat(), (one, pick) => {
      const removed = one.edges[pick % Math.max(1, one.edges.length)]
      if (removed === undefined) return
      const [all, fewer] = [idsOf(one), idsOf(without(one, new Set([removed.id])))]
      for (const id of fewer) assert.ok(all.has(id) || id.startsWith('AP-17') || id.startsWith('AP-11'))
      const [control = ''] = CUTTERS[removed.kind as keyof typeof CUTTERS]
      const guarded = one.edges.map((each) =>
        each === removed ? Object.assign({}, each, { guards: [{ control, mode: 'enforce', proven: true }] }) : each,
      )
      assert.deepEqual(idsOf({ nodes: one.nodes, edges: guarded }), fewer)
    }),
  )
})

test('the shortest way is the shortest: with one of its edges gone, the next is no shorter', () => {
  fc.assert(
    fc.property(graph, (one) => {
      for (const { id, shortest } of findPaths(one).paths.slice(0, 5)) {
        for (const edge of shortest) {
          const other = findPaths(without(one, new Set([edge]))).paths.find((path) => path.id === id)
          assert.ok(other === undefined || other.shortest.length >= shortest.length)
        }
      }
    }),
    { numRuns: 40 },
  )
})

test('the order in which nodes and edges come changes nothing', () => {
  fc.assert(
    fc.property(graph, (one) => {
      const turned = { nodes: one.nodes.toReversed(), edges: one.edges.toReversed() }
      assert.deepEqual(findPaths(turned), findPaths(one))
    }),
  )
})

test('who begins a way reaches its end: it counts as exposed, and a sensitive end as within reach', () => {
  fc.assert(
    fc.property(graph, (one) => {
      for (const { id, sources, target, exposure, blastRadius } of findPaths(one).paths) {
        if (sources.includes('open')) assert.ok(exposure > 0, id)
        if (target === 'crm') assert.ok(blastRadius > 0, id)
      }
    }),
  )
})

test('the cuts of graphs of this size are all known to be the smallest', () => {
  for (const one of fc.sample(graph, { numRuns: 100, seed: 3 }))
    for (const { id, cutIsMinimum } of findPaths(one).paths) assert.ok(cutIsMinimum, id)
})

const TWO_DOORS = `
  mail: content-source trust=untrusted
  web: content-source trust=internal
  chat: endpoint exposure=public
  bot: agent
  crm: data-store sensitivity=restricted
  hr: data-store sensitivity=confidential
  out: external-host
  mail -ingests-> bot known=observed
  bot -reads-> crm
  bot -reads-> hr known=inferred
  bot -sends-to-> out`

test('risk, exposure and reach can be worked out by hand', () => {
  const path = findPaths(graphFromText(`${TWO_DOORS}\nchat -exposes-> bot`)).paths.find(({ rule }) => rule === 'AP-01')
  assert.ok(path)
  // One way, since both go through the same first edge: observed 1 × declared 0.9 × declared 0.9, from an open place.
  assert.deepEqual(path.inputs, { routes: [0.81], impact: 0.6, sensitivity: 1, effect: 'read' })
  assert.equal(path.risk, 48.6)
  assert.equal(path.exposure, 1)
  assert.equal(path.blastRadius, 1)
  assert.deepEqual(path.cut, [{ edge: 'mail ingests bot', controls: CUTTERS.ingests }])
})

test('a control on a node stands on each of its edges that it can close', () => {
  const guarded = `${TWO_DOORS}
    gate: guardrail
    bot -guarded-by-> gate guard=input-segregation/enforce`
  assert.deepEqual(findPaths(graphFromText(guarded)).paths, [])
})

test('an edge to a node that is not there is passed over', () => {
  const one = graphFromText(TWO_DOORS)
  const lost = { ...one, nodes: one.nodes.filter(({ id }) => id !== 'crm' && id !== 'hr') }
  assert.deepEqual(findPaths(lost), { paths: [], truncated: [] })
})
