// The model files of a source: what loading each would do, and whether it is what the gates of the
// source ask for. Only so many are kept; the worst always are, and that some are not is said.
import { statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { ArtefactFileReport, GateWord } from '../../model/artefact.ts'
import type { NotScanned } from '../../model/discovered.ts'
import type { ScanGates } from '../../model/scan.ts'
import { DISCOVER_LIMITS } from '../limits.ts'
import { printable } from '../printable.ts'
import { walk } from '../walk.ts'
import { isNamedLikeModel } from './named-like-models.ts'
import { scanFiles } from './scan-files.ts'
import { gateReport, withFindings } from './signature/gate.ts'
import { checkSource, type SourceChecked } from './signature/source-gates.ts'

export interface ModelFilesOptions {
  gates?: ScanGates | undefined
  commit?: string | undefined
  /** Only what is named like a model; folders that scans of sources leave out are left out. */
  besideSources?: boolean
  onFile?: (() => void) | undefined
  /** When reading ends, in milliseconds of the clock on the wall. */
  until?: number | undefined
}

interface ModelFiles {
  modelFiles: ArtefactFileReport[]
  unread: NotScanned[]
}

const MOST_REPORTS = 5000
const MOST_MEMBERS = 200
/** What no model is made of; harmless ones are not worth a line. */
export const PLAIN: ReadonlySet<string> = new Set([
  'text',
  'json',
  'yaml',
  'xml',
  'python',
  'unknown',
  'empty',
  'jinja',
])
const CODE = new Set(['python', 'text', 'unknown'])

export async function modelFilesIn(
  folder: string,
  { gates, commit, besideSources = false, onFile, until = Infinity }: ModelFilesOptions,
): Promise<ModelFiles> {
  const harmful: ArtefactFileReport[] = []
  const harmless: ArtefactFileReport[] = []
  const unread: NotScanned[] = []
  let leftOut = 0
  const paths = besideSources ? namedLikeModels(folder) : [folder]
  for await (const { failed, ...report } of scanFiles(paths, { within: folder, until })) {
    onFile?.()
    const file = nameIn(folder, report.file)
    if (failed || report.format === 'lfs-pointer') {
      unread.push({ file, reason: 'unreadable', detail: report.findings[0]?.why ?? 'it cannot be read' })
      continue
    }
    if (report.verdict === 'benign' && PLAIN.has(report.format)) continue
    const list = report.verdict === 'benign' ? harmless : harmful
    if (list.length < MOST_REPORTS) list.push({ ...report, file, members: report.members.slice(0, MOST_MEMBERS) })
    else leftOut++
  }
  const found = withoutPrograms([...harmful, ...harmless])
  const modelFiles = gates === undefined ? found : gated(found, await checkSource(folder, gates, commit))
  if (leftOut > 0)
    unread.push({ file: '.', reason: 'too_many_files', detail: `${leftOut} more model files are not listed` })
  for (const one of [...modelFiles, ...unread]) one.file = printable(one.file)
  return { modelFiles, unread }
}

const nameIn = (folder: string, path: string) =>
  path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : path === folder ? basename(path) : path

/** Code beside a model runs when the model is loaded; all other code is a program, which is what the rules of sources are for. */
function withoutPrograms(reports: ArtefactFileReport[]): ArtefactFileReport[] {
  const folders = new Set(reports.flatMap(({ file, format }) => (PLAIN.has(format) ? [] : [dirname(file)])))
  return reports.filter(({ file, format }) => !CODE.has(format) || folders.has(dirname(file)))
}

function gated(
  reports: readonly ArtefactFileReport[],
  { vouched, refuted, findings }: SourceChecked,
): ArtefactFileReport[] {
  const known = new Set(reports.map(({ file }) => file))
  const others = [...findings.keys()].filter((file) => !known.has(file)).map(gateReport)
  const word = (file: string, isWrong: boolean): GateWord =>
    isWrong || refuted.has(file) ? { says: 'mismatch' } : (vouched.get(file) ?? { says: 'unsigned' })
  return [...reports, ...others].map((report) => {
    const own = findings.get(report.file) ?? []
    return Object.assign(withFindings(report, own), { gate: word(report.file, own.length > 0) })
  })
}

/** A repository holds a thousand other files for each model, so its name decides what is read here. */
function* namedLikeModels(path: string): Generator<string> {
  if (!statSync(path).isDirectory()) {
    if (isNamedLikeModel(path)) yield path
    return
  }
  for (const file of walk(path, DISCOVER_LIMITS, () => undefined)) if (isNamedLikeModel(file)) yield join(path, file)
}
