// A scan: walks the folders, reads what can hold anything, and says what there is, what is wrong with it and what was
// not looked at. Nothing that is read is run, no program is started.
import { basename } from 'node:path'
import {
  DISCOVERED_KINDS,
  type Discovered,
  type DiscoveredItem,
  type DiscoveredKind,
  type DiscoveredRoot,
  type NotScanned,
  type Place,
} from '../model/discovered.ts'
import type { ModelFolder } from './cards/model-folders.ts'
import type { FoundModel } from './cards/read-model-folder.ts'
import { compileWell } from './compile-little.ts'
import { findAll } from './find/find.ts'
import { addModels } from './find/models/model-folders.ts'
import { forgetVisits } from './find/visit.ts'
import { printable } from './printable.ts'
import { readAll } from './read-all.ts'
import { readFile } from './read/read-file.ts'
import { findingsOf } from './rules/judge.ts'
import { wantedOf } from './wanted.ts'
import type { ScanReply, ScanSetup } from './scan-job.ts'
import type { Watched } from './watched.ts'

const UNFOLLOWED = 'its names lead too far to follow all of them; what they stand for may be missing'

/** So many that they are worth more of the engine's time. */
const MANY_FILES = 1_500

export async function scan(
  setup: ScanSetup,
  watched: Watched,
  tell: (reply: ScanReply) => void,
  readOne = readFile,
): Promise<Discovered> {
  const { roots, limits, now, until } = setup.job
  const notScanned: NotScanned[] = []
  const miss = (missed: NotScanned) => {
    if (notScanned.length < limits.missed) notScanned.push({ ...missed, file: printable(missed.file) })
  }
  for (const one of setup.broken) miss(one)
  const { wanted, models, holdsModels } = wantedOf(roots, { ...limits, until }, miss, () => watched.at('walking'))
  if (holdsModels) tell({ kind: 'models' })
  if (wanted.size > MANY_FILES) compileWell()
  const { files, missed, read, bytes, parsed } = await readAll(wanted, setup, watched, tell, readOne)
  const left = new Set(setup.broken.map(({ file }) => file))
  // What a thread before this one gave up is said once.
  for (const one of missed) if (!left.has(one.file)) miss(one)
  tell({ kind: 'progress', files: read, of: wanted.size })
  const isReadable = (file: string) => (watched.at('reading', file), !left.has(file) && Date.now() <= until)
  const cards = models.length === 0 ? [] : await cardsOf(models, isReadable)

  watched.at('judging')
  files.sort((a, b) => (a.file < b.file ? -1 : 1))
  const evidence = findAll(files)
  addModels(evidence.collector, cards)
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
  const findings = await findingsOf(evidence, now)
  for (const file of evidence.project.effort.givenUp) miss({ file, reason: 'too_slow', detail: UNFOLLOWED })
  forgetVisits()
  for (const one of links) one.evidence = place(one.evidence)
  for (const finding of findings) finding.place = place(finding.place)
  return {
    ...items,
    links,
    findings,
    notScanned: notScanned.toSorted((a, b) => (a.file < b.file ? -1 : 1)),
    roots: [...roots],
    scanned: { files: read, bytes, parsed, milliseconds: 0 },
  }
}

async function cardsOf(models: readonly ModelFolder[], isReadable: (file: string) => boolean): Promise<FoundModel[]> {
  const { readModelFolder } = await import('./cards/read-model-folder.ts')
  return models.flatMap((folder) => readModelFolder(folder, isReadable) ?? [])
}

function placing(roots: readonly DiscoveredRoot[]): (place: Place) => Place {
  const [only] = roots
  return ({ file, line }) => {
    const root = roots.length === 1 ? only : roots.find(({ path }) => file.startsWith(`${basename(path)}/`))
    return { file: printable(file), line, ...(root?.commit === undefined ? {} : { commit: root.commit }) }
  }
}
