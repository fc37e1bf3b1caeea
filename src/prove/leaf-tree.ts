// The tree over a list of leaves that is all there: what a segment of the record of calls is sealed with. The hashes are
// those of the log, so that whoever can check the one can check the other.
import { EMPTY_ROOT, leafHash, nodeHash } from './merkle.ts'

export const leafTree = {
  hash: leafHash,
  root: (hashes: readonly Uint8Array[]): Uint8Array => rootWithin(hashes, 0, hashes.length),
  /** The hashes beside the way from a leaf to the root, lowest first. */
  path(hashes: readonly Uint8Array[], index: number): Uint8Array[] {
    const path: Uint8Array[] = []
    let [from, to] = [0, hashes.length]
    while (to - from > 1) {
      const middle = from + splitOf(to - from)
      path.push(index < middle ? rootWithin(hashes, middle, to) : rootWithin(hashes, from, middle))
      ;[from, to] = index < middle ? [from, middle] : [middle, to]
    }
    return path.toReversed()
  },
}

function rootWithin(hashes: readonly Uint8Array[], from: number, to: number): Uint8Array {
  if (to - from <= 1) return hashes[from] ?? EMPTY_ROOT
  const middle = from + splitOf(to - from)
  return nodeHash(rootWithin(hashes, from, middle), rootWithin(hashes, middle, to))
}

/** The largest power of two below `count`. */
function splitOf(count: number): number {
  let split = 1
  while (split * 2 < count) split *= 2
  return split
}
