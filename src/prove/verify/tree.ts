// The Merkle tree of RFC 6962 as a verifier sees it: a leaf and its path lead to a root, one root extends another.
import { equal, joined } from './bytes.ts'

const utf8 = new TextEncoder()

export async function sha256(...parts: readonly Uint8Array[]): Promise<Uint8Array> {
  return new Uint8Array(await globalThis.crypto.subtle.digest('SHA-256', joined(parts)))
}

export const leafHashOf = (leaf: string | Uint8Array): Promise<Uint8Array> =>
  sha256(Uint8Array.of(0), typeof leaf === 'string' ? utf8.encode(leaf) : leaf)

export const nodeHashOf = (left: Uint8Array, right: Uint8Array): Promise<Uint8Array> =>
  sha256(Uint8Array.of(1), left, right)

/** The root that a leaf and its path lead to; undefined when the path has the wrong length. */
export async function rootFromPath(
  index: number,
  size: number,
  leaf: Uint8Array,
  path: readonly Uint8Array[],
): Promise<Uint8Array | undefined> {
  if (index < 0 || index >= size) return undefined
  let [at, last, root] = [index, size - 1, leaf]
  for (const sibling of path) {
    if (last === 0) return undefined
    if (at % 2 === 1 || at === last) {
      root = await nodeHashOf(sibling, root)
      while (at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)]
    } else root = await nodeHashOf(root, sibling)
    ;[at, last] = [half(at), half(last)]
  }
  return last === 0 ? root : undefined
}

export async function isExtension(
  from: { size: number; root: Uint8Array },
  to: { size: number; root: Uint8Array },
  path: readonly Uint8Array[],
): Promise<boolean> {
  if (from.size > to.size) return false
  if (from.size === to.size) return path.length === 0 && equal(from.root, to.root)
  if (from.size === 0) return path.length === 0 && equal(from.root, await sha256())
  let [at, last] = [from.size - 1, to.size - 1]
  while (at % 2 === 1) [at, last] = [half(at), half(last)]
  const hashes = at === 0 ? [from.root, ...path] : path
  const [first] = hashes
  if (!first) return false
  let [older, newer] = [first, first]
  for (const hash of hashes.slice(1)) {
    if (last === 0) return false
    if (at % 2 === 1 || at === last) {
      ;[older, newer] = [await nodeHashOf(hash, older), await nodeHashOf(hash, newer)]
      while (at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)]
    } else newer = await nodeHashOf(newer, hash)
    ;[at, last] = [half(at), half(last)]
  }
  return last === 0 && equal(older, from.root) && equal(newer, to.root)
}

const half = (n: number) => Math.floor(n / 2)
