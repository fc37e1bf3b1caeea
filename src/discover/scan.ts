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
import { readModelFolder } from './cards/read-model-folder.ts'
import { printable } from './printable.ts'
import { readAll } from './read-all.ts'
import { readFile } from './read/read-file.ts'
import { wantedOf } from './wanted.ts'
import type { ScanReply, ScanSetup } from './scan-job.ts'
import type { Watched } from './watched.ts'

export async function scan(
  setup: ScanSetup,
  watched: Watched,
  tell: (reply: ScanReply) => void,
  readOne = readFile,
): Promise<Discovered> {
  const { roots, limits, now } = setup.job
  const notScanned: NotScanned[] = []
  const miss = (missed: NotScanned) => {
    if (notScanned.length < limits.missed) notScanned.push({ ...missed, file: printable(missed.file) })
  }
  for (const one of setup.broken) miss(one)
  const { wanted, models } = wantedOf(roots, limits, miss, () => watched.at('walking'))
  const { files, missed, read, bytes, parsed } = await readAll(wanted, setup, watched, tell, readOne)
  for (const one of missed) miss(one)
  tell({ kind: 'progress', files: read, of: wanted.size })
  const left = new Set(setup.broken.map(({ file }) => file))
  const isReadable = (file: string) => (watched.at('reading', file), !left.has(file))
  const cards = models.flatMap((folder) => readModelFolder(folder, isReadable) ?? [])

  watched.at('judging')
  const { findAll } = await import('./find/find.ts')
  const { addModels } = await import('./find/model-folders.ts')
  const { findingsOf } = await import('./rules/judge.ts')
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

function placing(roots: readonly DiscoveredRoot[]): (place: Place) => Place {
  const [only] = roots
  return ({ file, line }) => {
    const root = roots.length === 1 ? only : roots.find(({ path }) => file.startsWith(`${basename(path)}/`))
    return { file: printable(file), line, ...(root?.commit === undefined ? {} : { commit: root.commit }) }
  }
}
