// Who decides without looking is seen, and who decides with care is not.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Approval } from '../../model/approval.ts'
import { approve, lapse, refuse } from './approval.ts'
import { ReviewerBounds, reviewerHealth } from './reviewer-health.ts'
import { waitingApproval } from './testing.ts'

const T0 = Date.UTC(2026, 0, 5)
const T = (seconds: number) => new Date(T0 + seconds * 1000).toISOString()
const NOW = new Date(T0 + 86_400_000)

const asked = (at: number, more: Partial<Approval> = {}): Approval =>
  waitingApproval({
    id: `approval_${at}`,
    waitSeconds: 300,
    sealed: undefined,
    askedAt: T(at),
    expiresAt: T(at + 300),
    aliveUntil: T(at + 300),
    ...more,
  })

const many = (count: number, one: (at: number) => Approval) => Array.from({ length: count }, (_, i) => one(i * 60))
const yes = (by: string, after: number) => (at: number) =>
  approve(asked(at), { accountId: by, role: 'owner' }, T(at + after), '')
const no = (by: string, after: number) => (at: number) => refuse(asked(at), by, T(at + after), 'no')
const late = (at: number) => lapse(asked(at), 'expired', T(at + 300), 'nobody decided in time')
const gone = (at: number) => lapse(asked(at), 'closed', T(at + 5), 'the client is gone')
const orphaned = (at: number) => lapse(asked(at), 'expired', T(at + 20), 'the process that held the call is gone')

const health = (approvals: readonly Approval[], bounds: Partial<ReviewerBounds> = {}) =>
  reviewerHealth(approvals, ReviewerBounds.parse(bounds), NOW)

describe('people who decide', () => {
  test('are told of by how much and how fast', () => {
    const { reviewers, questions, unanswered, strays, isEnough } = health([
      ...many(4, yes('ann', 20)),
      ...many(2, no('ann', 40)),
      yes('bob', 1)(0),
      late(0),
      gone(0),
      orphaned(0),
    ])
    assert.deepEqual(reviewers, [
      { by: 'ann', approved: 4, refused: 2, hasty: 0, medianSeconds: 20, mostOnADay: 6, own: 0 },
      { by: 'bob', approved: 1, refused: 0, hasty: 1, medianSeconds: 1, mostOnADay: 1, own: 0 },
    ])
    assert.deepEqual([questions, unanswered, strays, isEnough], [8, 1, [], true])
  })

  const cases: [title: string, approvals: readonly Approval[], bounds: Partial<ReviewerBounds>, strays: string[]][] = [
    ['approve at once', many(6, yes('ann', 1)), {}, ['ann gave 6 of 6 approvals within 3 s']],
    ['approve at once half of the time', [...many(3, yes('ann', 1)), ...many(3, yes('ann', 9))], {}, []],
    ['refuse at once', many(6, no('ann', 1)), {}, []],
    ['take as long as they may', many(6, yes('ann', 3)), {}, []],
    ['approve at once, a few each', ['a', 'b', 'c'].flatMap((by) => many(2, yes(by, 1))), {}, ['everybody together gave 6 of 6 approvals within 3 s']],
    ['approve whatever comes', many(9, yes('ann', 20)), { mostApproved: 0.9 }, ['ann approved 9 of 9']],
    ['approve most of what comes', [...many(9, yes('ann', 20)), ...many(2, no('ann', 20))], { mostApproved: 0.9 }, []],
    ['decide too much on a day', many(7, no('ann', 20)), { mostADay: 6 }, ['ann decided 7 times on one day']],
    ['are not there', [...many(4, late), no('ann', 1)(0)], {}, ['4 of 5 questions were answered by nobody']],
    ['approve what is their own', [{ ...yes('ann', 20)(0), askers: ['ann'] }], {}, ['ann approved 1 of their own calls']],
    ['did so long ago', many(6, yes('ann', 1)), { hours: 1 }, []],
    ['did so too seldom to tell', many(4, yes('ann', 1)), {}, []],
  ] // prettier-ignore
  for (const [title, approvals, bounds, strays] of cases)
    test(`who ${title}: ${strays.join() || 'nothing to say'}`, () => {
      assert.deepEqual(health(approvals, bounds).strays, strays)
    })

  test('are within bounds only where enough was decided', () => {
    assert.equal(health(many(4, yes('ann', 20))).isEnough, false)
    assert.equal(health(many(5, yes('ann', 20))).isEnough, true)
  })
})
