// The packs that come with Parapet. Their bytes are read at once, so that an upgrade of the files under a running
// server cannot mix two versions; they are parsed when asked for, and checked at build, not at each start.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Failure } from '../lib/failure.ts'
import { suggest } from '../lib/suggest.ts'
import { type Catalog, createCatalog } from './catalog.ts'
import { parseJson, readBytes } from './read-json.ts'

/** Beside this file, or beside the bundle that it became part of, whose chunks may lie one folder deeper. */
const PACKS = ['./packs', '../packs'].map((path) => fileURLToPath(new URL(path, import.meta.url)))

/** `<pack>/<version>`, oldest version first. */
export function builtInPacks(): string[] {
  const root = packsFolder()
  const found = foldersIn(root).flatMap((pack) => foldersIn(join(root, pack)).map((version) => ({ pack, version })))
  const ordered = found.toSorted((a, b) => compare(a.version, b.version) || compare(a.pack, b.pack))
  return ordered.map(({ pack, version }) => `${pack}/${version}`)
}

function foldersIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** By full name, by version alone, or the newest. */
export function loadBuiltIn(wanted?: string): Catalog {
  const known = builtInPacks()
  const name = wanted === undefined ? known.at(-1) : known.find((one) => one === wanted || one.endsWith(`/${wanted}`))
  if (name === undefined) {
    const near = suggest(wanted ?? '', [...known, ...known.map((one) => one.split('/')[1] ?? '')])
    throw new Failure('not_found', `no catalogue version "${wanted ?? ''}" comes with Parapet`, {
      hint: near ? `did you mean "${near}"?` : `known versions: ${known.join(', ')}`,
    })
  }
  return fromFolder(name, builtInFolder(name))
}

/** Where a version lies, for those who check it. */
export function builtInFolder(name: string): string {
  return join(packsFolder(), name)
}

function fromFolder(name: string, folder: string): Catalog {
  const index = parseJson(readBytes(folder, 'index.json'), 'index.json') as { files: string[] }
  const waiting = new Map<string, Uint8Array>(
    ['index.json', 'history.json', ...index.files].map((file) => [file, readBytes(folder, file)]),
  )
  return createCatalog(name, (file) => {
    const bytes = waiting.get(file)
    if (!bytes) throw new Failure('not_found', `${name} has no ${file}`)
    waiting.delete(file)
    return parseJson(bytes, file)
  })
}

function packsFolder(): string {
  const folder = PACKS.find((path) => existsSync(path))
  if (!folder) throw new Failure('unavailable', 'the catalogue packs are missing', { hint: 'build or install again' })
  return folder
}
