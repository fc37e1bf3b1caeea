import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createMoments } from './moments.ts'

const WALL = '2026-05-01T00:00:00.000Z'
const moments = () => createMoments(() => new Date(WALL))

test('a change is stamped later than every moment that was closed, and keeps its time', () => {
  const { begin, close } = moments()
  const early = begin()
  assert.equal(early.at().toISOString(), WALL)
  assert.equal(close().at, WALL)
  assert.equal(begin().at().toISOString(), '2026-05-01T00:00:00.001Z')
  assert.equal(close('2026-05-02T00:00:00.000Z').at, '2026-05-02T00:00:00.000Z')
  assert.equal(begin().at().toISOString(), '2026-05-02T00:00:00.001Z')
  assert.equal(early.at().toISOString(), WALL)
})

test('closing waits for changes that carry an earlier time, and for no others', async () => {
  const { begin, close } = moments()
  const [stamped, unstamped] = [begin(), begin()]
  stamped.at()
  let isSettled = false
  const waiting = close().settled.then(() => (isSettled = true))
  await new Promise((resolve) => setImmediate(resolve))
  assert.equal(isSettled, false)
  stamped.over()
  await waiting
  unstamped.at()
  unstamped.over()
  await close().settled
})
