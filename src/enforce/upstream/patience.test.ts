// When to try again, and when to leave an upstream alone.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createBreaker } from './breaker.ts'
import { createRetryBudget, waitBefore } from './retry-budget.ts'

test('retries are bounded by what requests leave for them', () => {
  const budget = createRetryBudget({ share: 0.5, floor: 2 })
  assert.deepEqual([budget.take(), budget.take(), budget.take()], [true, true, false])
  budget.asked()
  budget.asked()
  assert.deepEqual([budget.take(), budget.take()], [true, false])
})

test('waits grow, and an upstream that asks for too long a wait is not waited for', () => {
  assert.deepEqual(
    [0, 1, 2, 20].map((attempt) => waitBefore(attempt, undefined, 1)),
    [100, 200, 400, 5000],
  )
  assert.deepEqual(
    [waitBefore(0, undefined, 0), waitBefore(0, 3000, 0), waitBefore(0, 60_000, 0)],
    [50, 3000, undefined],
  )
})

test('an upstream that keeps failing gets one request after a rest, and all once that went well', () => {
  const breaker = createBreaker({ failures: 2, restMs: 100 })
  breaker.failed(0)
  breaker.failed(0)
  assert.deepEqual([breaker.allows(99), breaker.allows(100), breaker.allows(100)], [false, true, false])
  breaker.failed(100)
  assert.deepEqual([breaker.allows(150), breaker.allows(200)], [false, true])
  breaker.undecided()
  assert.equal(breaker.allows(200), true)
  breaker.succeeded()
  assert.deepEqual([breaker.allows(200), breaker.allows(200)], [true, true])
})
