import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { withJudgement } from './classifier.ts'
import type { Scan } from './engine.ts'

const scan = (score: number): Scan => ({ findings: [], score, flag: score >= 0.5, truncated: [] })
const unit = fc.double({ min: 0, max: 1, noNaN: true })

test('a classifier raises a score or leaves it, and flags from its threshold on', () => {
  fc.assert(
    fc.property(unit, unit, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (before, score, threshold) => {
      const after = withJudgement(scan(before), { score, start: 0, end: 1 }, threshold)
      assert.ok(after.score >= before && after.score <= 1)
      assert.equal(after.flag, before >= 0.5 || score >= threshold)
      assert.equal(after.findings.length, score >= threshold ? 1 : 0)
    }),
  )
})

test('a score that is none is refused', () => {
  for (const score of [Number.NaN, -1, 2]) {
    assert.throws(() => withJudgement(scan(0), { score, start: 0, end: 1 }, 0.5), { code: 'unavailable' })
  }
})
