import assert from 'node:assert/strict'
import { test } from 'node:test'
import { analyse } from './analyse.ts'
import { inputOf } from './testing.ts'

test('a control that somebody assigned is theirs with its measures, says whose it was, and no risk changes', () => {
  const before = analyse(inputOf({}))
  const assigned = new Map([['rate-limit', { party: 'supplier' as const, reason: 'clause 7' }]])
  const after = analyse({ ...inputOf({}), assigned })
  const control = after.controls.find((one) => one.control === 'rate-limit')
  assert(control?.need === 'needed')
  assert.deepEqual([control.party, control.assigned], ['supplier', { from: 'you', reason: 'clause 7' }])
  const measures = after.measures.filter((one) => one.control === 'rate-limit')
  assert(measures.length > 0 && measures.every(({ party }) => party === 'supplier'))
  assert.deepEqual(after.risks, before.risks)
  const others = (all: typeof after) => all.controls.filter((one) => one.control !== 'rate-limit')
  assert.deepEqual(others(after), others(before))
})

test('what no threat asks for stays not needed, whoever it is assigned to', () => {
  const heuristic = { 'model-kind': 'heuristic', training: 'none' }
  const spare = analyse(inputOf(heuristic)).controls.find(({ need }) => need === 'not-needed')
  assert(spare)
  const assigned = new Map([[spare.control, { party: 'supplier' as const, reason: 'clause 7' }]])
  const after = analyse({ ...inputOf(heuristic), assigned }).controls.find(({ control }) => control === spare.control)
  assert.deepEqual(after, spare)
})
