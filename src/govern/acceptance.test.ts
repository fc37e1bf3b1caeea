import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { Failure } from '../lib/failure.ts'
import { LEVELS } from '../model/risk.ts'
import { STATUSES } from '../model/status.ts'
import { Acceptance, type AcceptanceEvent, counts, nextAcceptance, standingOf } from './acceptance.ts'
import { differencesOf, type RiskState, snapshotHash } from './snapshot.ts'

const risk: RiskState = {
  system: 'claims',
  threat: 'evasion',
  verdict: 'applies',
  inherent: { likelihood: 'high', impact: 'high', severity: 'high' },
  designed: { likelihood: 'low', impact: 'high', severity: 'medium' },
  proven: { likelihood: 'medium', impact: 'high', severity: 'high' },
  scope: [
    { id: 'claims', kind: 'system', version: '4' },
    { id: 'claims-model', kind: 'model', version: '2026-03' },
    { id: 'claims-data', kind: 'dataset' },
  ],
  controls: [
    { id: 'monitor-use', status: 'partial' },
    { id: 'rate-limit', status: 'proven' },
  ],
  catalogVersion: '2026-11',
}
const proposed: Acceptance = {
  state: 'proposed',
  proposedBy: 'ann',
  proposedAt: '2026-01-01T00:00:00.000Z',
  reason: 'the pilot ends in spring',
  conditions: [],
  until: '2026-04-01T00:00:00.000Z',
  aboveAppetite: true,
  snapshot: risk,
  hash: snapshotHash(risk),
}
const at = '2026-01-02T00:00:00.000Z'
const approve = (by: string, more: Partial<Extract<AcceptanceEvent, { event: 'approved' }>> = {}): AcceptanceEvent => ({
  event: 'approved',
  by,
  at,
  risk,
  aboveAppetite: true,
  ...more,
})
const active = nextAcceptance(proposed, approve('bob'))

describe('what an acceptance is bound to', () => {
  const triggers: [string, RiskState | undefined, string][] = [
    ['the residual', { ...risk, proven: { ...risk.proven, severity: 'very-high' } }, 'residual'],
    ['the residual, also when it gets better', { ...risk, proven: { ...risk.proven, severity: 'low' } }, 'residual'],
    ['the residual as designed', { ...risk, designed: risk.proven }, 'residual'],
    ['a component that came', { ...risk, scope: [...risk.scope, { id: 'crm', kind: 'tool' }] }, 'scope'],
    ['a component that went', { ...risk, scope: risk.scope.slice(0, 2) }, 'scope'],
    [
      'a release of the system',
      { ...risk, scope: [{ id: 'claims', kind: 'system', version: '5' }, ...risk.scope.slice(1)] },
      'scope',
    ],
    [
      'another version of the model',
      { ...risk, scope: risk.scope.map((one) => (one.kind === 'model' ? { ...one, version: '2026-04' } : one)) },
      'model-version',
    ],
    [
      'a version that is no longer stated',
      { ...risk, scope: risk.scope.map(({ id, kind }) => ({ id, kind })) },
      'scope',
    ],
    [
      'the status of a control',
      {
        ...risk,
        controls: [
          { id: 'monitor-use', status: 'stale' },
          { id: 'rate-limit', status: 'proven' },
        ],
      },
      'control-status',
    ],
    [
      'a control that is needed now',
      { ...risk, controls: [...risk.controls, { id: 'oversight', status: 'missing' }] },
      'control-status',
    ],
    ['how sure it is that the threat stands', { ...risk, verdict: 'unknown' }, 'verdict'],
    ['a threat that stands no longer', undefined, 'verdict'],
    ['the edition of the catalogue', { ...risk, catalogVersion: '2027-01' }, 'catalog'],
  ]
  for (const [title, now, trigger] of triggers) {
    test(`${title} voids it and is named`, () => {
      const standing = standingOf(active, now, at)
      assert.equal(standing.state, 'voided')
      assert.ok(standing.state === 'voided' && standing.differences.some((one) => one.trigger === trigger))
      assert.equal(counts(standing), false)
      assert.equal(nextAcceptance(active, { event: 'looked-at', at, risk: now }).state, 'voided')
      assert.throws(() => nextAcceptance(proposed, approve('bob', { risk: now })), hasCode('conflict'))
    })
  }

  test('the same things in another order void nothing', () => {
    const turned = { ...risk, scope: risk.scope.toReversed(), controls: risk.controls.toReversed() }
    assert.deepEqual(standingOf(active, turned, at), { state: 'active', until: proposed.until })
    assert.equal(snapshotHash(turned), proposed.hash)
    assert.equal(nextAcceptance(active, { event: 'looked-at', at, risk: turned }), active)
  })

  test('two snapshots have one hash exactly when nothing differs', () => {
    fc.assert(
      fc.property(riskArbitrary, riskArbitrary, (a, b) => {
        const same = differencesOf(a, b).length === 0
        assert.equal(snapshotHash(a) === snapshotHash(b), same)
        assert.equal(differencesOf(b, a).length === 0, same)
      }),
      { numRuns: 500 },
    )
  })
})

describe('who approves', () => {
  test('above the appetite nobody approves what he proposed himself', () => {
    assert.throws(() => nextAcceptance(proposed, approve('ann')), hasCode('forbidden'))
    const before = { ...proposed, aboveAppetite: false }
    assert.throws(() => nextAcceptance(before, approve('ann')), hasCode('forbidden'), 'the appetite sank since')
  })

  test('within the appetite he may', () => {
    const within = { ...proposed, aboveAppetite: false }
    assert.equal(nextAcceptance(within, approve('ann', { aboveAppetite: false })).state, 'active')
  })
})

const day = (text: string) => `${text}T00:00:00.000Z`

describe('time', () => {
  for (const [now, state] of [
    ['2026-01-15', 'active'],
    ['2026-03-03', 'expiring'],
    ['2026-03-31', 'expiring'],
    ['2026-04-01', 'expired'],
    ['2030-01-01', 'expired'],
  ] as const) {
    test(`on ${now} one that ends on 2026-04-01 is ${state}`, () => {
      assert.equal(standingOf(active, risk, day(now)).state, state)
    })
  }

  test('an end that has passed cannot be approved', () => {
    assert.throws(() => nextAcceptance(proposed, approve('bob', { at: proposed.until })), hasCode('conflict'))
  })

  test('one that ran out keeps the time of its end, however late somebody looks', () => {
    const late = nextAcceptance(active, { event: 'looked-at', at: day('2027-01-01'), risk: undefined })
    assert.deepEqual([late.state, 'endedAt' in late && late.endedAt], ['expired', proposed.until])
  })
})

test('whatever happens in whatever order, no state is illegal and what has ended stays ended', () => {
  fc.assert(
    fc.property(fc.array(eventArbitrary, { maxLength: 12 }), (events) => {
      let now: Acceptance = proposed
      for (const event of events) {
        const before: Acceptance = now
        try {
          now = nextAcceptance(now, event)
        } catch (error) {
          assert.ok(error instanceof Failure)
        }
        assert.deepEqual(Acceptance.parse(now), now)
        if (before.state !== 'proposed' && before.state !== 'active') assert.equal(now, before)
        if (before.state === 'active') assert.notEqual(now.state, 'proposed')
        if (now.state === 'active') assert.notEqual(now.approvedBy, now.proposedBy)
        const standing = standingOf(now, event.event === 'looked-at' ? event.risk : risk, event.at)
        if (counts(standing)) {
          assert.equal(now.state, 'active')
          assert.ok(event.at < now.until)
        }
      }
    }),
    { numRuns: 1000 },
  )
})

const level = fc.constantFrom(...LEVELS)
const severity = fc.record({ likelihood: level, impact: level, severity: level })
const riskArbitrary: fc.Arbitrary<RiskState> = fc.record({
  system: fc.constant('claims'),
  threat: fc.constant('evasion'),
  verdict: fc.constantFrom('applies', 'unknown'),
  inherent: fc.constantFrom(risk.inherent, risk.designed),
  designed: fc.constant(risk.designed),
  proven: fc.oneof(fc.constant(risk.proven), severity),
  scope: fc.subarray(risk.scope),
  controls: fc
    .subarray([...risk.controls, { id: 'oversight', status: 'missing' as const }])
    .chain((controls) =>
      fc.constantFrom(...STATUSES).map((status) => controls.map((one, i) => (i === 0 ? { ...one, status } : one))),
    ),
  catalogVersion: fc.constantFrom('2026-11', '2027-01'),
})
const when = fc.constantFrom('2026-01-02T00:00:00.000Z', '2026-03-20T00:00:00.000Z', '2026-05-01T00:00:00.000Z')
const who = fc.constantFrom('ann', 'bob')
const maybeRisk = fc.oneof({ weight: 4, arbitrary: fc.constant(risk) }, riskArbitrary, fc.constant(undefined))
const eventArbitrary: fc.Arbitrary<AcceptanceEvent> = fc.oneof(
  fc.record({
    event: fc.constant('approved' as const),
    by: who,
    at: when,
    risk: maybeRisk,
    aboveAppetite: fc.boolean(),
  }),
  fc.record({
    event: fc.constantFrom('refused' as const, 'withdrawn' as const),
    by: who,
    at: when,
    why: fc.constant('x'),
  }),
  fc.record({ event: fc.constant('looked-at' as const), at: when, risk: maybeRisk }),
)

function hasCode(code: string) {
  return (error: unknown) => error instanceof Failure && error.code === code
}
