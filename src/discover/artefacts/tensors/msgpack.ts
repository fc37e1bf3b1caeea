// MessagePack, as Flax and spaCy write parameters: maps, lists, texts and bytes. It is data alone, but for bytes that are a
// pickle: readers with a hook for arrays of objects load them as one.
import { type Piece, Limit, report } from '../piece.ts'
import { guessPickle, mayBePickle } from '../pickle/scan-pickle.ts'
import { type ByteSource, Fields, sliceSource } from '../source.ts'

const MOST_ITEMS = 5_000_000
const MOST_DEPTH = 512
const FEW = 4096
const LEAST_PICKLE = 8

interface Item {
  /** Where the next one begins. */
  next: number
  /** How many of those belong to this one. */
  holds: number
  /** Bytes or text. */
  data?: { at: number; length: number }
}

class BrokenPack extends Error {}

/** A map whose keys are texts, all of it or its first thousands of items. */
export function isMsgpack(source: ByteSource, ext: string): boolean {
  const [first = 0, second = 0] = source.read(0, 6)
  const isMap = (first > 0x80 && first <= 0x8f) || first === 0xde || first === 0xdf
  if (ext !== 'msgpack' && !(isMap && (first > 0x8f || (second > 0xa0 && second <= 0xbf) || second === 0xd9)))
    return false
  try {
    let count = 0
    for (const { next } of items(source)) if (++count >= FEW || next === source.size) return true
  } catch {
    return false // something else, or cut off
  }
  return false
}

export function msgpack(piece: Piece): void {
  let count = 0
  try {
    for (const { data } of items(piece.source)) {
      if (++count > MOST_ITEMS) throw new Limit(`more than ${MOST_ITEMS} items`)
      if (data && data.length >= LEAST_PICKLE) bytes(piece, data)
    }
  } catch (error) {
    if (!(error instanceof BrokenPack)) throw error
    report(piece, 'truncated', { why: error.message })
  }
}

function bytes(piece: Piece, { at, length }: { at: number; length: number }): void {
  const source = sliceSource(piece.source, at, length)
  const place = piece.place ? `${piece.place}!bytes at ${at}` : `bytes at ${at}`
  if (mayBePickle(source)) guessPickle({ ...piece, name: '', source, place })
}

/** One after the other, until all that was begun has ended. */
function* items(source: ByteSource): Generator<Item> {
  const open: number[] = [1]
  let at = 0
  while (open.length > 0) {
    const left = open.pop() ?? 0
    if (left === 0) continue
    open.push(left - 1)
    const item = itemAt(source, at)
    if (item.holds > 0) open.push(item.holds)
    if (open.length > MOST_DEPTH) throw new BrokenPack('it nests too deeply')
    if (item.next > source.size || item.holds > source.size) throw new BrokenPack('it ends within an item')
    at = item.next
    yield item
  }
}

/** How many bytes follow, of those that have a length of their own in the head. */
const PLAIN: Readonly<Record<number, number>> = {
  0xc0: 0,
  0xc2: 0,
  0xc3: 0,
  0xca: 4,
  0xcb: 8,
  0xcc: 1,
  0xcd: 2,
  0xce: 4,
  0xcf: 8,
  0xd0: 1,
  0xd1: 2,
  0xd2: 4,
  0xd3: 8,
}
/** Bytes of the length, and of a type after it. */
const SIZED: Readonly<Record<number, readonly [number, number]>> = {
  0xc4: [1, 0],
  0xc5: [2, 0],
  0xc6: [4, 0],
  0xc7: [1, 1],
  0xc8: [2, 1],
  0xc9: [4, 1],
  0xd9: [1, 0],
  0xda: [2, 0],
  0xdb: [4, 0],
}

function itemAt(source: ByteSource, at: number): Item {
  const head = new Fields(source.read(at, 6))
  const code = head.u8(0)
  if (Number.isNaN(code)) throw new BrokenPack('it ends within an item')
  if (code <= 0x7f || code >= 0xe0) return { next: at + 1, holds: 0 }
  if (code <= 0x8f) return { next: at + 1, holds: 2 * (code - 0x80) }
  if (code <= 0x9f) return { next: at + 1, holds: code - 0x90 }
  if (code <= 0xbf) return data(at + 1, code - 0xa0)
  const plain = PLAIN[code]
  if (plain !== undefined) return { next: at + 1 + plain, holds: 0 }
  // Of a fixed length: one byte that says the type, then 1, 2, 4, 8 or 16.
  if (code >= 0xd4 && code <= 0xd8) return data(at + 2, 2 ** (code - 0xd4))
  if (code >= 0xdc)
    return {
      next: at + (code % 2 === 0 ? 3 : 5),
      holds: (code >= 0xde ? 2 : 1) * lengthAt(head, code % 2 === 0 ? 2 : 4),
    }
  const [width, type] = SIZED[code] ?? [0, 0]
  if (width === 0) throw new BrokenPack('it has an item of no kind')
  return data(at + 1 + width + type, lengthAt(head, width))
}

const data = (at: number, length: number): Item => ({ next: at + length, holds: 0, data: { at, length } })

function lengthAt(head: Fields, width: number): number {
  if (width === 4) return head.u32be(1)
  return width === 1 ? head.u8(1) : head.u8(1) * 256 + head.u8(2)
}
