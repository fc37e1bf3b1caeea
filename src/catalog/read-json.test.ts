import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseJson } from './read-json.ts'
import { processorMs } from '../lib/testing.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

test('a mistake is found where it is', () => {
  const cases: [text: string, place: string][] = [
    ['', 'the file ends too early at line 1, column 1'],
    ['{', 'the file ends too early at line 1, column 2'],
    ['[1,2', 'the file ends too early at line 1, column 5'],
    ['{"a" 1}', 'unexpected text at line 1, column 6'],
    ['{"a": 1,}', 'unexpected text at line 1, column 9'],
    ['[1,]', 'unexpected text at line 1, column 4'],
    ['[1 2]', 'unexpected text at line 1, column 4'],
    ['[1]\n x', 'unexpected text at line 2, column 2'],
    ['{"a":\n  tru}', 'unexpected text at line 2, column 3'],
    ['{a: 1}', 'unexpected text at line 1, column 2'],
    ['["a\nb"]', 'unexpected text at line 1, column 2'],
    ['[}', 'unexpected text at line 1, column 2'],
    ['{"a":1]', 'unexpected text at line 1, column 7'],
    ['[01]', 'unexpected text at line 1, column 3'],
  ]
  for (const [text, place] of cases) {
    assert.throws(() => parseJson(bytes(text), 'x.json'), { message: `x.json is not JSON: ${place}` }, text)
  }
})

test('what JSON.parse reads is read the same; what it refuses is refused with a place', () => {
  const text = fc.oneof(
    fc.json({ maxDepth: 5 }),
    fc.string({ unit: fc.constantFrom('{', '}', '[', ']', ',', ':', '"a"', '1', 'null', ' ', '\n', '\\', '-') }),
  )
  fc.assert(
    fc.property(text, (text) => {
      let expected: unknown
      try {
        expected = JSON.parse(text)
      } catch {
        assert.throws(
          () => parseJson(bytes(text), 'x.json'),
          /^Failure: x\.json is not JSON: .* at line \d+, column \d+$/,
        )
        return
      }
      assert.deepEqual(parseJson(bytes(text), 'x.json'), expected)
    }),
  )
})

test('a long broken file is told as quickly as a short one', () => {
  const took = processorMs(() => {
    assert.throws(() => parseJson(bytes(`["${'a'.repeat(2_000_000)}`), 'x.json'))
    assert.throws(() => parseJson(bytes(`[${'1,'.repeat(200_000)}`), 'x.json'))
  })
  assert.ok(took < 1000, `${took} ms`)
})
