// The two hashes of RFC 6962 and the compact range that grows by them. A leaf and a node are hashed with different
// first bytes, so that nobody can pass two hashes off as an entry.
import { hash } from 'node:crypto'

/** The root of a tree without leaves: SHA-256 of nothing. */
export const EMPTY_ROOT: Uint8Array = sha256('')

export function sha256(input: string | Uint8Array): Uint8Array {
  return hash('sha256', input, 'buffer')
}

/** Strings are hashed as UTF-8. */
export function leafHash(leaf: string): Uint8Array {
  return hash('sha256', `\0${leaf}`, 'buffer')
}

const pair = new Uint8Array(65)
pair[0] = 1

export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  pair.set(left, 1)
  pair.set(right, 33)
  return hash('sha256', pair, 'buffer')
}

/**
 * Adds one leaf to a compact range of `size` leaves, in place. `finished` hears of every perfect subtree that this
 * leaf completes, smallest first, the leaf itself not among them.
 */
export function grow(
  frontier: Uint8Array[],
  size: number,
  leaf: Uint8Array,
  finished: (height: number, index: number, root: Uint8Array) => void,
): void {
  let root = leaf
  let height = 0
  let before = size
  while (before % 2 === 1) {
    const left = frontier.pop()
    if (!left) throw new Error(`a frontier of ${size} leaves lacks a subtree of height ${height}`)
    root = nodeHash(left, root)
    before = Math.floor(before / 2)
    height++
    finished(height, before, root)
  }
  frontier.push(root)
}

/** The root over the perfect subtrees of a tree, largest first. */
export function rootOf(frontier: readonly Uint8Array[]): Uint8Array {
  return frontier.length === 0 ? EMPTY_ROOT : frontier.reduceRight((right, left) => nodeHash(left, right))
}

/** How many perfect subtrees a tree of `size` leaves falls into. */
export function frontierLength(size: number): number {
  let count = 0
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) count += rest % 2
  return count
}
