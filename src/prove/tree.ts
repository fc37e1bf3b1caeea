// Proofs and roots at any size, from what the store keeps: leaf hashes and the roots of full subtrees of 256^n leaves.
// A proof reads at most two tiles a level, one on the way to the leaf and one on the right edge, whatever the size.
import { Failure } from '../lib/failure.ts'
import type { LogReader } from './log-store.ts'
import { EMPTY_ROOT, nodeHash } from './merkle.ts'

const TILE = 256

interface Tile {
  hashes: readonly Uint8Array[]
  /** Roots of the subtrees within, by height and place. */
  above: Map<number, Uint8Array>
}

export interface Tree {
  root(size: number): Promise<Uint8Array>
  inclusion(index: number, size: number): Promise<Uint8Array[]>
  consistency(from: number, to: number): Promise<Uint8Array[]>
}

/** Reads each tile once, so make a fresh one for each question: what it has read does not grow with the log. */
export function openTree(reader: Pick<LogReader, 'hashes'>, size: number): Tree {
  const tiles = new Map<string, Promise<Tile>>()

  function tile(level: number, index: number): Promise<Tile> {
    const key = `${level}/${index}`
    const known = tiles.get(key)
    if (known) return known
    const full = Math.floor(size / TILE ** level)
    const read = reader.hashes(level, index * TILE, Math.min((index + 1) * TILE, full))
    const opened = read.then((hashes) => ({ hashes, above: new Map<number, Uint8Array>() }))
    tiles.set(key, opened)
    return opened
  }

  /** Root of the perfect subtree of 2^height leaves at an index. */
  async function perfect(height: number, index: number): Promise<Uint8Array> {
    const level = Math.floor(height / 8)
    const wide = TILE / 2 ** (height % 8)
    const root = rootWithin(await tile(level, Math.floor(index / wide)), height % 8, index % wide)
    if (root) return root
    throw new Failure('log_damaged', `the log lacks hashes of level ${level} around ${index}`, {
      hint: 'run `parapet log audit`',
    })
  }

  async function range(from: number, to: number): Promise<Uint8Array> {
    const split = splitOf(to - from)
    if (split * 2 === to - from || to - from === 1) return perfect(heightOf(to - from), from / (to - from))
    return nodeHash(await range(from, from + split), await range(from + split, to))
  }

  async function path(index: number, from: number, to: number): Promise<Uint8Array[]> {
    if (to - from === 1) return []
    const middle = from + splitOf(to - from)
    return index < middle
      ? [...(await path(index, from, middle)), await range(middle, to)]
      : [...(await path(index, middle, to)), await range(from, middle)]
  }

  /** `whole`: the older tree ends where this subtree does, and its root is known to who checks. */
  async function extension(older: number, from: number, to: number, whole: boolean): Promise<Uint8Array[]> {
    if (older === to) return whole ? [] : [await range(from, to)]
    const middle = from + splitOf(to - from)
    return older <= middle
      ? [...(await extension(older, from, middle, whole)), await range(middle, to)]
      : [...(await extension(older, middle, to, false)), await range(from, middle)]
  }

  return {
    async root(at) {
      assertWithin(at, size)
      return at === 0 ? EMPTY_ROOT : range(0, at)
    },
    async inclusion(index, at) {
      assertWithin(at, size)
      if (!Number.isSafeInteger(index) || index < 0 || index >= at)
        throw new Failure('not_found', `a tree of ${at} entries has no entry ${index}`)
      return path(index, 0, at)
    },
    async consistency(from, to) {
      assertWithin(to, size)
      if (!Number.isSafeInteger(from) || from < 0 || from > to)
        throw new Failure('input_invalid', `a tree of ${to} entries does not begin with one of ${from}`)
      return from === 0 || from === to ? [] : extension(from, 0, to, true)
    },
  }
}

/** The largest power of two below `count`. */
function splitOf(count: number): number {
  let split = 1
  while (split * 2 < count) split *= 2
  return split
}

function heightOf(width: number): number {
  let height = 0
  for (let rest = width; rest > 1; rest /= 2) height++
  return height
}

/** What is asked for often is hashed once: a report asks for the same subtrees again and again. */
function rootWithin(tile: Tile, height: number, index: number): Uint8Array | undefined {
  if (height === 0) return tile.hashes[index]
  const key = height * TILE + index
  const known = tile.above.get(key)
  if (known) return known
  const [left, right] = [rootWithin(tile, height - 1, index * 2), rootWithin(tile, height - 1, index * 2 + 1)]
  if (!left || !right) return undefined
  const root = nodeHash(left, right)
  tile.above.set(key, root)
  return root
}

function assertWithin(at: number, size: number): void {
  if (!Number.isSafeInteger(at) || at < 0 || at > size)
    throw new Failure('not_found', `the log has ${size} entries, not ${at}`)
}
