// Turns of the event loop: steps that take long are spread over several, in the order in which they came.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { Turns } from './turns.ts'

test('a turn takes as many steps as fit into its time, and all come to their turn', async () => {
  let [now, turn] = [0, 0]
  const turns = new Turns(() => now)
  const taken: [step: number, turn: number][] = []
  const steps = Array.from({ length: 9 }, (_, i) => i)
  for (const step of steps)
    turns.soon(() => {
      taken.push([step, turn])
      now += 6
    })
  for (; taken.length < steps.length; turn++) {
    assert.ok(turn < 20, `${taken.length} steps in ${turn} turns`)
    await nextTurn()
  }
  assert.deepEqual(
    taken.map(([step]) => step),
    steps,
  )
  for (let one = 0; one < turn; one++) {
    const inIt = taken.filter((step) => step[1] === one).length
    assert.ok(inIt <= 3, `${inIt} steps of 6 ms in one turn`)
  }
})

test('a few steps that take no time are taken at once, and of many some in each turn', async () => {
  const turns = new Turns(() => 0)
  let taken = 0
  for (let i = 0; i < 100; i++) turns.soon(() => void taken++)
  await nextTurn()
  assert.ok(taken >= 4 && taken <= 20, `${taken} in the first turn`)
  for (let turn = 0; turn < 50; turn++) await nextTurn()
  assert.deepEqual([taken, turns.hasTime], [100, true])
})
