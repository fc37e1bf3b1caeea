import assert from 'node:assert/strict'
import { test } from 'node:test'
import { defineDetector } from './define.ts'
import { createEngine } from './engine.ts'
import { tooDear } from './pace.ts'

/** Reads so many characters again for each that comes. */
const again = (characters: (seen: number) => number) =>
  createEngine([
    defineDetector({
      id: 'again',
      control: 'sensitive-output-handling',
      family: 'secret',
      title: 'Nothing',
      severity: 'low',
      reach: { before: 0, after: 0 },
      examples: { hit: [], miss: [] },
      open() {
        let sum = 0
        return {
          read({ units, fresh, string, base }) {
            for (let at = fresh; at < string.length; at++)
              for (let i = characters(base + at); i > 0; i--) sum = (sum * 31 + (units[i % string.length] ?? 0)) | 0
            return []
          },
          settled: () => Number.POSITIVE_INFINITY,
          score: () => (sum === 1 ? 1 : 0),
        }
      },
    }),
  ])

test('a reader that goes through a text once for each of its characters is told, whole and in pieces', () => {
  const square = again((seen) => seen >> 4)
  assert.equal(tooDear(square, ['a'], { short: 4096 }).length, 1)
  assert.equal(tooDear(square, ['a'], { short: 4096, piece: 64 }).length, 1)
})

test('a reader that takes the same time for each character is told where that is much', () => {
  const even = again(() => 100)
  assert.deepEqual(tooDear(even, ['a'], { short: 4096 }), [])
  assert.equal(tooDear(even, ['a'], { short: 4096, most: 0.1 }).length, 1)
})
