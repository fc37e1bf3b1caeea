import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { smallestCut } from './smallest-cut.ts'

const EDGES = 9
const ways = fc.array(fc.uniqueArray(fc.nat(EDGES - 1), { minLength: 1, maxLength: 4 }), {
  minLength: 1,
  maxLength: 12,
})

/** All sets of edges as bits, the smallest first. */
const SETS = Array.from({ length: 2 ** EDGES }, (_, bits) =>
  Array.from({ length: EDGES }, (_, edge) => edge).filter((edge) => (bits >> edge) & 1),
).toSorted((a, b) => a.length - b.length)

test('a cut is as small as the smallest of all sets of edges that meet every way', () => {
  fc.assert(
    fc.property(ways, (all) => {
      const wayPast = (edges: readonly number[]) => all.find((way) => !way.some((edge) => edges.includes(edge)))
      const every = [...new Set(all.flat())]
      const { cut, isSmallest } = smallestCut(every, all.slice(0, 1), wayPast, { tries: 100_000 })
      assert.equal(wayPast(cut), undefined)
      assert.ok(isSmallest)
      assert.equal(cut.length, SETS.find((set) => wayPast(set) === undefined)?.length)
    }),
  )
})

test('what takes too long is cut with what was found, and says so', () => {
  const all = [[0, 1], [2, 3], [1, 2]] // prettier-ignore
  const wayPast = (edges: readonly number[]) => all.find((way) => !way.some((edge) => edges.includes(edge)))
  assert.deepEqual(smallestCut([0, 2, 3], all.slice(0, 1), wayPast, { tries: 2 }), {
    cut: [0, 2, 3],
    isSmallest: false,
  })
})
