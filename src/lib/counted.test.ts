import assert from 'node:assert/strict'
import { test } from 'node:test'
import { counted } from './counted.ts'

test('one is said as one', () => {
  assert.deepEqual(
    [0, 1, 2].map((many) => counted(many, 'call')),
    ['0 calls', '1 call', '2 calls'],
  )
})
