import assert from 'node:assert/strict'
import { test } from 'node:test'
import { applyDeclarations } from './apply-declarations.ts'
import { graphOf } from './graph.ts'
import { ACTOR, openRegister, type TestRegister } from './testing.ts'

/** A ring of agents, each with a tool that all of them share. */
async function ring(register: TestRegister, length: number): Promise<void> {
  const agents = Array.from(
    { length },
    (_, i) => `
  - { id: agent-${i}, kind: agent, name: A, links: [{ kind: calls, to: agent-${(i + 1) % length} }, { kind: uses, to: tool }] }`,
  )
  const text = `source: ring\nassets:\n  - { id: tool, kind: tool, name: T }${agents.join('')}\n`
  await applyDeclarations(register, ACTOR, { files: [{ name: 'ring.yaml', text }], settings: [] })
}

test('a walk round a circle visits each asset once', async (t) => {
  const register = await openRegister(t)
  await ring(register, 5)
  const { nodes, edges, usedBy, truncated } = await graphOf(register.store.read.register, 'agent-0', {
    depth: 10,
    nodes: 100,
  })
  assert.deepEqual(
    nodes.map(({ asset, depth }) => `${asset.id} ${depth}`),
    ['agent-0 0', 'agent-1 1', 'tool 1', 'agent-2 2', 'agent-3 3', 'agent-4 4'],
  )
  assert.deepEqual([edges.length, truncated], [10, false])
  assert.deepEqual(usedBy, [{ from: 'agent-4', kind: 'calls', to: 'agent-0' }])
})

test('a walk ends at its bounds and says so', async (t) => {
  const register = await openRegister(t)
  await ring(register, 30)
  const walk = (depth: number, nodes: number) => graphOf(register.store.read.register, 'agent-0', { depth, nodes })
  const cases: [number, number, number, boolean][] = [
    [2, 100, 4, true],
    [20, 5, 5, true],
    [20, 1, 1, true],
    [29, 31, 31, false],
    [30, 100, 31, false],
  ]
  for (const [depth, most, count, cut] of cases) {
    const { nodes, edges, truncated } = await walk(depth, most)
    assert.deepEqual([nodes.length, truncated], [count, cut], `${depth} ${most}`)
    const shown = new Set(nodes.map(({ asset }) => asset.id))
    assert.ok(edges.every(({ from, to }) => shown.has(from) && shown.has(to)))
  }
})
