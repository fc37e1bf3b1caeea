// The files of C2SP tlog-tiles, made on demand from what the store keeps, so that tools written for other logs read ours.
import type { LogReader } from './log-store.ts'
import { tilePath as pathOf } from './verify/directory.ts'

const PATH = /^tile\/(entries|0|[1-9]\d?)\/((?:x\d{3}\/){0,5}\d{3})(?:\.p\/([1-9]\d{0,2}))?$/
const TILE = 256
/** 256^7 is more than a safe integer counts. */
const MOST_LEVELS = 7

export interface TilePath {
  level: number | 'entries'
  index: number
  /** 256 for a full tile. */
  width: number
}

/** Undefined for anything but the one right spelling. */
export function parseTilePath(path: string): TilePath | undefined {
  const [, kind, digits, partial] = PATH.exec(path) ?? []
  if (kind === undefined || digits === undefined) return undefined
  const level: TilePath['level'] = kind === 'entries' ? kind : Number(kind)
  const index = Number(digits.replaceAll(/[x/]/g, ''))
  const width = partial === undefined ? TILE : Number(partial)
  const tile = { level, index, width }
  if (level !== 'entries' && level > 63) return undefined
  if (!Number.isSafeInteger(index) || (partial !== undefined && width >= TILE)) return undefined
  return tilePath(tile) === path ? tile : undefined
}

export const tilePath = ({ level, index, width }: TilePath): string => pathOf(level, index, width)

/** Every tile of a tree that a tree of `before` entries does not have, in the order in which they are safe to write. */
export function* tilesOf(size: number, before = 0): Generator<TilePath> {
  for (const kind of ['entries', 'hashes'] as const) {
    const levels = kind === 'entries' ? 1 : MOST_LEVELS
    for (let at = 0; at < levels; at++) {
      const level = kind === 'entries' ? kind : at
      const [count, had] = [Math.floor(size / TILE ** at), Math.floor(before / TILE ** at)]
      for (let index = Math.floor(had / TILE); index * TILE < count; index++) {
        const width = Math.min(TILE, count - index * TILE)
        if (count > had) yield { level, index, width }
      }
    }
  }
}

/** Undefined for a tile that a tree of `size` entries does not have. */
export async function readTile(reader: LogReader, tile: TilePath, size: number): Promise<Uint8Array | undefined> {
  const level = tile.level === 'entries' ? 0 : tile.level
  const from = tile.index * TILE
  const to = from + tile.width
  if (!Number.isSafeInteger(to) || to > Math.floor(size / TILE ** level)) return undefined
  if (tile.level !== 'entries') return Buffer.concat(await reader.hashes(level, from, to))
  return toBundle((await reader.rows(from, to)).map(({ leaf }) => leaf))
}

/** Entries with their lengths before them, two bytes each. */
export function toBundle(leaves: readonly string[]): Uint8Array {
  return Buffer.concat(
    leaves.flatMap((leaf) => {
      const bytes = Buffer.from(leaf)
      const length = Buffer.alloc(2)
      length.writeUInt16BE(bytes.length)
      return [length, bytes]
    }),
  )
}
