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

const rule = { failures: 2, share: 1, restMs: 100 }

test('an upstream that keeps failing gets one request after a rest, and all once that went well', () => {
  const breaker = createBreaker(rule)
  breaker.failed(0, 'a')
  breaker.failed(0, 'b')
  const allows = (now: number) => breaker.allows(now, 'c')
  assert.deepEqual([allows(99), allows(100), allows(100)], [false, true, false])
  breaker.failed(100, 'c')
  assert.deepEqual([allows(150), allows(200)], [false, true])
  breaker.undecided('c')
  assert.equal(allows(200), true)
  breaker.succeeded('c')
  assert.deepEqual([allows(200), allows(200)], [true, true])
})

test('a caller whose requests alone keep failing rests alone, and is tried again as all are', () => {
  const breaker = createBreaker(rule)
  for (let i = 0; i < 100; i++) breaker.failed(0, 'a')
  const allows = (now: number, who: string) => breaker.allows(now, who)
  assert.deepEqual([allows(0, 'a'), allows(0, 'b'), breaker.isOpen], [false, true, false])
  assert.deepEqual([breaker.isOpenFor('a'), breaker.isOpenFor('b')], [true, false])
  breaker.succeeded('b')
  assert.deepEqual([allows(50, 'a'), allows(100, 'a'), allows(100, 'a')], [false, true, false])
  breaker.succeeded('a')
  assert.deepEqual([allows(100, 'a'), breaker.failuresInARow], [true, 0])
})

test('what one caller did before somebody succeeded counts against nobody afterwards', () => {
  const breaker = createBreaker(rule)
  breaker.failed(0, 'a')
  breaker.succeeded('b')
  breaker.failed(1, 'b')
  assert.equal(breaker.allows(1, 'c'), true)
})

test('callers whose requests fail are remembered within a bound', () => {
  const breaker = createBreaker({ ...rule, share: 0 })
  for (let i = 0; i < 1001; i++) for (const _ of [1, 2]) breaker.failed(0, `k${i}`)
  assert.deepEqual([breaker.isOpenFor('k0'), breaker.isOpenFor('k1'), breaker.isOpenFor('k1000')], [false, true, true])
})
