// What JSON may ask of whoever reads it, beyond its bytes.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Failure } from './failure.ts'
import { parseStrictJson } from './strict-json.ts'

const PIECES = 2_100_000
const row = (one: string, count: number): string => `[${`${one},`.repeat(count)}0]`

for (const one of ['[]', '{}', '""', '"\\\\"'])
  test(`a list of more ${one} than anybody means is refused`, () => {
    assert.throws(() => parseStrictJson(row(one, PIECES)), { code: 'too_large' })
  })

test('what any provider answers is read, however many numbers it has', () => {
  assert.equal((parseStrictJson(row('0.0123', 3_000_000)) as number[]).length, 3_000_001)
  assert.equal((parseStrictJson(row('{"a":["b"]}', 400_000)) as object[]).length, 400_001)
})

test('how deep a large text nests is known before it is parsed', () => {
  assert.throws(() => parseStrictJson('['.repeat(100_000)), /nests deeper than 64 levels/)
  assert.throws(() => parseStrictJson(row('{"a":'.repeat(64), 1000)), /nests deeper than 64 levels/)
})

test('brackets and quotes in a string are letters, and a string without end is no JSON', () => {
  const text = `${'[{"'.repeat(100_000)}\\`
  assert.equal(parseStrictJson(JSON.stringify(text)), text)
  for (const open of [JSON.stringify(text).slice(0, -1), `{"a":"${'b'.repeat(100_000)}`, `${' '.repeat(100_000)}"`])
    assert.throws(() => parseStrictJson(open), Failure)
})
