// Makes a folder and what is missing above it, one step at a time. Node's own recursive way never returns where a file
// system says "no such entry" to a new folder, as /proc does, and hides that a disk is read-only.
import { mkdirSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

export function makeFolder(path: string, mode = 0o700): void {
  const whole = resolve(path)
  if (isFolder(whole)) return
  const above = dirname(whole)
  if (above !== whole) makeFolder(above, mode)
  try {
    mkdirSync(whole, { mode })
  } catch (error) {
    // Somebody else may have made it meanwhile.
    if (!isFolder(whole)) throw error
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}
