import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Failure } from '../lib/failure.ts'
import { createLimit, networkOf } from './limits.ts'

const at = (ms: number) => new Date(1_000_000 + ms)
const settings = { free: 3, firstWaitMs: 1000, longestWaitMs: 8000, most: 3 }

test('tries are free, then each waits twice as long, up to a bound', () => {
  const limit = createLimit(settings)
  const waits: number[] = []
  let now = 0
  for (let i = 0; i < 8; i++) {
    limit.begin('a', at(now))
    const wait = waitOf(() => limit.begin('a', at(now)))
    if (wait === 0) i++
    waits.push(wait)
    now += wait * 1000
  }
  assert.deepEqual(waits, [0, 1, 2, 4, 8, 8, 8])
})

test('a refusal says how long to wait, and waiting helps', () => {
  const limit = createLimit(settings)
  for (let i = 0; i < 3; i++) limit.begin('a', at(0))
  assert.throws(() => limit.begin('a', at(1)), { code: 'too_many', retryAfter: 1 })
  limit.begin('b', at(1))
  limit.begin('a', at(1000))
})

test('a thousand guesses at once are a thousand tries', () => {
  const limit = createLimit({ ...settings, free: 5 })
  const let_in = Array.from({ length: 1000 }, () => !isRefused(() => limit.begin('a', at(0)))).filter(Boolean)
  assert.equal(let_in.length, 5)
})

test('success forgets, silence forgets, taking back takes one', () => {
  const limit = createLimit(settings)
  for (let i = 0; i < 3; i++) limit.begin('a', at(0))
  limit.succeeded('a')
  limit.begin('a', at(0))
  for (let i = 0; i < 2; i++) limit.begin('a', at(0))
  assert.ok(isRefused(() => limit.begin('a', at(0))))
  limit.begin('a', at(1000 + 8001))
  const other = createLimit(settings)
  for (let i = 0; i < 3; i++) other.begin('a', at(0))
  other.takeBack('a')
  other.begin('a', at(0))
  assert.ok(isRefused(() => other.begin('a', at(0))))
})

test('only so many keys are remembered; the quietest goes first', () => {
  const limit = createLimit(settings)
  for (let i = 0; i < 3; i++) limit.begin('a', at(0))
  for (const key of ['b', 'c', 'd']) limit.begin(key, at(1))
  limit.begin('a', at(1))
})

describe('an address stands for what one party can change at will', () => {
  for (const [address, network] of [
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002::1', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ] as const) {
    test(address, () => assert.equal(networkOf(address), network))
  }
})

/** In seconds; 0 when it is let in. */
function waitOf(begin: () => void): number {
  try {
    begin()
    return 0
  } catch (error) {
    return error instanceof Failure ? (error.retryAfter ?? 0) : Number.NaN
  }
}

function isRefused(begin: () => void): boolean {
  try {
    begin()
    return false
  } catch {
    return true
  }
}
