// Which files of a scan somebody can read. A tree may hold a million of them, so only their names are kept; where a file
// lies on the disk is worked out when it is read.
import { lstatSync, realpathSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { DiscoveredRoot, NotScanned } from '../model/discovered.ts'
import { readerOf } from './classify.ts'
import { walk, type WalkLimits } from './walk.ts'

/** For each name, as it is shown, how to come to its place. */
export type Wanted = ReadonlyMap<string, (name: string) => string>

export function wantedOf(
  roots: readonly DiscoveredRoot[],
  limits: WalkLimits,
  miss: (missed: NotScanned) => void,
  beat: () => void,
): Wanted {
  const wanted = new Map<string, (name: string) => string>()
  for (const [at, { path }] of roots.entries()) {
    const base = basename(path)
    const again = roots.slice(0, at).some((one) => basename(one.path) === base)
    const prefix = roots.length > 1 ? `${base}${again ? `-${at + 1}` : ''}/` : ''
    const real = realpathSync(path)
    const single = !lstatSync(real).isDirectory()
    const placeOf = single ? () => real : (name: string) => join(real, name.slice(prefix.length))
    const left = { ...limits, files: limits.files - wanted.size }
    for (const file of single ? [base] : walk(real, left, miss, beat))
      if (readerOf(file)) wanted.set(prefix + file, placeOf)
  }
  return wanted
}
