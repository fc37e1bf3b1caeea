import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { parseTilePath, tilePath, tilesOf, toBundle, type TilePath } from './tiles.ts'

const tile: fc.Arbitrary<TilePath> = fc.record({
  level: fc.oneof(fc.constant('entries' as const), fc.integer({ min: 0, max: 63 })),
  index: fc.integer({ min: 0, max: 999_999_999_999 }),
  width: fc.integer({ min: 1, max: 256 }),
})

const count = (level: number, full: boolean) =>
  [...tilesOf(70_000)].filter((one) => one.level === level && (one.width === 256) === full)

describe('tiles', () => {
  test('have one path each, and each path names one tile', () => {
    fc.assert(fc.property(tile, (one) => assert.deepEqual(parseTilePath(tilePath(one)), { ...one })))
    fc.assert(
      fc.property(fc.stringMatching(/^tile\/[0-9a-z]{1,7}\/[x0-9/.p]{1,16}$/), (path) => {
        const read = parseTilePath(path)
        if (read) assert.equal(tilePath(read), path)
      }),
    )
  })

  test('of a tree are those of the specification', () => {
    assert.deepEqual([count(0, true).length, count(0, false).map(({ width }) => width)], [273, [112]])
    assert.deepEqual([count(1, true).length, count(1, false).map(({ width }) => width)], [1, [17]])
    assert.deepEqual([count(2, true).length, count(2, false).map(({ width }) => width)], [0, [1]])
    assert.deepEqual([...tilesOf(256)].map(tilePath), ['tile/entries/000', 'tile/0/000', 'tile/1/000.p/1'])
  })

  test('that a tree has and an older one had not are all that is written', () => {
    fc.assert(
      fc.property(fc.nat(3000), fc.nat(3000), (a, b) => {
        const [before, size] = [Math.min(a, b), Math.max(a, b)]
        const had = new Set([...tilesOf(before)].map(tilePath))
        const all = [...tilesOf(size)].map(tilePath)
        const added = new Set([...tilesOf(size, before)].map(tilePath))
        for (const path of all) assert.ok(had.has(path) || added.has(path), path)
        for (const path of added) assert.ok(all.includes(path), path)
      }),
    )
  })

  test('of entries carry the length of each, two bytes', () => {
    assert.deepEqual([...toBundle(['ä', '', 'b'])], [0, 2, 0xc3, 0xa4, 0, 0, 0, 1, 98])
  })
})
