// The table of contents of a zip, and where the archive itself says two things: the central directory, which most readers
// believe, the local headers, which streaming readers believe, and what lies between members, which some of them find.
import { type ByteSource, Fields, utf8 } from '../source.ts'

export interface ZipEntry {
  name: string
  flags: number
  method: number
  packed: number
  size: number
  /** Of the local header, from the start of the source. */
  at: number
  data: number
  isLink: boolean
  /** Where the local header says otherwise. */
  differs: string[]
}

export interface ZipDirectory {
  entries: ZipEntry[]
  /** Bytes before the first member. */
  prefix: number
  /** Bytes after the end record and its comment. */
  trailing: number
  differs: string[]
}

const END64 = 0x06064b50
const LOCATOR64 = 0x07064b50
const CENTRAL = 0x02014b50
export const LOCAL = 0x04034b50
const MOST_COMMENT = 65_535
const MOST_DIRECTORY = 256 * 1024 * 1024

/** Where the end record stands; undefined if this is no zip. */
export function findEnd(source: ByteSource): number | undefined {
  const length = Math.min(source.size, MOST_COMMENT + 22)
  const start = source.size - length
  const tail = Buffer.from(source.read(start, length))
  for (
    let at = tail.lastIndexOf('PK\u0005\u0006');
    at >= 0;
    at = at === 0 ? -1 : tail.lastIndexOf('PK\u0005\u0006', at - 1)
  ) {
    if (at + 22 <= tail.length) return start + at
  }
  return undefined
}

/** Whether the bytes end with a whole zip that begins somewhere within them. */
export function hasZipBehind(source: ByteSource): boolean {
  const end = findEnd(source)
  if (end === undefined) return false
  const record = new Fields(Uint8Array.from(source.read(end, 22)))
  const start = end - record.u32(12)
  const isWhole = end + 22 + record.u16(20) === source.size && record.u16(10) > 0 && start > 0
  return isWhole && new Fields(source.read(start, 4)).u32(0) === CENTRAL
}

export function readDirectory(source: ByteSource, most: number): ZipDirectory | undefined {
  const end = findEnd(source)
  if (end === undefined) return undefined
  const record = new Fields(Uint8Array.from(source.read(end, 22)))
  let [count, size, offset] = [record.u16(10), record.u32(12), record.u32(16)]
  let directoryEnd = end
  const locator = new Fields(Uint8Array.from(source.read(Math.max(0, end - 20), 20)))
  if (end >= 20 && locator.u32(0) === LOCATOR64) {
    // Where it says, or, behind other bytes, right before it.
    for (const at of [locator.u64(8), end - 76]) {
      const wide = new Fields(Uint8Array.from(source.read(Math.max(0, Math.min(at, source.size)), 56)))
      if (wide.u32(0) !== END64) continue
      ;[count, size, offset] = [wide.u64(32), wide.u64(40), wide.u64(48)]
      directoryEnd = at
      break
    }
  }
  if (!(size <= MOST_DIRECTORY) || size > directoryEnd) throw new Error('a zip directory lies beyond the end')
  const start = directoryEnd - size
  // What stands before the archive moves all its offsets; most readers forgive that.
  const shift = start - offset
  const directory: ZipDirectory = {
    entries: [],
    prefix: 0,
    trailing: source.size - end - 22 - record.u16(20),
    differs: [],
  }
  readEntries(source, { start, size, shift, most: Math.min(most, count + 1) }, directory)
  if (directory.entries.length !== count)
    directory.differs.push('the end record counts other members than the directory lists')
  const first = Math.min(start, ...directory.entries.slice(0, 1000).map(({ at }) => at))
  // An end record that lists nothing may stand behind an archive that does.
  directory.prefix = directory.entries.length === 0 ? 0 : Math.max(0, first)
  return directory
}

function readEntries(
  source: ByteSource,
  at: { start: number; size: number; shift: number; most: number },
  directory: ZipDirectory,
): void {
  const fields = new Fields(Uint8Array.from(source.read(at.start, at.size)))
  let from = 0
  while (from + 46 <= fields.length && fields.u32(from) === CENTRAL && directory.entries.length < at.most) {
    const [nameLength, extraLength, commentLength] = [
      fields.u16(from + 28),
      fields.u16(from + 30),
      fields.u16(from + 32),
    ]
    const name = utf8(fields.bytes.subarray(from + 46, from + 46 + nameLength))
    const entry: ZipEntry = {
      name,
      flags: fields.u16(from + 8),
      method: fields.u16(from + 10),
      packed: fields.u32(from + 20),
      size: fields.u32(from + 24),
      at: fields.u32(from + 42),
      data: 0,
      isLink: fields.u32(from + 38) >>> 28 === 0xa,
      differs: [],
    }
    wide(entry, new Fields(fields.bytes.subarray(from + 46 + nameLength, from + 46 + nameLength + extraLength)))
    entry.at += at.shift
    readLocal(source, entry)
    directory.entries.push(entry)
    from += 46 + nameLength + extraLength + commentLength
  }
}

/** Sizes and places beyond 4 GiB. */
function wide(entry: ZipEntry, extra: Fields): void {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.u16(at + 2)) {
    if (extra.u16(at) !== 1) continue
    let from = at + 4
    const next = () => {
      const value = extra.u64(from)
      from += 8
      return value
    }
    if (entry.size === 0xffffffff) entry.size = next()
    if (entry.packed === 0xffffffff) entry.packed = next()
    if (entry.at === 0xffffffff) entry.at = next()
  }
}

function readLocal(source: ByteSource, entry: ZipEntry): void {
  const header = new Fields(Uint8Array.from(source.read(Math.max(0, entry.at), 30)))
  if (header.u32(0) !== LOCAL) {
    entry.differs.push('there is no local header where the directory says')
    return
  }
  const nameLength = header.u16(26)
  entry.data = entry.at + 30 + nameLength + header.u16(28)
  const name = utf8(source.read(entry.at + 30, nameLength))
  const flags = header.u16(6)
  if (name !== entry.name) entry.differs.push(`the local header calls it ${name.slice(0, 60)}`)
  if (header.u16(8) !== entry.method) entry.differs.push('the local header names another compression')
  if ((flags & 1) !== (entry.flags & 1)) entry.differs.push('only one of its headers says that it is encrypted')
  const hasDescriptor = (flags & 8) !== 0
  const [packed, size] = [header.u32(18), header.u32(22)]
  const isOther = (local: number, central: number) =>
    local !== 0xffffffff && local !== central && !(hasDescriptor && local === 0)
  if (isOther(packed, entry.packed) || isOther(size, entry.size))
    entry.differs.push('the local header names another size')
  if (!(entry.data + entry.packed <= source.size)) entry.differs.push('its data goes beyond the end')
}

/** Local headers that no entry of the directory points at, as streaming readers would find them. */
export function hiddenEntries(source: ByteSource, { entries }: ZipDirectory, from: number, to: number): ZipEntry[] {
  const known = entries.map(({ at, data, packed }) => [at, data + packed] as const).toSorted((a, b) => a[0] - b[0])
  const hidden: ZipEntry[] = []
  let at = from
  const gap = (start: number, end: number) => {
    if (end - start < 30 || hidden.length >= 100) return
    const bytes = Buffer.from(source.read(start, Math.min(end - start, 1024 * 1024)))
    for (
      let i = bytes.indexOf('PK\u0003\u0004');
      i >= 0 && hidden.length < 100;
      i = bytes.indexOf('PK\u0003\u0004', i + 4)
    ) {
      const header = new Fields(bytes.subarray(i))
      const nameLength = header.u16(26)
      const data = start + i + 30 + nameLength + header.u16(28)
      const packed = header.u32(18)
      if (!(nameLength > 0 && nameLength < 1024)) continue
      hidden.push({
        name: utf8(bytes.subarray(i + 30, i + 30 + nameLength)),
        flags: header.u16(6),
        method: header.u16(8),
        packed: packed > 0 && data + packed <= source.size ? packed : Math.max(0, end - data),
        size: header.u32(22),
        at: start + i,
        data,
        isLink: false,
        differs: [],
      })
    }
  }
  for (const [start, end] of known) {
    if (start > at) gap(at, start)
    at = Math.max(at, end)
  }
  if (to > at) gap(at, to)
  return hidden
}
