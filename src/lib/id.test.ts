import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from './id.ts'

test('ids say what they name and never repeat', () => {
  const now = new Date('2026-11-21T00:00:00Z')
  const ids = Array.from({ length: 10_000 }, () => newId('job', now))
  assert.match(ids[0] ?? '', /^job_[0-9a-hjkmnp-tv-z]{26}$/)
  assert.equal(new Set(ids).size, ids.length)
})

test('ids sort by the time they were made', () => {
  const times = [0, 1, 255, 256, 1_000_000_000_000, 1_763_683_200_000, 1_763_683_200_001].map((ms) =>
    newId('x', new Date(ms)),
  )
  assert.deepEqual(times.toSorted(), times)
})
