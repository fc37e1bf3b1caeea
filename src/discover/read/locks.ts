// Which versions a project has in fact. Lock files are long and made by machines, so they are read line by line, and only
// packages about AI are kept.
import { lockFormatOf } from '../knowledge/locks.ts'
import { packageNamed } from '../knowledge/packages.ts'
import type { Dependency } from './manifests.ts'

const MOST_KEPT = 2_000

export function readLock(file: string, source: string): Dependency[] {
  const format = lockFormatOf(file)
  if (!format) return []
  const found = new Map<string, Dependency>()
  let open: Dependency | undefined
  let at = 0
  for (let start = 0; start < source.length && found.size < MOST_KEPT; at++) {
    const next = source.indexOf('\n', start)
    const end = next < 0 ? source.length : next
    const line = source.slice(start, Math.min(end, start + 500))
    start = end + 1
    const { name, version } = format.name.exec(line)?.groups ?? {}
    if (name !== undefined) {
      const known = packageNamed(format.ecosystem, name) !== undefined
      open = known ? { ecosystem: format.ecosystem, name, line: at + 1, direct: false, development: false } : undefined
      if (open && version !== undefined) keep(found, open, version)
    } else if (open) {
      const said = format.version?.exec(line)?.groups?.['version']
      if (said !== undefined && open.version === undefined) keep(found, open, said)
      if (format.development?.test(line)) open.development = true
      if (format.direct?.test(line)) open.direct = true
    }
  }
  return [...found.values()]
}

/** A package stands in some formats in several places; the same version is one. */
function keep(found: Map<string, Dependency>, one: Dependency, version: string) {
  one.version = version
  const key = `${one.name} ${version}`
  if (!found.has(key)) found.set(key, one)
}
