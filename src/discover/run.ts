// A scan: walks the folders, reads what can hold anything in a thread of its own, and says what there is, what is wrong
// with it and what was not looked at. Offline, read-only: nothing that is read is run, no program is started.
import { existsSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { Failure } from '../lib/failure.ts'
import {
  DISCOVERED_KINDS,
  type Discovered,
  type DiscoveredItem,
  type DiscoveredKind,
  type DiscoveredRoot,
  type NotScanned,
  type Place,
} from '../model/discovered.ts'
import { readerOf } from './classify.ts'
import { findAll } from './find/find.ts'
import { candidates } from './find/project.ts'
import { versionOf } from './git.ts'
import type { Wanted } from './read/read-file.ts'
import type { SourceFile } from './read/source-file.ts'
import { ReaderPool } from './reader-pool.ts'
import { findingsOf } from './rules/judge.ts'
import { walk } from './walk.ts'

export interface DiscoverLimits {
  /** Files of one scan. */
  files: number
  /** Folders inside each other. */
  depth: number
  /** Bytes of one file. */
  fileBytes: number
  /** Milliseconds for one file. */
  fileTime: number
  /** Megabytes of the reading thread's heap. */
  heap: number
  /** Files that are kept for analysis. */
  units: number
  /** Lines of `notScanned`. */
  missed: number
}

export const DISCOVER_LIMITS: DiscoverLimits = {
  files: 1_000_000,
  depth: 64,
  fileBytes: 4 * 1024 * 1024,
  fileTime: 10_000,
  heap: 1024,
  units: 50_000,
  missed: 2_000,
}

export interface DiscoverOptions {
  /** The day by which suppressions end. */
  now: Date
  limits?: Partial<DiscoverLimits>
  onProgress?: (progress: { files: number; of: number }) => void
}

export async function discover(
  paths: readonly string[],
  { now, limits: given, onProgress }: DiscoverOptions,
): Promise<Discovered> {
  const started = performance.now()
  const limits = { ...DISCOVER_LIMITS, ...given }
  const notScanned: NotScanned[] = []
  const miss = (missed: NotScanned) => {
    if (notScanned.length < limits.missed) notScanned.push({ ...missed, file: printable(missed.file) })
  }
  const roots = paths.map(rootOf)
  const wanted = new Map<string, Wanted>()
  for (const [at, root] of roots.entries()) {
    const prefix =
      roots.length > 1
        ? `${basename(root.path)}${paths.slice(0, at).some((one) => basename(one) === basename(root.path)) ? `-${at + 1}` : ''}/`
        : ''
    for (const { path, file } of walk(root.path, { ...limits, files: limits.files - wanted.size }, miss)) {
      const name = prefix + file
      if (readerOf(file)) wanted.set(name, { path, file: name })
    }
  }

  const files: SourceFile[] = []
  let bytes = 0
  let read = 0
  let parsed = 0
  const take = (file: SourceFile) => {
    read += 1
    bytes += file.bytes
    if (file.problem) miss({ file: file.file, ...file.problem })
    if (file.unit) parsed += 1
    const useful = file.unit ?? file.dependencies ?? file.hits ?? file.instructions ?? file.ignored
    if (useful !== undefined && files.length < limits.units) files.push(file)
    else if (useful !== undefined)
      miss({ file: file.file, reason: 'too_many_files', detail: `more than ${limits.units} files with AI in them` })
    if (read % 256 === 0) onProgress?.({ files: read, of: wanted.size })
  }
  const pool = new ReaderPool(limits)
  try {
    await pool.read([...wanted.values()], take)
    // What a file with AI imports from its own project may define the names that it uses.
    for (let round = 0; round < 2; round++) {
      const more = demanded(files, wanted)
      if (more.length === 0) break
      await pool.read(more, (file) => {
        if (file.unit) files.push(file)
      })
    }
  } finally {
    await pool.close()
  }
  onProgress?.({ files: read, of: wanted.size })

  files.sort((a, b) => (a.file < b.file ? -1 : 1))
  const evidence = findAll(files)
  const place = placing(roots)
  const items = Object.fromEntries(DISCOVERED_KINDS.map((kind) => [kind, evidence.collector.of(kind)])) as Record<
    DiscoveredKind,
    DiscoveredItem[]
  >
  for (const item of Object.values(items).flat()) {
    item.name = printable(item.name)
    item.evidence = item.evidence.map(place)
  }
  const links = evidence.collector.links()
  const findings = findingsOf(evidence, now)
  for (const one of links) one.evidence = place(one.evidence)
  for (const finding of findings) finding.place = place(finding.place)
  return {
    ...items,
    links,
    findings,
    notScanned: notScanned.toSorted((a, b) => (a.file < b.file ? -1 : 1)),
    roots,
    scanned: { files: read, bytes, parsed, milliseconds: Math.round(performance.now() - started) },
  }
}

function rootOf(path: string): DiscoveredRoot {
  const full = resolve(path)
  if (!existsSync(full))
    throw new Failure('input_invalid', `${printable(path)} does not exist`, {
      hint: 'name folders or files to look through',
    })
  return { path: full, ...versionOf(full) }
}

/** Files of the project that were not let through, and that others import. */
function demanded(files: readonly SourceFile[], wanted: ReadonlyMap<string, Wanted>): Wanted[] {
  const held = new Set(files.flatMap(({ file, unit }) => (unit ? [file] : [])))
  const more = new Map<string, Wanted>()
  for (const { unit } of files) {
    if (!unit) continue
    for (const statement of unit.statements) {
      if (statement.kind !== 'import') continue
      for (const file of candidates(unit, statement.module)) {
        const one = wanted.get(file)
        if (one && !held.has(file) && more.size < 5_000) more.set(file, { ...one, demanded: true })
      }
    }
  }
  return [...more.values()]
}

function placing(roots: readonly DiscoveredRoot[]): (place: Place) => Place {
  const [only] = roots
  return ({ file, line }) => {
    const root = roots.length === 1 ? only : roots.find(({ path }) => file.startsWith(`${basename(path)}/`))
    return { file: printable(file), line, ...(root?.commit === undefined ? {} : { commit: root.commit }) }
  }
}

/** A name from a hostile tree must not steer a terminal, nor read in another direction than it is written. */
function printable(name: string): string {
  return name.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`)
}
