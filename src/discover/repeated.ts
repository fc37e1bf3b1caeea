// Folders that are named twice, or with one that lies in another, are looked through once: what is found would count twice.
import { realpathSync } from 'node:fs'
import { sep } from 'node:path'
import { isLeftOut } from './walk.ts'

export function withoutRepeated(paths: readonly string[]): string[] {
  const places = paths.map((path) => ({ path, real: realOf(path) }))
  return places.flatMap(({ path, real }, at) => {
    const isRepeated = places.some((other, i) => (other.real === real ? i < at : isReached(real, other.real)))
    return isRepeated ? [] : [path]
  })
}

/** What is left out of a folder unless somebody names it is not reached through it. */
function isReached(inner: string, outer: string): boolean {
  const folder = outer.endsWith(sep) ? outer : outer + sep
  return inner.startsWith(folder) && !inner.slice(folder.length).split(sep).some(isLeftOut)
}

function realOf(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path // what is not there is told when it is looked for
  }
}
