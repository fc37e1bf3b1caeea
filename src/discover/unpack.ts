// Puts the members of an archive into a folder, so that they can be scanned like any other sources. Nothing lands outside of
// the folder, nothing that is no plain file is made, and an archive that holds more than it may is refused as a whole.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { gunzipSync, inflateRawSync } from 'node:zlib'
import { isDiskFull } from '../lib/disk-full.ts'
import { Failure } from '../lib/failure.ts'
import type { NotScanned } from '../model/discovered.ts'
import { leavesFolder } from './artefacts/containers/names.ts'
import { isTarHeader, tarEntries } from './artefacts/containers/tar.ts'
import { readDirectory, type ZipEntry } from './artefacts/containers/zip-directory.ts'
import { bytesSource } from './artefacts/source.ts'
import { printable } from './printable.ts'

export interface UnpackLimits {
  /** Bytes of all members together. */
  bytes: number
  /** Folders count like files: a name may ask for hundreds of them. */
  files: number
}

/** What is left of the limits. */
interface Room {
  bytes: number
  files: number
}

interface Member {
  name: string
  /** Why it is not put anywhere. */
  refused: string | undefined
  bytes(room: number): Uint8Array
}

const MOST_MISSED = 1000
const NOTHING = new Uint8Array()

/** What was not unpacked, and why. */
export function unpack(archive: Uint8Array, folder: string, limits: UnpackLimits): NotScanned[] {
  const missed: NotScanned[] = []
  const room: Room = { ...limits }
  for (const member of counted(membersOf(archive, limits), limits.files)) {
    take(room, 'files', 1)
    const refused = member.refused ?? (isHostile(member.name) ? 'its name leads out of the archive' : undefined)
    const trouble = refused ?? put(folder, member, room)
    if (trouble !== undefined && missed.length < MOST_MISSED)
      missed.push({ file: printable(member.name).slice(0, 300) || 'archive', reason: 'unreadable', detail: trouble })
  }
  return missed
}

/** Before the first is written: what is refused then need not be removed, which takes longer than to write it. */
function counted(members: Iterable<Member>, most: number): Member[] {
  const all: Member[] = []
  for (const member of members) {
    if (all.length >= most) throw tooMuch('more files')
    all.push(member)
  }
  return all
}

function take(room: Room, what: keyof Room, amount: number): void {
  room[what] -= amount
  if (room[what] < 0) throw tooMuch(`more ${what}`)
}

const isHostile = (name: string) => leavesFolder(name) || name.includes('\0') || name.length > 1024

function put(folder: string, member: Member, room: Room): string | undefined {
  const path = join(folder, ...member.name.split(/[\\/]/))
  let bytes: Uint8Array
  try {
    bytes = member.bytes(room.bytes)
  } catch (error) {
    if (isTooMuch(error)) throw tooMuch('more bytes')
    return 'its bytes cannot be unpacked'
  }
  take(room, 'bytes', bytes.length)
  try {
    take(room, 'files', makeFolder(dirname(path)))
    writeFileSync(path, bytes, { flag: 'wx', mode: 0o600 })
    return undefined
  } catch (error) {
    // What follows would not fit either, and what was written of this one is not what it is.
    if (error instanceof Failure || isDiskFull(error)) throw error
    take(room, 'files', member.name.split(/[\\/]/).length)
    return `it cannot be written (${error instanceof Error && 'code' in error ? String(error.code) : 'unknown'})`
  }
}

/** How many folders were made for it. */
function makeFolder(path: string): number {
  const first = mkdirSync(path, { recursive: true })
  return first === undefined ? 0 : path.slice(first.length).split(sep).length
}

function membersOf(archive: Uint8Array, limits: UnpackLimits): Iterable<Member> {
  if (archive[0] === 0x1f && archive[1] === 0x8b) return tarMembers(gunzipped(archive, limits.bytes))
  if (isTarHeader(archive.subarray(0, 512))) return tarMembers(archive)
  const directory = directoryOf(archive, limits.files + 1)
  if (directory === undefined) throw noArchive()
  return directory.entries.filter(({ name }) => !name.endsWith('/')).map((entry) => zipMember(archive, entry))
}

function directoryOf(archive: Uint8Array, most: number) {
  try {
    return readDirectory(bytesSource(archive), most)
  } catch (cause) {
    throw new Failure('input_invalid', 'the zip archive is damaged', { cause, hint: 'pack it again' })
  }
}

function zipMember(archive: Uint8Array, { name, method, isLink, data, packed, flags }: ZipEntry): Member {
  const slice = archive.subarray(data, data + packed)
  const isPlain = method === 0 || slice.length === 0
  return {
    name,
    refused: isLink
      ? 'it is a link'
      : (flags & 1) === 1
        ? 'it is encrypted'
        : method === 0 || method === 8
          ? undefined
          : 'its packing is not known',
    bytes: (room) => (isPlain ? slice : inflateRawSync(slice, { maxOutputLength: Math.max(room, 1) })),
  }
}

function* tarMembers(bytes: Uint8Array): Generator<Member> {
  const entries = tarEntries({ source: bytesSource(bytes) })
  for (let any = false; ; any = true) {
    const next = nextOf(entries)
    if (next.done === true) {
      if (next.value) return
      if (!any) throw noArchive()
      return yield { name: '', refused: 'the archive has no end: it may have been cut off', bytes: () => NOTHING }
    }
    const { name, type, at, size } = next.value
    if (type === '5' || name.endsWith('/')) continue
    yield {
      name,
      refused: type === '0' ? undefined : 'it is a link or a device',
      bytes: () => bytes.subarray(at, at + size),
    }
  }
}

function nextOf<T, R>(entries: Iterator<T, R>): IteratorResult<T, R> {
  try {
    return entries.next()
  } catch (cause) {
    throw new Failure('input_invalid', 'the tar archive is damaged', { cause, hint: 'pack it again' })
  }
}

function gunzipped(archive: Uint8Array, most: number): Uint8Array {
  try {
    return gunzipSync(archive, { maxOutputLength: most })
  } catch (error) {
    if (isTooMuch(error)) throw tooMuch('more bytes')
    throw new Failure('input_invalid', 'the upload cannot be unpacked', { cause: error, hint: 'pack it again' })
  }
}

const isTooMuch = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'

const noArchive = () =>
  new Failure('input_invalid', 'the upload is no zip, tar or tar.gz', { hint: 'pack the folder as one of these' })

const tooMuch = (what: string) =>
  new Failure('too_large', `the archive holds ${what} than a scan may take`, {
    hint: 'send less, or raise scans.megabytes and scans.files',
  })
