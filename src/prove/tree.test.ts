import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import type { LogReader } from './log-store.ts'
import { grow, leafHash, rootOf } from './merkle.ts'
import { openTree } from './tree.ts'
import { isExtension, rootFromPath } from './verify.ts'

const MOST = 300
const leaves = Array.from({ length: 70_000 }, (_, i) => leafHash(`entry ${i}`))
const frontiers: (readonly Uint8Array[])[] = [[]]
const nodes = new Map<number, Uint8Array[]>()
const frontier: Uint8Array[] = []
for (const [size, leaf] of leaves.entries()) {
  grow(frontier, size, leaf, (height, index, root) => {
    if (height % 8 !== 0) return
    const level = nodes.get(height / 8) ?? []
    level[index] = root
    nodes.set(height / 8, level)
  })
  frontiers.push([...frontier])
}

let reads = 0
const reader: Pick<LogReader, 'hashes'> = {
  async hashes(level, from, to) {
    reads++
    assert.ok(to - from <= 256)
    return (level === 0 ? leaves : (nodes.get(level) ?? [])).slice(from, to)
  },
}

const root = (size: number) => rootOf(frontiers[size] ?? assert.fail())
const text = (hash: Uint8Array | undefined) => hash && Buffer.from(hash).toString('hex')
const sizes = fc
  .integer({ min: 1, max: MOST })
  .chain((to) => fc.tuple(fc.integer({ min: 0, max: to }), fc.constant(to)))
const flips = (hashes: readonly Uint8Array[]) =>
  hashes.flatMap((_, i) =>
    Array.from({ length: 256 }, (_, bit) => hashes.map((hash, j) => (i === j ? flip(hash, bit) : hash))),
  )

function flip(hash: Uint8Array, bit: number): Uint8Array {
  const changed = Uint8Array.from(hash)
  changed[Math.floor(bit / 8)] = (changed[Math.floor(bit / 8)] ?? 0) ^ (1 << (bit % 8))
  return changed
}

describe('tree', () => {
  test('gives the root of every size, from tiles alone', async () => {
    for (const size of [0, 1, 2, 3, 255, 256, 257, 300, 511, 512, 65_535, 65_536, 65_537, 70_000])
      assert.equal(text(await openTree(reader, 70_000).root(size)), text(root(size)))
  })

  test('proves every entry of every tree up to 70,000 that was sampled', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 70_000 }), fc.nat(), async (size, pick) => {
        const index = pick % size
        const path = await openTree(reader, 70_000).inclusion(index, size)
        assert.equal(text(await rootFromPath(index, size, leaves[index] ?? assert.fail(), path)), text(root(size)))
      }),
      { numRuns: 200 },
    )
  })

  test('proves that each tree extends each earlier one', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, async ([from, to]) => {
        const path = await openTree(reader, MOST).consistency(from, to)
        assert.ok(await isExtension({ size: from, root: root(from) }, { size: to, root: root(to) }, path))
      }),
      { numRuns: 300 },
    )
  })

  test('no proof of inclusion survives the change of a single bit', async () => {
    for (const [index, size] of [
      [0, 1],
      [5, 7],
      [6, 7],
      [0, 8],
      [255, 300],
    ] as const) {
      const path = await openTree(reader, MOST).inclusion(index, size)
      const leaf = leaves[index] ?? assert.fail()
      const expected = text(root(size))
      assert.equal(text(await rootFromPath(index, size, leaf, path)), expected)
      for (const changed of flips(path)) assert.notEqual(text(await rootFromPath(index, size, leaf, changed)), expected)
      for (let bit = 0; bit < 256; bit++)
        assert.notEqual(text(await rootFromPath(index, size, flip(leaf, bit), path)), expected)
      for (const other of [path.slice(1), [...path, leaf], path.toReversed()].filter(
        (one) => one.length !== path.length || path.length > 1,
      ))
        assert.notEqual(text(await rootFromPath(index, size, leaf, other)), expected)
      for (const wrong of [index + 1, index - 1, size, -1])
        assert.notEqual(text(await rootFromPath(wrong, size, leaf, path)), expected)
    }
  })

  test('no proof of consistency survives the change of a single bit', async () => {
    for (const [from, to] of [
      [1, 2],
      [3, 7],
      [4, 7],
      [6, 8],
      [129, 300],
    ] as const) {
      const path = await openTree(reader, MOST).consistency(from, to)
      const [older, newer] = [
        { size: from, root: root(from) },
        { size: to, root: root(to) },
      ]
      for (const changed of flips(path)) assert.equal(await isExtension(older, newer, changed), false)
      for (let bit = 0; bit < 256; bit++) {
        assert.equal(await isExtension({ ...older, root: flip(older.root, bit) }, newer, path), false)
        assert.equal(await isExtension(older, { ...newer, root: flip(newer.root, bit) }, path), false)
      }
      assert.equal(await isExtension(older, newer, path.slice(1)), false)
      assert.equal(await isExtension(older, newer, [...path, older.root]), false)
      assert.equal(await isExtension(newer, older, path), false)
    }
  })

  test('accepts only the empty proof between equal trees and from the empty tree', async () => {
    const [seven, empty] = [
      { size: 7, root: root(7) },
      { size: 0, root: root(0) },
    ]
    assert.equal(await isExtension(seven, seven, []), true)
    assert.equal(await isExtension(seven, { size: 7, root: root(6) }, []), false)
    assert.equal(await isExtension(empty, seven, []), true)
    assert.equal(await isExtension(empty, seven, [root(1)]), false)
    assert.equal(await isExtension({ size: 0, root: root(1) }, seven, []), false)
  })

  test('reads at most two tiles a level for a proof', async () => {
    reads = 0
    await openTree(reader, 70_000).inclusion(33_333, 70_000)
    assert.ok(reads <= 6, `${reads} reads`)
    reads = 0
    await openTree(reader, 70_000).consistency(33_333, 70_000)
    assert.ok(reads <= 8, `${reads} reads`)
  })

  test('refuses what is not in the tree', async () => {
    const tree = openTree(reader, MOST)
    await assert.rejects(tree.root(301), { code: 'not_found' })
    await assert.rejects(tree.inclusion(7, 7), { code: 'not_found' })
    await assert.rejects(tree.inclusion(-1, 7), { code: 'not_found' })
    await assert.rejects(tree.consistency(8, 7), { code: 'input_invalid' })
    await assert.rejects(openTree({ hashes: async () => [] }, 7).root(7), { code: 'log_damaged' })
  })
})
