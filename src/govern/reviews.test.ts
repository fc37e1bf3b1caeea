import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Failure } from '../lib/failure.ts'
import { DAY_MS } from './govern.ts'
import { reviewDue } from './review.ts'
import { dueOf, holdReview, settle } from './reviews.ts'
import type { RiskState } from './snapshot.ts'
import { openTestGovern, RISK, seenOf } from './testing.ts'

const live = { environment: 'production', firstSeen: '2026-01-01T00:00:00.000Z' } as const
const last = { at: '2026-06-01T00:00:00.000Z', seen: seenOf([RISK]) }
const other: RiskState = { ...RISK, threat: 'direct-prompt-injection' }

const isRefused = (code: string) => (error: unknown) => error instanceof Failure && error.code === code

describe('when a review is due', () => {
  const cases: [string, Parameters<typeof reviewDue>, string][] = [
    [
      'before its launch',
      [{ ...live, environment: 'staging' }, undefined, seenOf([RISK]), '2026-06-02', 90],
      'due before-launch',
    ],
    ['at once where it runs unreviewed', [live, undefined, seenOf([RISK]), '2026-06-02', 90], 'overdue before-launch'],
    ['not a month after one', [live, last, seenOf([RISK]), '2026-07-01T00:00:00.000Z', 90], 'not-due'],
    ['two weeks before its day', [live, last, seenOf([RISK]), '2026-08-17T00:00:00.000Z', 90], 'due scheduled'],
    ['overdue after 90 days', [live, last, seenOf([RISK]), '2026-08-30T00:00:00.000Z', 90], 'overdue scheduled'],
    ['when a threat is new', [live, last, seenOf([RISK, other]), '2026-06-02', 90], 'due change'],
    [
      'when the residual got worse',
      [live, last, seenOf([{ ...RISK, proven: { ...RISK.proven, severity: 'very-high' } }]), '2026-06-02', 90],
      'due change',
    ],
    [
      'not when the residual got better',
      [live, last, seenOf([{ ...RISK, proven: RISK.designed }]), '2026-06-02', 90],
      'not-due',
    ],
    ['not when a threat is gone', [live, last, [], '2026-06-02', 90], 'not-due'],
  ]
  for (const [title, input, expected] of cases) {
    test(title, () => {
      const due = reviewDue(...input)
      assert.equal([due.state, ...('occasion' in due ? [due.occasion] : [])].join(' '), expected)
    })
  }

  test('time alone never makes a system less due', () => {
    const rank = { 'not-due': 0, due: 1, overdue: 2 }
    let before = 0
    for (let day = 0; day < 200; day++) {
      const now = new Date(Date.parse(last.at) + day * DAY_MS).toISOString()
      const { state } = reviewDue(live, last, seenOf([RISK]), now, 90)
      assert.ok(rank[state] >= before)
      before = rank[state]
    }
  })
})

test('a review is held, settles what was due, and stays open until its findings are settled', async (t) => {
  const { govern, clock, person, risks } = await openTestGovern(t)
  const engineer = await person('engineer')
  const system = await govern.asset('claims')
  assert.ok(system)
  assert.equal((await dueOf(govern, system)).state, 'due')
  const due = new Date(clock.ms + 10 * DAY_MS).toISOString()
  const findings = [{ what: 'no limit for agents', owner: 'bea@example.org', due }]
  const review = await holdReview(govern, engineer, {
    system: 'claims',
    outcome: 'fit-with-conditions',
    summary: 'ok',
    findings,
  })
  assert.deepEqual([review.value.occasion, review.value.state], ['before-launch', 'open'])
  assert.equal((await dueOf(govern, system)).state, 'not-due')
  const settled = await settle(govern, engineer, review.id, { finding: 0, how: 'limit set' })
  assert.equal(settled.value.state, 'closed')
  await assert.rejects(settle(govern, engineer, review.id, { finding: 0, how: 'again' }), isRefused('conflict'))
  await assert.rejects(settle(govern, engineer, review.id, { finding: 1, how: 'again' }), isRefused('not_found'))
  const before = new Date(clock.ms).toISOString()
  clock.ms += 1000
  risks.set('claims direct-prompt-injection', other)
  const now = await dueOf(govern, system)
  assert.deepEqual('why' in now && now.why, ['direct-prompt-injection is new'])
  await holdReview(govern, engineer, { system: 'claims', outcome: 'fit', summary: 'seen', findings: [] })
  assert.equal((await dueOf(govern, system)).state, 'not-due')
  assert.equal((await dueOf(govern, system, before)).state, 'due', 'that day knew only the first review')
})
