// Events are checked against the schema itself: ocsf-1.8.0.json holds what release 1.8.0 of github.com/ocsf/ocsf-schema says
// of the classes and objects that we use, with the profiles that we name.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import type { Exchange } from '../../model/exchange.ts'
import type { Verdict } from '../../model/verdict.ts'
import { exchangeOf } from '../testing.ts'
import { toOcsf } from './ocsf.ts'

interface Shape {
  attributes: Record<string, [type: string, requirement: string, values?: string[]]>
  atLeastOne?: string[]
}

const schema = JSON.parse(readFileSync(new URL('ocsf-1.8.0.json', import.meta.url), 'utf8')) as {
  classes: Record<string, Shape>
  objects: Record<string, Shape>
}

function faults(value: object, shape: Shape | undefined, path: string): string[] {
  if (shape === undefined) return [`${path}: no such shape`]
  const found: string[] = []
  const given = value as Record<string, unknown>
  for (const [name, [, requirement]] of Object.entries(shape.attributes))
    if (requirement === 'required' && given[name] === undefined) found.push(`${path}.${name}: required`)
  if (shape.atLeastOne && !shape.atLeastOne.some((name) => given[name] !== undefined))
    found.push(`${path}: none of ${shape.atLeastOne.join(', ')}`)
  for (const [name, one] of Object.entries(given)) {
    if (one === undefined) continue
    const known = shape.attributes[name]
    if (known === undefined) found.push(`${path}.${name}: unknown`)
    else found.push(...valueFaults(one, known, `${path}.${name}`))
  }
  return found
}

const OF_CLASS = ['category_uid', 'class_uid', 'type_uid']

function valueFaults(value: unknown, [type, , values]: Shape['attributes'][string], path: string): string[] {
  if (type.endsWith('[]')) {
    if (!Array.isArray(value)) return [`${path}: no list`]
    return value.flatMap((one, i) => valueFaults(one, [type.slice(0, -2), ''], `${path}.${i}`))
  }
  if (type.endsWith('_t')) {
    const wanted = /^(integer|long|timestamp|float|port)_t$/.test(type) ? 'number' : type === 'boolean_t' ? 'boolean' : 'string' // prettier-ignore
    if (type === 'object_t' || type === 'json_t') return []
    if (typeof value !== wanted) return [`${path}: ${typeof value} in place of ${wanted}`]
    if (wanted === 'number' && !Number.isInteger(value) && type !== 'float_t') return [`${path}: not whole`]
    const isListed = OF_CLASS.some((name) => path.endsWith(`.${name}`)) || values === undefined
    return isListed || values.includes(String(value)) ? [] : [`${path}: ${String(value)} is no value of it`]
  }
  if (typeof value !== 'object' || value === null) return [`${path}: no object`]
  if (type === 'object') return []
  return schema.objects[type] === undefined ? [`${path}: ${type} is not checked`] : faults(value, schema.objects[type], path) // prettier-ignore
}

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
      assert.deepEqual(faults(activity, schema.classes['api_activity'], 'activity'), [])
      for (const finding of findings)
        assert.deepEqual(faults(finding, schema.classes['detection_finding'], 'finding'), [])
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
      new Set(faults(without, schema.classes['api_activity'], 'x').map((fault) => fault.split(':')[0])),
      new Set(['x.actor', 'x.activity_id', 'x.extra', 'x.duration', 'x.src_endpoint']),
    )
  })
})
