// What each kind of call is told as, checked against the schema.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Exchange } from '../../model/exchange.ts'
import type { Verdict } from '../../model/verdict.ts'
import { exchangeOf } from '../testing.ts'
import { toOcsf } from './ocsf.ts'
import { ocsfFaults } from './testing-ocsf.ts'

const hit: Verdict = { guard: 'prompt-injection-io-handling', stage: 'request', outcome: 'hit', remedy: 'block', changes: 0, more: 2, hits: [{ detector: 'd', kind: 'override', severity: 'high', confidence: 0.93, note: 'n', origin: 'user', place: 'messages.0' }] } // prettier-ignore
const failed: Verdict = { ...hit, outcome: 'failed', hits: [], more: 0, why: 'was later than its deadline' }
const decided = (action: 'forward' | 'rewrite' | 'block') => [{ action, because: action === 'forward' ? [] : [hit.guard], policy: 'ab'.repeat(32) }] // prettier-ignore
const trace = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), parentId: undefined, isSampled: true }

const cases: [title: string, more: Partial<Exchange>, action: number, disposition: number, severity: number][] = [
  ['a plain answer', { trace }, 1, 1, 1],
  ['a blocked request', { outcome: 'blocked', code: 'blocked', status: 403, verdicts: [hit], decisions: decided('block'), upstream: undefined, usage: undefined }, 2, 2, 4], // prettier-ignore
  ['a masked answer', { verdicts: [hit], decisions: decided('rewrite') }, 4, 11, 4],
  ['a hit that is only observed', { verdicts: [hit], decisions: decided('forward') }, 3, 15, 4],
  ['a guard that failed', { verdicts: [failed], decisions: decided('forward') }, 1, 1, 3],
  ['a stranger', { outcome: 'refused', code: 'unauthenticated', status: 401, keyId: undefined, asset: undefined, route: undefined, model: undefined, wire: undefined, upstreamWire: undefined, upstream: undefined, client: undefined, usage: undefined }, 2, 26, 1], // prettier-ignore
  ['a call over its limit', { outcome: 'refused', code: 'rate_limited', status: 429, asset: undefined }, 2, 25, 1],
  ['an answer that broke off', { outcome: 'broken', code: 'upstream_invalid' }, 1, 27, 1],
]

describe('a call as OCSF', () => {
  for (const [title, more, action, disposition, severity] of cases)
    test(`${title} fits the schema and says what was done`, () => {
      const [activity, ...findings] = toOcsf(exchangeOf(more), '1.2.3')
      assert.ok(activity)
      for (const event of [activity, ...findings]) assert.deepEqual(ocsfFaults(event), [])
      assert.deepEqual(
        [activity.action_id, activity.disposition_id, activity.severity_id],
        [action, disposition, severity],
      )
      assert.equal(findings.length, more.verdicts?.length ?? 0)
    })

  test('a finding names the call that it belongs to', () => {
    const exchange = exchangeOf({ verdicts: [hit, failed], decisions: decided('block') })
    const [activity, first, second] = toOcsf(exchange, '1')
    assert.equal(activity?.metadata.uid, exchange.id)
    assert.partialDeepStrictEqual(first, { type_uid: 200401, metadata: { correlation_uid: exchange.id }, confidence_score: 93, finding_info: { types: ['override'] } }) // prettier-ignore
    assert.notEqual(first?.metadata.uid, second?.metadata.uid)
  })

  test('the check of the schema finds what is wrong', () => {
    const [activity] = toOcsf(exchangeOf(), '1')
    const without: object = {
      ...activity,
      actor: undefined,
      activity_id: 77,
      extra: 1,
      duration: 1.5,
      src_endpoint: {},
    }
    assert.deepEqual(
      new Set(ocsfFaults(without).map((fault) => fault.split(':')[0]?.split('.')[1])),
      new Set(['actor', 'activity_id', 'extra', 'duration', 'src_endpoint']),
    )
  })
})
