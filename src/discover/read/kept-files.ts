// What was read of files that have not changed since, so that looking at a folder again costs what changed in it.
// Invariant: what is kept is what reading the file anew would give. Trouble is not kept, but met again.
import { statSync } from 'node:fs'
import { DISCOVER_LIMITS } from '../limits.ts'
import { readFile, type ReadLimits, type Wanted } from './read-file.ts'
import type { SourceFile } from './source-file.ts'

const MOST_FILES = 100_000
/** File systems tell time in steps: what changed only just may change again without a sign. */
const SETTLED_MS = 2_000

interface Kept {
  stamp: string
  found: SourceFile
}

export class KeptFiles {
  readonly #readAnew: typeof readFile
  #before = new Map<string, Kept>()
  #now = new Map<string, Kept>()
  #room = DISCOVER_LIMITS.unitBytes

  constructor(readAnew = readFile) {
    this.#readAnew = readAnew
  }

  /** Said before each scan: what the last one did not ask for is forgotten. */
  turn() {
    this.#before = this.#now
    this.#now = new Map()
    this.#room = DISCOVER_LIMITS.unitBytes
  }

  async read(wanted: Wanted, limits: ReadLimits): Promise<SourceFile> {
    const { path, file, demanded } = wanted
    const key = [demanded === true, limits.fileBytes, file, path].join('\0')
    // Asked before it is read: a change in between makes the next scan read it again.
    const stamp = stampOf(path)
    const known = this.#before.get(key)
    const found = known && known.stamp === stamp ? known.found : await this.#readAnew(wanted, limits)
    if (stamp !== undefined && !found.problem && this.#hasRoom(found)) this.#now.set(key, { stamp, found })
    return found
  }

  #hasRoom({ unit, bytes }: SourceFile): boolean {
    if (this.#now.size >= MOST_FILES || this.#room < bytes) return false
    if (unit) this.#room -= bytes
    return true
  }
}

/** What tells one state of a file from the next; nothing where that is not certain. */
function stampOf(path: string): string | undefined {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false })
  if (!stat?.isFile() || Date.now() - Number(stat.ctimeMs) < SETTLED_MS) return undefined
  return [stat.dev, stat.ino, stat.size, stat.mtimeNs, stat.ctimeNs].join(' ')
}
