import assert from 'node:assert/strict'
import { test } from 'node:test'
import { once } from './once.ts'

test('a value is made once, when it is asked for, nothing included', () => {
  let times = 0
  const value = once(() => {
    times += 1
    return undefined
  })
  assert.equal(times, 0)
  assert.deepEqual([value(), value(), times], [undefined, undefined, 1])
})
