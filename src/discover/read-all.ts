// Reads the files of a scan one after the other, then those of the project that they import. Trouble with one is said and
// hides no other.
import { deserialize } from 'node:v8'
import { isTest } from './classify.ts'
import { candidates, goFolders, sharpFolders } from './find/modules.ts'
import { documentsSaid, placesOf } from './find/tools/openapi-tools.ts'
import { packageOfModule } from './knowledge/packages.ts'
import { type Harvest, Keeping } from './keeping.ts'
import { Patience } from './patience.ts'
import type { readFile } from './read/read-file.ts'
import type { SourceFile } from './read/source-file.ts'
import { roomOf } from './room.ts'
import type { ScanReply, ScanSetup } from './scan-job.ts'
import { lastName, type Statement, type Unit } from './syntax/expr.ts'
import type { Wanted } from './wanted.ts'
import type { Watched } from './watched.ts'
import { worked } from './work-clock.ts'
import { viewsSaid } from './rules/views.ts'

/** Files between two words about how far it is. */
const BATCH = 256
const MOST_DEMANDED = 5_000
const MOST_ROUNDS = 2
/** Folders below which a namespace is looked for. */
const MOST_BASES = 8

export async function readAll(
  wanted: Wanted,
  setup: ScanSetup,
  watched: Watched,
  tell: (reply: ScanReply) => void,
  read: typeof readFile,
): Promise<Harvest> {
  const { limits, until } = setup.job
  const whole = nothing()
  for (const one of setup.kept) add(whole, deserialize(one) as Harvest)
  const room = roomOf(setup, whole.files)
  const patience = new Patience(limits.fileTime, setup.spent)
  const left = new Set(setup.broken.map(({ file }) => file))
  /** Reads a file within its time; one that was slow makes all that was read worth keeping. */
  const readIn = async (file: string, demanded: boolean): Promise<SourceFile> => {
    const most = patience.most
    watched.at('reading', file, most, patience.spent)
    const started = worked()
    const found = await read({ path: wanted.get(file)?.(file) ?? '', file, demanded }, { ...limits, fileTime: most })
    if (patience.took(worked() - started)) {
      // A large tree has files that are slow and none that hangs; copies of all of it would double what it takes.
      if (found.problem?.reason !== 'too_slow') return found
      keeping.begin()
      tell({ kind: 'missed', missed: { file, ...found.problem } })
    }
    return found
  }

  const keeping = new Keeping(setup.careful, tell)
  let batch = nothing()
  const close = () => {
    keeping.take(batch)
    add(whole, batch)
    batch = nothing()
    tell({ kind: 'progress', files: whole.read, of: wanted.size })
  }
  let at = 0
  for (const file of wanted.keys()) {
    at += 1
    if (at <= whole.read) continue
    batch.read += 1
    if (left.has(file)) continue
    // Asked as often as there is something to be told, since the clock is not asked for nothing.
    if (Date.now() > until) batch.missed.push({ file, reason: 'out_of_time', detail: OVER })
    else {
      const found = await readIn(file, false)
      batch.bytes += found.bytes
      if (found.problem) batch.missed.push({ file, ...found.problem })
      if (found.unit) batch.parsed += 1
      if (isUseful(found)) {
        const kept = room.take(found)
        if ('file' in kept) batch.files.push(kept.file)
        else batch.missed.push({ file, ...kept.problem })
      }
    }
    if (batch.read === BATCH || keeping.isDue) close()
  }
  watched.at('reading')
  if (batch.read > 0) close()

  // What a file with AI imports from its own project may define the names that it uses.
  const held = new Set(whole.files.flatMap(({ file, unit }) => (unit ? [file] : [])))
  const related = whole.files.filter(({ unit }) => unit && (importsAi(unit) || hasOwnKind(unit)))
  let fresh: readonly SourceFile[] = [...related, ...usersOf(related, whole.files)]
  const called = new Map(
    whole.files.flatMap((one) => (one.called === undefined ? [] : [[folderOf(one.file), one.called]])),
  )
  for (let round = 0; round < MOST_ROUNDS && fresh.length > 0; round++) {
    const found: SourceFile[] = []
    const named = demanded(fresh, wanted, called)
    // What is there already is asked in its turn, though it imports nothing about AI itself.
    const there = whole.files.filter((one) => one.unit && named.has(one.file) && !fresh.includes(one))
    for (const file of named) {
      if (held.has(file) || Date.now() > until) continue
      held.add(file)
      if (left.has(file)) continue
      const one = await readIn(file, true)
      const kept = one.unit && room.take(one)
      if (kept && 'file' in kept) found.push(kept.file)
    }
    watched.at('reading')
    whole.files.push(...found)
    fresh = [...found, ...there]
  }
  return whole
}

const OVER = 'the time for the scan was over before it was read'

const nothing = (): Harvest => ({ files: [], missed: [], read: 0, bytes: 0, parsed: 0 })

function add(whole: Harvest, more: Harvest) {
  whole.files.push(...more.files)
  whole.missed.push(...more.missed)
  whole.read += more.read
  whole.bytes += more.bytes
  whole.parsed += more.parsed
}

const isUseful = ({ unit, dependencies, hits, instructions, ignored }: SourceFile): boolean =>
  (unit ?? dependencies ?? hits ?? instructions ?? ignored) !== undefined

/** Words of AI may stand in any file; one that has nothing to do with it uses no names that matter. */
const importsAi = ({ language, statements }: Unit): boolean =>
  statements.some(
    (one) =>
      one.kind === 'import' &&
      (packageOfModule(language, one.module) !== undefined ||
        one.names.some(({ name }) => packageOfModule(language, `${one.module}.${name}`) !== undefined)),
  )

/** Who uses a part of the project that has to do with AI may hand it what stands in further files. */
function usersOf(related: readonly SourceFile[], files: readonly SourceFile[]): SourceFile[] {
  const known = new Set(related.map(({ file }) => file))
  return files.filter(
    ({ file, unit }) =>
      unit !== undefined &&
      !known.has(file) &&
      unit.statements.some((one) => one.kind === 'import' && meantBy(unit, one).some((meant) => known.has(meant))),
  )
}

/** A class whose base is called as one of AI is, or one that is imported: elsewhere in the project stands the rest. */
const hasOwnKind = ({ statements }: Unit): boolean =>
  statements.some((one) =>
    one.kind === 'class'
      ? one.bases.some((base) => OWN_KIND.test(lastName(base)))
      : one.kind === 'import' && one.names.some(({ name }) => OWN_KIND.test(name)),
  )

const OWN_KIND = /[a-z](?:Agent|Tool)$/

/** `open("openapi.json")`, where tools are made of what it says; pages that are filled. */
export const openedBy = (unit: Unit): string[] =>
  documentsSaid(unit)
    .flatMap((document) => placesOf(unit.file, document))
    .concat(viewsSaid(unit))

/** `from .planning import prompt` may mean a name of one file, or another file. */
export function meantBy(unit: Unit, { module, names }: Extract<Statement, { kind: 'import' }>): string[] {
  const files = candidates(unit, module)
  if (unit.language !== 'python' || !module.includes('.')) return files
  return files.concat(
    ...names.map(({ name }) =>
      name === '' ? [] : candidates(unit, `${module}${module.endsWith('.') ? '' : '.'}${name}`),
    ),
  )
}

/** Files of the project that these import. */
function demanded(files: readonly SourceFile[], wanted: Wanted, called: ReadonlyMap<string, string>): Set<string> {
  const more = new Set<string>()
  const packages = files.some(({ unit }) => unit?.language === 'go') ? foldersOf('.go', wanted) : undefined
  const namespaces = files.some(({ unit }) => unit?.language === 'csharp') ? foldersOf('.cs', wanted) : undefined
  for (const { unit } of files) {
    if (!unit) continue
    for (const file of packages && unit.language === 'go' ? packagesOf(unit, packages, called) : [])
      if (more.size < MOST_DEMANDED) more.add(file)
    for (const file of namespaces && unit.language === 'csharp' ? namespacesOf(unit, namespaces) : [])
      if (more.size < MOST_DEMANDED) more.add(file)
    for (const file of openedBy(unit)) if (more.size < MOST_DEMANDED && wanted.has(file)) more.add(file)
    for (const statement of unit.statements) {
      if (statement.kind !== 'import') continue
      for (const file of meantBy(unit, statement)) if (more.size < MOST_DEMANDED && wanted.has(file)) more.add(file)
    }
  }
  return more
}

const folderOf = (file: string): string => file.slice(0, file.lastIndexOf('/') + 1)

/** Files by their folder, which is a package of Go and mostly a namespace of .NET. */
function foldersOf(ending: string, wanted: Wanted): Map<string, string[]> {
  const folders = new Map<string, string[]>()
  for (const file of wanted.keys()) {
    if (!file.endsWith(ending) || isTest(file)) continue
    const folder = folderOf(file)
    const held = folders.get(folder)
    if (held) held.push(file)
    else folders.set(folder, [file])
  }
  return folders
}

/** What a project of .NET has below the folder that a file of it is in may be meant by the last words of a namespace. */
function namespacesOf(unit: Unit, folders: ReadonlyMap<string, readonly string[]>): string[] {
  const above = unit.file.split('/').slice(0, -1)
  const bases = above.slice(0, MOST_BASES).map((_, at) => `${above.slice(0, at + 1).join('/')}/`)
  bases.push('')
  return unit.statements.flatMap((one) => {
    if (one.kind !== 'import' || /^(?:System|Microsoft)(?:\.|$)/.test(one.module)) return []
    return packageOfModule('csharp', one.module)
      ? []
      : sharpFolders(one.module).flatMap((folder) => bases.flatMap((base) => folders.get(base + folder) ?? []))
  })
}

/** Constants stand in any file of a package: its own, and those of the project that are imported. */
function packagesOf(
  unit: Unit,
  folders: ReadonlyMap<string, readonly string[]>,
  called: ReadonlyMap<string, string>,
): string[] {
  const own = folders.get(folderOf(unit.file)) ?? []
  const imported = unit.statements.flatMap((one) => {
    if (one.kind !== 'import' || packageOfModule('go', one.module)) return []
    return goFolders(one.module, called).flatMap((folder) => folders.get(folder) ?? [])
  })
  return [...own, ...imported]
}
