// Zip in all the clothes that models wear: torch, Keras, NumPy, skops, MAR, llamafile. Members that are stored are slices of
// the file, so a model of any size costs its directory and the heads of its members.
import { inside, Limit, type Piece, report } from '../piece.ts'
import { type ByteSource, bytesSource, sliceSource, utf8 } from '../source.ts'
import { scanPickle } from '../pickle/scan-pickle.ts'
import { type Codec, expand, isBomb } from './expand.ts'
import { checkName, linkLeaves } from './names.ts'
import { findEnd, hiddenEntries, readDirectory, type ZipEntry } from './zip-directory.ts'

const METHODS: Record<number, Codec> = { 8: 'deflate', 12: 'bzip2', 14: 'lzma-zip', 93: 'zstd', 95: 'xz' }
/** Before the archive, for programs that carry one. */
const FORGIVEN = 4

export function zip(piece: Piece, isProgram = false): void {
  const { source } = piece
  const directory = readDirectory(source, piece.shared.limits.members)
  if (!directory) {
    report(piece, 'truncated', { why: 'the directory at its end is missing' })
    for (const entry of hiddenEntries(source, { entries: [], prefix: 0, trailing: 0, differs: [] }, 0, source.size))
      member(piece, entry, () => undefined)
    return
  }
  for (const why of directory.differs) report(piece, 'archive-differs', { why })
  if (!isProgram && directory.prefix > FORGIVEN && directory.entries.length > 0) prefix(piece, directory.prefix)
  if (directory.trailing > 0) report(piece, 'trailing-data', { why: `${directory.trailing} bytes follow the archive` })
  twice(piece, directory.entries)
  bombs(piece, directory.entries)
  const byName = new Map(directory.entries.map((entry) => [entry.name, entry]))
  const end = findEnd(source) ?? source.size
  const hidden = hiddenEntries(source, directory, directory.prefix, end)
  for (const { name, at } of hidden)
    report(piece, 'archive-differs', { why: `the directory does not list ${name.slice(0, 60)}`, offset: at })
  for (const entry of [...directory.entries, ...hidden])
    if (!member(piece, entry, beside(piece, byName, entry.name))) return
}

function prefix(piece: Piece, length: number): void {
  report(piece, 'archive-differs', { why: `${length} bytes stand before the archive`, offset: 0 })
  inside(piece, 'bytes before the archive', sliceSource(piece.source, 0, length))
}

function twice(piece: Piece, entries: readonly ZipEntry[]): void {
  const seen = new Map<string, string>()
  for (const { name } of entries) {
    const folded = name.toLowerCase()
    const before = seen.get(folded)
    if (before === undefined) seen.set(folded, name)
    else if (before === name)
      report(piece, 'archive-differs', {
        why: 'the name stands twice: torch takes the first, Python the last',
        place: name,
      })
  }
}

/** Members over the same bytes, or so many that only together they are too much. */
function bombs(piece: Piece, entries: readonly ZipEntry[]): void {
  let [packed, size, end] = [0, 0, 0]
  for (const entry of entries.toSorted((a, b) => a.at - b.at)) {
    if (entry.at < end) {
      report(piece, 'archive-bomb', { why: 'members lie over each other', place: entry.name })
      return
    }
    end = Math.max(end, entry.data + entry.packed)
    packed += entry.packed
    size += entry.size
  }
  if (isBomb(packed, size)) report(piece, 'archive-bomb', { why: `${packed} bytes expand to ${size}` })
}

function beside(piece: Piece, byName: ReadonlyMap<string, ZipEntry>, of: string) {
  const folder = of.includes('/') ? of.slice(0, of.lastIndexOf('/') + 1) : ''
  return (name: string): ByteSource | undefined => {
    const entry = byName.get(folder + name) ?? byName.get(name)
    return entry && bytesOf(piece, entry)
  }
}

/** Whether the scan of this archive may go on. */
function member(piece: Piece, entry: ZipEntry, siblings: Piece['beside']): boolean {
  const { name, size } = entry
  if (name.endsWith('/') && size === 0) {
    checkName(piece, name)
    return true
  }
  if (!piece.shared.member(piece, { name, bytes: size })) return false
  checkName(piece, name)
  for (const why of entry.differs) report(piece, 'archive-differs', { why, place: name })
  if (entry.flags & 0x20)
    report(piece, 'archive-differs', { why: 'it says that it is a patch, which readers take differently', place: name })
  if (isBomb(entry.packed, size)) {
    report(piece, 'archive-bomb', { why: `${entry.packed} bytes expand to ${size}`, place: name })
    return true
  }
  try {
    const bytes = bytesOf(piece, entry)
    if (entry.isLink && linkLeaves(name, utf8(bytes.read(0, 4096)), false))
      report(piece, 'archive-link', { why: 'a link leads out of the folder', place: name })
    if (/(?:^|\/)data\.pkl$/.test(name)) torchPickle(piece, name, bytes)
    else inside(piece, name, bytes, siblings)
    if (entry.flags & 1) encrypted(piece, name, bytes)
  } catch (error) {
    report(piece, 'not-read', { why: error instanceof Limit ? error.message : 'it could not be unpacked', place: name })
  }
  return true
}

/** The flag alone does not stop every reader; bytes that make no sense are what it says. */
function encrypted(piece: Piece, name: string, bytes: ByteSource): void {
  const head = bytes.read(0, 4096)
  const isPlain = head.length > 0 && (head[0] === 0x80 || head.every((byte) => byte >= 9 && byte < 0x7f))
  if (isPlain) report(piece, 'archive-differs', { why: 'it says that it is encrypted, and is not', place: name })
  else report(piece, 'archive-encrypted', { why: 'it is encrypted', place: name })
}

function bytesOf(piece: Piece, entry: ZipEntry): ByteSource {
  const stored = sliceSource(piece.source, entry.data, entry.packed)
  if (entry.method === 0) return stored
  const codec = METHODS[entry.method]
  if (!codec) throw new Limit(`compression ${entry.method} is not read`)
  if (stored.size > piece.shared.limits.memberBytes)
    throw new Limit(`it has more than ${piece.shared.limits.memberBytes} bytes`)
  return bytesSource(expand(piece, codec, stored.read(0, stored.size), entry.name))
}

/** The object of a torch archive; its tensors lie in members of their own, which must be as large as they are said to be. */
function torchPickle(piece: Piece, name: string, bytes: ByteSource): void {
  const place = piece.place ? `${piece.place}!${name}` : name
  const { storages } = scanPickle({ ...piece, name, source: bytes, place, depth: piece.depth + 1 })
  if (storages.size === 0) return
  const root = name.slice(0, -'data.pkl'.length)
  const directory = readDirectory(piece.source, piece.shared.limits.members)
  const sizes = new Map(directory?.entries.map((entry) => [entry.name, entry.size]))
  for (const [key, claimed] of storages) {
    const size = sizes.get(`${root}data/${key}`)
    if (size !== undefined && size < claimed)
      report(piece, 'layout-broken', {
        why: `tensors claim ${claimed} bytes of a storage of ${size}`,
        place: `${root}data/${key}`,
      })
  }
}
