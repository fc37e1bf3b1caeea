import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Patience } from './patience.ts'

test('a slow file or two have their whole time', () => {
  const patience = new Patience(5_000)
  assert.equal(patience.most, 5_000)
  assert.equal(patience.took(4_000), true)
  assert.equal(patience.most, 5_000)
})

test('many slow files take a fixed time together, and each that follows the least', () => {
  const patience = new Patience(5_000)
  let all = 0
  for (let at = 0; at < 100; at++) {
    all += patience.most
    patience.took(patience.most)
  }
  assert.ok(all < 30_000 + 100 * 500, `${all} ms`)
  assert.equal(patience.most, 500)
})

test('quick files take nothing from those that are slow', () => {
  const patience = new Patience(5_000)
  for (let at = 0; at < 1_000_000; at++) patience.took(100)
  assert.equal(patience.spent, 0)
})

test('what slow files took in a thread that is gone counts in the next', () => {
  const before = new Patience(5_000)
  for (let at = 0; at < 10; at++) before.took(before.most)
  const after = new Patience(5_000, before.spent)
  assert.equal(after.most, before.most)
})

test('a limit below the least is kept', () => {
  assert.equal(new Patience(100).most, 100)
})
