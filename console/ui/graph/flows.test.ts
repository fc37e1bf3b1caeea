import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gatherFlows, type GraphNode } from './flows.ts'

const NODES: readonly GraphNode[] = [
  { id: 'bot', kind: 'system', name: 'Bot' },
  { id: 'book', kind: 'knowledge-base', name: 'Handbook' },
  { id: 'mail', kind: 'tool', name: 'Mailer' },
]

test('what is read flows to the reader, what is called flows to what is called', () => {
  const flows = gatherFlows(NODES, [
    { from: 'bot', to: 'book', kind: 'retrievesFrom' },
    { from: 'bot', to: 'mail', kind: 'calls' },
  ])
  assert.deepEqual(
    flows.map(({ from, to }) => [from, to]),
    [
      ['book', 'bot'],
      ['bot', 'mail'],
    ],
  )
})

test('several links that flow one way are one line that says them all', () => {
  const [flow, ...more] = gatherFlows(NODES, [
    { from: 'bot', to: 'mail', kind: 'calls' },
    { from: 'bot', to: 'mail', kind: 'writes' },
  ])
  assert.equal(flow?.says, 'Bot calls Mailer\nBot writes to Mailer')
  assert.deepEqual(more, [])
})

test('reading and writing the same thing are two lines, and a link to itself is none', () => {
  const flows = gatherFlows(NODES, [
    { from: 'bot', to: 'book', kind: 'reads' },
    { from: 'bot', to: 'book', kind: 'writes' },
    { from: 'bot', to: 'bot', kind: 'uses' },
  ])
  assert.equal(flows.length, 2)
})
