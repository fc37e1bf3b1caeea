import assert from 'node:assert/strict'
import { test } from 'node:test'
import { suggest } from './suggest.ts'
import { processorMs } from './testing.ts'

const known = ['enforce', 'observe', 'off', 'rate-limit', 'model-access-control']

for (const [word, expected] of [
  ['enforced', 'enforce'],
  ['ENFORCE', 'enforce'],
  ['obsreve', 'observe'],
  ['of', 'off'],
  ['ratelimit', 'rate-limit'],
  ['model-acess-contol', 'model-access-control'],
  ['banana', undefined],
  ['', undefined],
] as const) {
  test(`"${word}" is nearest to ${expected ?? 'nothing'}`, () => assert.equal(suggest(word, known), expected))
}

test('a word of a million characters is answered at once', () => {
  assert.ok(processorMs(() => suggest('x'.repeat(1_000_000), ['y'.repeat(1_000_000), ...known])) < 1000)
})
