// An approval has one end, whoever comes at the same moment, and only those can give it whom the rule names.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { Failure } from '../../lib/failure.ts'
import type { Approval, ApproverRole } from '../../model/approval.ts'
import { ROLES } from '../../model/role.ts'
import { approve, lapse, missingOf, refuse, settledOf } from './approval.ts'
import { Holds } from './holds.ts'
import { waitingApproval } from './testing.ts'

const T = (seconds: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, seconds)).toISOString()

const waiting = (more: Partial<Approval> = {}): Approval =>
  waitingApproval({ asset: undefined, askedAt: T(0), expiresAt: T(30), aliveUntil: T(40), ...more })

describe('an approval', () => {
  test('of the one person it needs lets the call go, and forgets what waited unless that is kept', () => {
    const after = approve(waiting(), { accountId: 'ann', role: 'owner' }, T(1), 'fine')
    assert.deepEqual([after.state, after.sealed, after.reason], ['approved', undefined, 'fine'])
    assert.deepEqual(settledOf(after), { id: 'approval_1', outcome: 'approved', by: ['ann'] })
    const kept = approve(waiting({ isKept: true }), { accountId: 'ann', role: 'owner' }, T(1), '')
    assert.equal(kept.sealed, 'sealed')
  })

  test('of two people in two roles waits for both', () => {
    const both = waiting({ needs: ['owner', 'risk-owner'] })
    const one = approve(both, { accountId: 'rob', role: 'risk-owner' }, T(1), '')
    assert.deepEqual([one.state, missingOf(one)], ['waiting', ['owner']])
    assert.equal(approve(one, { accountId: 'ann', role: 'owner' }, T(2), '').state, 'approved')
  })

  const refused: [string, Partial<Approval>, { accountId: string; role: (typeof ROLES)[number] }, number, RegExp][] = [
    ['by whoever asked', {}, { accountId: 'maker', role: 'owner' }, 1, /your own key/],
    ['in a role that is not asked for', {}, { accountId: 'eve', role: 'engineer' }, 1, /needs an owner/],
    ['by an auditor', { needs: ['engineer'] }, { accountId: 'eve', role: 'auditor' }, 1, /needs an engineer/],
    ['after its time', {}, { accountId: 'ann', role: 'owner' }, 30, /time to decide was over/],
    ['when the process is gone', { expiresAt: T(99) }, { accountId: 'ann', role: 'owner' }, 40, /process that held/],
    [
      'twice by one person',
      { needs: ['owner', 'owner'], given: [{ by: 'ann', role: 'owner', at: T(1) }] },
      { accountId: 'ann', role: 'owner' },
      2,
      /another person/,
    ],
    ['when it has ended', { state: 'refused', endedAt: T(1) }, { accountId: 'ann', role: 'owner' }, 2, /was refused/],
  ]
  for (const [title, more, who, second, words] of refused)
    test(`is not to be had ${title}`, () => {
      assert.throws(
        () => approve(waiting(more), who, T(second), ''),
        (error) => error instanceof Failure && words.test(error.message),
      )
    })

  test('who asked may refuse', () => assert.equal(refuse(waiting(), 'maker', T(1), 'no').state, 'refused'))
})

const PEOPLE = ['maker', 'ann', 'bob', 'cid'].flatMap((accountId) => ROLES.map((role) => ({ accountId, role })))
const steps = fc.array(
  fc.oneof(
    fc.record({ does: fc.constant('approve' as const), who: fc.constantFrom(...PEOPLE), at: fc.nat(50) }),
    fc.record({ does: fc.constant('refuse' as const), who: fc.constantFrom(...PEOPLE), at: fc.nat(50) }),
    fc.record({ does: fc.constantFrom('expired' as const, 'closed' as const), at: fc.nat(50) }),
  ),
  { maxLength: 12 },
)
const needs = fc.array(fc.constantFrom<ApproverRole>('owner', 'risk-owner', 'engineer'), { minLength: 1, maxLength: 3 })

test('whatever comes in whatever order, it ends at most once, and as approved only with everybody it needs', () => {
  let approved = 0
  fc.assert(
    fc.property(needs, steps, (wanted, taken) => {
      let approval = waiting({ needs: wanted })
      const ends: Approval[] = []
      for (const step of taken) {
        const before = approval
        try {
          if (step.does === 'approve') approval = approve(approval, step.who, T(step.at), '')
          else if (step.does === 'refuse') approval = refuse(approval, step.who.accountId, T(step.at), '')
          else approval = lapse(approval, step.does, T(step.at), '')
        } catch (error) {
          assert.ok(error instanceof Failure)
          assert.equal(approval, before)
          continue
        }
        if (approval.state !== 'waiting') ends.push(approval)
      }
      assert.ok(ends.length <= 1)
      const { state, given } = approval
      if (state === 'approved') {
        approved++
        assert.deepEqual(given.map(({ role }) => role).toSorted(), wanted.toSorted())
        assert.ok(given.every(({ by, at }) => by !== 'maker' && at < T(30)))
        assert.equal(new Set(given.map(({ by }) => by)).size, wanted.length)
      }
    }),
    { numRuns: 2000 },
  )
  assert.ok(approved > 10, 'hardly any of them came to an approval')
})

test('several rules ask for all their people together, within the shortest time', () => {
  const holds = new Holds()
  const call = { name: 'pay', arguments: '{}' }
  assert.equal(holds.all, undefined)
  holds.call({ needs: ['owner'], waitSeconds: 60, why: 'a' }, call)
  holds.call({ needs: ['owner', 'engineer'], waitSeconds: 20, why: 'b' }, call)
  assert.deepEqual(holds.all, { needs: ['owner', 'engineer'], waitSeconds: 20, why: 'a; b' })
  assert.deepEqual([holds.calls, holds.areWordsHeld], [[call], false])
})
