// What ended is held against what was kept: nothing but the whole is proof.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Exchange } from '../model/exchange.ts'
import { Completeness } from './completeness.ts'
import { exchangeOf } from './testing.ts'
import type { KeptBatch } from './waiting.ts'

const T0 = Date.parse('2026-05-01T00:00:00Z')
const second = (n: number) => new Date(T0 + n * 1000)
const batch = (more: Partial<KeptBatch>): KeptBatch => ({ exchanges: [], segment: 's', counted: [], wordless: new Set(), ...more }) // prettier-ignore

function setUp(content: 'none' | 'redacted' | 'full' = 'none') {
  const whole = new Completeness(() => content)
  return {
    end(n: number, count: number, more: Partial<Exchange> = {}): Exchange[] {
      const calls = Array.from({ length: count }, () => exchangeOf(more))
      for (const call of calls) whole.ended(call, second(n))
      return calls
    },
    keep: (exchanges: readonly Exchange[], more: Partial<KeptBatch> = {}) => whole.kept(batch({ exchanges, ...more })),
    told: (n: number, isSealed = true) =>
      whole
        .tellings(second(n), isSealed)
        .map(([{ asset, route }, { says, words }, count]) => `${asset} ${route} ${says}: ${words(count)}`),
  }
}

describe('the log of requests', () => {
  test('is whole where each call that ended is kept and sealed, told once, by system and route', () => {
    const { end, keep, told } = setUp()
    const calls = end(0, 3)
    keep([...calls, ...end(0, 1, { route: 'batch' })])
    assert.deepEqual(told(1), [
      'shop chat holds: 3 calls are on record, without their words as the policy says',
      'shop batch holds: 1 call is on record, without its words as the policy says',
    ])
    assert.deepEqual(told(2), [])
  })

  test('is not while a call is late, whatever others are kept, and names its route', () => {
    const { end, keep, told } = setUp()
    end(0, 1)
    keep(end(0, 5))
    assert.deepEqual(told(59), ['shop chat holds: 5 calls are on record, without their words as the policy says'])
    keep(end(60, 4))
    assert.deepEqual(told(60), [
      'shop chat holds: 4 calls are on record, without their words as the policy says',
      'shop chat breaks: 1 call is not on record',
    ])
  })

  test('does not take a call that comes late for one that is missing', () => {
    const { end, keep, told } = setUp()
    const [late] = end(0, 1)
    assert.equal(told(60).length, 1)
    keep(late ? [late] : [])
    end(61, 1)
    assert.deepEqual(told(121), ['shop chat breaks: 1 call is not on record'])
  })

  test('has the calls of a crowd that were counted', () => {
    const { end, keep, told } = setUp()
    keep(end(0, 1), { counted: end(0, 30) })
    assert.match(told(1).join(), /holds: 31 calls/)
  })

  test('waits for the seal, and not for ever', () => {
    const { end, keep, told } = setUp()
    keep(end(0, 2))
    assert.deepEqual(told(1, false), [])
    assert.deepEqual(told(600, false), ['shop chat breaks: 2 calls wait for their seal'])
  })

  test('lacks the words that the policy keeps and the recorder let go', () => {
    const { end, keep, told } = setUp('full')
    const calls = end(0, 2)
    keep(calls, { wordless: new Set(calls.slice(1).map(({ id }) => id)) })
    assert.deepEqual(told(1), [
      'shop chat holds: 1 call is on record with its words',
      'shop chat breaks: 1 call lost the words that the policy keeps',
    ])
  })

  test('is that of systems: what belongs to none proves nothing', () => {
    const { end, told } = setUp()
    end(0, 1, { asset: undefined })
    end(0, 1, { route: undefined })
    assert.deepEqual(told(90), [])
  })

  test('misses what is beyond its bound at once', () => {
    const { end, told } = setUp()
    end(0, 50_003)
    assert.deepEqual(told(0), ['shop chat breaks: 3 calls are not on record'])
  })
})
