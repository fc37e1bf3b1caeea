// The folders that scans work in. A process that is killed leaves its own behind, with what it fetched; the name says
// whose it was, so that whoever starts next can tell it from one that is in use.
import { lstat, mkdtemp, readdir, readlink, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Failure } from '../../lib/failure.ts'

/** What `scans.minutes` allows at most. */
const LONGEST_MS = 24 * 3_600_000
const NAME = /^parapet-scan-(\d+)-([\w]+)-\w{6}$/

/** Also clears what is left of others, so that a server that never starts anew does. */
export async function makeWorkFolder(place = tmpdir()): Promise<string> {
  await clearLeftFolders(place)
  return mkdtemp(join(place, `parapet-scan-${process.pid}-${await space()}-`))
}

/** Removes folders of ours whose process is gone, or that are older than any scan may be. */
export async function clearLeftFolders(place = tmpdir(), now = Date.now()): Promise<void> {
  const here = await space()
  for (const name of await readdir(place).catch(() => [])) {
    const [, pid, of] = NAME.exec(name) ?? []
    if (pid === undefined) continue
    const path = join(place, name)
    const stat = await lstat(path).catch(() => undefined)
    if (!stat?.isDirectory() || stat.uid !== (process.getuid?.() ?? stat.uid)) continue
    const left = of === here && !isInUse(Number(pid), stat.mtimeMs, now)
    if (left || now - stat.mtimeMs > LONGEST_MS) await rm(path, { recursive: true, force: true }).catch(() => undefined)
  }
}

/** A number may have been given to this process after another had it. */
function isInUse(pid: number, at: number, now: number): boolean {
  if (pid === process.pid) return at >= now - process.uptime() * 1000 - 1000
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Where the numbers of processes mean the same: containers that share a folder for temporary files do not share them. */
async function space(): Promise<string> {
  const link = await readlink('/proc/self/ns/pid').catch(() => '')
  return /\d+/.exec(link)?.[0] ?? 'host'
}

export const diskFull = (cause: unknown): Failure =>
  new Failure('unavailable', 'there is no room on the disk for what is scanned', {
    hint: 'free some where temporary files lie, and scan again',
    cause,
  })
