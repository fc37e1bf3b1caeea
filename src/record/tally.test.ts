import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Exchange } from '../model/exchange.ts'
import { exchangeOf } from './testing.ts'
import { tallyOf } from './tally.ts'

const at = new Date('2026-05-01T23:59:59.999Z')
const one = (more: Partial<Exchange>) => tallyOf([exchangeOf({ at, ...more })])[0]

const sum = (name: 'calls' | 'inputTokens' | 'outputTokens' | 'costNanos', some: Exchange[][]) =>
  some.flatMap((batch) => tallyOf(batch)).reduce((total, tally) => total + tally[name], 0)

test('what a call costs counts to the billionth, so that cheap calls are not free', () => {
  const cheap = Array.from({ length: 1000 }, () => exchangeOf({ at, costMicros: 0.4 }))
  assert.deepEqual(tallyOf(cheap).map(({ calls, costNanos }) => [calls, costNanos]), [[1000, 400_000]]) // prettier-ignore
})

test('a call counts on the day it began, and as what became of it', () => {
  assert.partialDeepStrictEqual(one({}), { day: '2026-05-01', calls: 1, blocked: 0, failed: 0 })
  assert.partialDeepStrictEqual(one({ outcome: 'blocked' }), { blocked: 1, failed: 0 })
  for (const outcome of ['refused', 'broken', 'client-gone'] as const)
    assert.partialDeepStrictEqual(one({ outcome }), { blocked: 0, failed: 1 })
})

test('strangers, and calls that are not over, count nowhere', () => {
  assert.equal(one({ keyId: undefined }), undefined)
  assert.equal(one({ outcome: 'open' }), undefined)
})

test('a name that no upstream was asked for does not fill the sums', () => {
  const made = Array.from({ length: 100 }, (_, n) => exchangeOf({ at, model: `made-up-${n}`, upstream: undefined, outcome: 'refused' })) // prettier-ignore
  assert.deepEqual(tallyOf(made).map(({ model, calls }) => [model, calls]), [['', 100]]) // prettier-ignore
})

test('however calls are cut into batches, the same comes out, whatever upstreams claim to have counted', () => {
  const odd = fc.constantFrom(0, 1, 7.6, -5, Number.NaN, Number.POSITIVE_INFINITY, 1e300)
  const call = fc.record({ input: odd, output: odd, model: fc.constantFrom('a', 'b'), costMicros: fc.constantFrom(undefined, 0.1, 2.5) }) // prettier-ignore
  fc.assert(
    fc.property(fc.array(call, { maxLength: 20 }), fc.nat(20), (calls, cut) => {
      const exchanges = calls.map(({ input, output, ...rest }) => exchangeOf({ at, usage: { input, output }, ...rest }))
      for (const name of ['calls', 'inputTokens', 'outputTokens', 'costNanos'] as const) {
        const whole = sum(name, [exchanges])
        assert.ok(Number.isSafeInteger(whole) && whole >= 0)
        assert.equal(sum(name, [exchanges.slice(0, cut), exchanges.slice(cut)]), whole)
      }
    }),
  )
})
