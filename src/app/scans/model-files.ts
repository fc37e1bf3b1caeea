// The model files of a source, in the process that scans: what loading each would do, and whether it is what the gates of the
// source ask for. Only so many are kept; the worst always are, and that some are not is said.
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { scanFiles } from '../../discover/artefacts/scan-files.ts'
import { gateReport, withFindings } from '../../discover/artefacts/signature/gate.ts'
import { checkSource, type SourceChecked } from '../../discover/artefacts/signature/source-gates.ts'
import type { ArtefactFileReport, GateWord } from '../../model/artefact.ts'
import type { NotScanned } from '../../model/discovered.ts'
import type { ScanGates } from '../../model/scan.ts'
import { packageRoot } from '../package.ts'

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
  { gates, commit }: { gates?: ScanGates | undefined; commit?: string | undefined },
  onFile: () => void,
): Promise<ModelFiles> {
  const harmful: ArtefactFileReport[] = []
  const harmless: ArtefactFileReport[] = []
  const unread: NotScanned[] = []
  let leftOut = 0
  for await (const { failed, ...report } of scanFiles([folder], { worker: workerFile() })) {
    onFile()
    const file = report.file.startsWith(`${folder}/`) ? report.file.slice(folder.length + 1) : report.file
    if (failed) {
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
  return { modelFiles, unread }
}

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

function workerFile(): URL {
  const source = join(packageRoot, 'src/discover/artefacts/artefact-worker.ts')
  const isBuilt = !import.meta.url.endsWith('.ts') || !existsSync(source)
  return pathToFileURL(isBuilt ? join(packageRoot, 'dist/artefact-worker.mjs') : source)
}
