// What BloodHound takes: its published schemas, what it says in words beside them, and that it tells no ids apart by case.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { GraphDraft } from './draft.ts'
import { toOpenGraph } from './open-graph.ts'
import { assertUploads } from '../../../test/bloodhound.ts'

function graphOf(files: readonly string[]) {
  const draft = new GraphDraft()
  draft.node('workload', 'runs', 'Where it runs', { effects: ['read'], aiAction: true })
  for (const file of files) {
    draft.node('artefact', `file:s:${file}`, file, { verdict: 'unscanned' })
    draft.edge('runs', 'loads', `file:s:${file}`, { evidence: `scan: ${file}:1` })
  }
  const upload = toOpenGraph(draft.done())
  assertUploads(upload)
  return upload.graph
}

test('ids that differ in case alone stay two nodes, and each edge ends at its own', () => {
  const { nodes, edges } = graphOf(['model.pkl', 'Model.pkl', 'MODEL.pkl', 'Other.pkl'])
  assert.equal(new Set(nodes.map(({ id }) => id.toUpperCase())).size, nodes.length)
  for (const { id, properties } of nodes) assert.equal(properties['objectid'], id)
  for (const { end, properties } of edges) {
    const { name } = nodes.find(({ id }) => id === end.value)?.properties ?? {}
    assert.deepEqual(properties['evidence'], [`scan: ${String(name)}:1`])
  }
  const untouched = ['file:s:model.pkl', 'file:s:Other.pkl']
  for (const id of untouched)
    assert(
      nodes.some((node) => node.id === id),
      id,
    )
})

test('kinds are words, at most three a node, and properties are plain values or lists of one type', () => {
  const { nodes, edges } = graphOf(['a'])
  for (const { kinds } of nodes) assert(kinds.length <= 3)
  for (const kind of [...nodes.flatMap(({ kinds }) => kinds), ...edges.map((one) => one.kind)])
    assert.match(kind, /^[A-Za-z0-9_]+$/)
  for (const [key, value] of [...nodes, ...edges].flatMap(({ properties }) => Object.entries(properties))) {
    assert.equal(key, key.toLowerCase())
    const types = new Set((Array.isArray(value) ? value : [value]).map((one: unknown) => typeof one))
    assert(types.size <= 1 && [...types].every((type) => /^(?:string|number|boolean)$/.test(type)), key)
  }
})

test('what the schemas do not allow is objected to', () => {
  const { metadata, graph } = toOpenGraph(new GraphDraft().done())
  assertUploads({ metadata, graph })
  const [id, kinds] = ['a', ['Parapet']]
  for (const nodes of [[{ id }], [{ id, kinds: 'Parapet' }], [{ id, kinds, properties: { a: null } }]])
    assert.throws(() => assertUploads({ metadata, graph: { ...graph, nodes } }), /^AssertionError.*node: /)
  const end = { value: 'a', match_by: 'id' }
  for (const edge of [{ kind: 'a-b' }, { end: { match_by: 'id' } }, { properties: { a: ['b', 1] } }]) {
    const edges = [{ kind: 'ab', start: end, end, properties: {}, ...edge }]
    assert.throws(() => assertUploads({ metadata, graph: { ...graph, edges } }), /^AssertionError.*edge: /)
  }
  assert.throws(() => assertUploads({ metadata: { made: 'here' }, graph }), /metadata: /)
})
