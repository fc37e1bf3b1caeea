// tar in its dialects: ustar, GNU long names, pax, base-256 sizes. Members are slices of the file, nothing is copied.
import { inside, type Piece, report } from '../piece.ts'
import { Fields, latin1, sliceSource, utf8 } from '../source.ts'
import { checkName, linkLeaves } from './names.ts'

const BLOCK = 512
const MOST_NAME = 65_536

export interface TarEntry {
  name: string
  type: string
  link: string
  at: number
  size: number
}

export function tar(piece: Piece): void {
  const { source } = piece
  const entries: TarEntry[] = []
  let end = 0
  for (const entry of tarEntries(piece)) {
    end = Math.max(end, entry.at + Math.ceil(entry.size / BLOCK) * BLOCK)
    if (!piece.shared.member(piece, { name: entry.name, bytes: entry.size })) return
    entries.push(entry)
    checkName(piece, entry.name)
    if ((entry.type === '1' || entry.type === '2') && linkLeaves(entry.name, entry.link, entry.type === '1')) {
      report(piece, 'archive-link', { why: 'a link leads out of the folder', place: entry.name })
    }
    if (/^[346]$/.test(entry.type)) report(piece, 'archive-link', { why: 'a member is a device', place: entry.name })
  }
  const byName = new Map(entries.map((entry) => [entry.name.replace(/^\.\//, ''), entry]))
  if (byName.size < entries.filter(({ type }) => type !== '5').length && hasTwice(entries))
    report(piece, 'archive-differs', { why: 'two members have the same name' })
  const beside = (name: string) => {
    const entry = byName.get(name)
    return entry && sliceSource(source, entry.at, entry.size)
  }
  for (const { name, type, at, size } of entries)
    if (type === '0' && size > 0) inside(piece, name, sliceSource(source, at, size), beside)
  trailing(piece, end)
}

function hasTwice(entries: readonly TarEntry[]): boolean {
  const names = entries.filter(({ type }) => type === '0').map(({ name }) => name)
  return new Set(names).size < names.length
}

function trailing(piece: Piece, end: number): void {
  const { source } = piece
  for (let at = end; at < source.size; at += 65_536) {
    const bytes = source.read(at, 65_536)
    const first = bytes.findIndex((byte) => byte !== 0)
    if (first < 0) continue
    report(piece, 'trailing-data', { why: 'bytes follow the end of the archive', offset: at + first })
    inside(piece, 'bytes after the archive', sliceSource(source, at + first, source.size - at - first))
    return
  }
}

/** Gives back whether the archive has an end; one that was cut off between two members has none. */
export function* tarEntries({ source }: Pick<Piece, 'source'>): Generator<TarEntry, boolean> {
  let long: { name?: string; link?: string; size?: number } = {}
  for (let at = 0; at + BLOCK <= source.size;) {
    const header = Uint8Array.from(source.read(at, BLOCK))
    if (header.every((byte) => byte === 0)) return true
    if (!isTarHeader(header)) throw new Error('a tar header has a wrong checksum')
    const type = String.fromCharCode(header[156] ?? 48)
      .replace('\0', '0')
      .replace('7', '0')
    const size = long.size ?? number(header.subarray(124, 136))
    const data = at + BLOCK
    if (!(size >= 0) || data + size > source.size) throw new Error('a tar member goes beyond the end')
    at = data + Math.ceil(size / BLOCK) * BLOCK
    if (type === 'L' || type === 'K') {
      const text = utf8(source.read(data, Math.min(size, MOST_NAME))).replace(/\0+$/, '')
      long = type === 'L' ? { ...long, name: text } : { ...long, link: text }
    } else if (type === 'x' || type === 'g') {
      if (type === 'x') long = { ...long, ...pax(utf8(source.read(data, Math.min(size, MOST_NAME)))) }
    } else {
      yield {
        name: long.name ?? nameOf(header),
        type,
        link: long.link ?? text(header.subarray(157, 257)),
        at: data,
        size: type === '0' ? size : 0,
      }
      long = {}
    }
  }
  return false
}

function pax(records: string): { name?: string; link?: string; size?: number } {
  const found: { name?: string; link?: string; size?: number } = {}
  for (const [, key, value = ''] of records.matchAll(/\d+ (?<key>[^=\n]+)=(?<value>[^\n]*)\n/g)) {
    if (key === 'path') found.name = value
    else if (key === 'linkpath') found.link = value
    else if (key === 'size') found.size = Number(value)
  }
  return found
}

function nameOf(header: Uint8Array): string {
  const prefix =
    latin1(header.subarray(257, 262)) === 'ustar' && header[262] === 0 ? text(header.subarray(345, 500)) : ''
  const name = text(header.subarray(0, 100))
  return prefix ? `${prefix}/${name}` : name
}

function text(bytes: Uint8Array): string {
  const end = bytes.indexOf(0)
  return utf8(end < 0 ? bytes : bytes.subarray(0, end))
}

function number(bytes: Uint8Array): number {
  if ((bytes[0] ?? 0) & 0x80) return bytes.subarray(1).reduce((sum, byte) => sum * 256 + byte, 0)
  const digits = text(bytes).trim()
  return digits === '' ? 0 : Number.parseInt(digits, 8)
}

export function isTarHeader(header: Uint8Array): boolean {
  if (header.length < BLOCK || header[0] === 0) return false
  const expected = number(header.subarray(148, 156))
  let sum = 256
  for (let i = 0; i < BLOCK; i++) if (i < 148 || i >= 156) sum += header[i] ?? 0
  return sum === expected && new Fields(header).u8(0) !== 0
}
