// Which files of a scan somebody can read. A tree may hold a million of them, so only their names are kept; where a file
// lies on the disk is worked out when it is read.
import { lstatSync, realpathSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { DiscoveredRoot, NotScanned } from '../model/discovered.ts'
import { isNamedLikeModel } from './artefacts/named-like-models.ts'
import { type ModelFolder, ModelFolders } from './cards/model-folders.ts'
import { readerOf } from './classify.ts'
import { walk, type WalkLimits } from './walk.ts'

/** For each name, as it is shown, how to come to its place. */
export type Wanted = ReadonlyMap<string, (name: string) => string>

export interface WalkedThrough {
  wanted: Wanted
  models: ModelFolder[]
  /** Some file is named like a model. */
  holdsModels: boolean
}

export function wantedOf(
  roots: readonly DiscoveredRoot[],
  limits: WalkLimits & { until: number },
  miss: (missed: NotScanned) => void,
  beat: () => void,
): WalkedThrough {
  const models = new ModelFolders()
  const wanted = new Map<string, (name: string) => string>()
  let holdsModels = false
  for (const [at, { path, remote }] of roots.entries()) {
    const base = basename(path)
    const again = roots.slice(0, at).some((one) => basename(one.path) === base)
    const prefix = roots.length > 1 ? `${base}${again ? `-${at + 1}` : ''}/` : ''
    const real = realpathSync(path)
    const single = !lstatSync(real).isDirectory()
    if (single && !readerOf(base) && !isNamedLikeModel(base))
      miss({ file: prefix + base, reason: 'unreadable', detail: 'no reader for files of this kind' })
    const placeOf = single ? () => real : (name: string) => join(real, name.slice(prefix.length))
    const left = { ...limits, files: limits.files - wanted.size }
    for (const file of single ? [base] : walk(real, left, miss, beat)) {
      if (Date.now() > limits.until) {
        miss({
          file: prefix + file,
          reason: 'out_of_time',
          detail: 'the time for the scan was over; this and all after it',
        })
        break
      }
      holdsModels ||= isNamedLikeModel(file)
      models.see(prefix + file, single ? real : join(real, file), remote)
      if (readerOf(file)) wanted.set(prefix + file, placeOf)
    }
  }
  return { wanted, models: models.all(), holdsModels }
}
