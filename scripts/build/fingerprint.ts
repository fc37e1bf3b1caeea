// One word for the state of many files: their paths, sizes and times, not their content, so that asking costs
// milliseconds. A touched file costs one needless build; a changed one is never missed.
import { createHash } from 'node:crypto'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

export function fingerprint(roots: readonly string[]): string {
  const hash = createHash('sha256').update(process.version)
  for (const root of roots) {
    for (const file of filesUnder(root)) {
      const { size, mtimeMs } = statSync(file)
      hash.update(`${file}\0${size}\0${mtimeMs}\0`)
    }
  }
  return hash.digest('hex')
}

/** Every file below a folder, or the file itself; nothing where neither exists. Sorted. */
export function filesUnder(root: string): string[] {
  const found = statSync(root, { throwIfNoEntry: false })
  if (!found) return []
  if (found.isFile()) return [root]
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
}
