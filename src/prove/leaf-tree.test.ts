import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { leafTree } from './leaf-tree.ts'
import { grow, rootOf } from './merkle.ts'
import { rootFromPath } from './verify.ts'

const hex = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('hex')
const hashesOf = (count: number) => Array.from({ length: count }, (_, n) => leafTree.hash(`leaf ${n}`))

test('the root is the one that growing leaf by leaf gives', () => {
  for (const count of [0, 1, 2, 3, 5, 8, 13, 255, 256, 257]) {
    const frontier: Uint8Array[] = []
    hashesOf(count).forEach((hash, n) => grow(frontier, n, hash, () => undefined))
    assert.deepEqual(leafTree.root(hashesOf(count)), rootOf(frontier), `${count} leaves`)
  }
})

test('each leaf has a path that leads to the root, and to no other', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 300 }), fc.nat(), async (count, n) => {
      const hashes = hashesOf(count)
      const index = n % count
      const path = leafTree.path(hashes, index)
      const leaf = hashes[index] ?? new Uint8Array()
      assert.equal(hex(await rootFromPath(index, count, leaf, path)), hex(leafTree.root(hashes)))
      if (count > 1) {
        const other = await rootFromPath((index + 1) % count, count, leaf, path)
        assert.notEqual(hex(other), hex(leafTree.root(hashes)))
      }
    }),
    { numRuns: 60 },
  )
})
