// `parapet discover model FILE|DIR`: what loading a model would do, without loading it.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ArtefactFinding } from '../../model/artefact.ts'
import { EXIT } from '../fail.ts'
import { oneLine, paint, safeJson } from '../show/text.ts'
import { defineVerb, JSON_FLAG, type VerbCall } from '../verb.ts'

export const discoverModel = defineVerb({
  name: 'discover model',
  about: 'Says what loading a model file would do, without loading it',
  arguments: [{ name: 'path', about: 'a model file, or a folder whose files are all read', many: true }],
  flags: () => [JSON_FLAG],
  run: (call) => runDiscoverModel(call),
})

/** 1 where a file is malicious or suspicious, 2 where one could not be read as a whole. */
export async function runDiscoverModel({ args, flags, io }: VerbCall): Promise<number> {
  const { scanFiles } = await import('../../discover/artefacts/scan-files.ts')
  const ink = paint(io.colour)
  const count = { benign: 0, suspicious: 0, malicious: 0 }
  let code: number = EXIT.good
  let isFirst = true
  if (flags['json']) io.out('[')
  for await (const { failed, ...report } of scanFiles(args, { worker: await workerFile() })) {
    count[report.verdict]++
    code = Math.max(code, failed ? EXIT.failed : report.verdict === 'benign' ? EXIT.good : EXIT.findings)
    if (flags['json']) io.out(`${isFirst ? '' : ','}\n${safeJson(report)}`)
    else if (report.findings.length > 0) {
      const colour = report.verdict === 'malicious' ? ink.red : report.verdict === 'suspicious' ? ink.cyan : ink.green
      io.out(`${colour(report.verdict)} ${ink.bold(oneLine(report.file))} ${ink.dim(report.format)}\n`)
      for (const finding of report.findings) io.out(toLines(finding, ink.dim))
    }
    isFirst = false
  }
  if (flags['json']) io.out('\n]\n')
  else io.out(`${count.malicious} malicious, ${count.suspicious} suspicious, ${count.benign} benign\n`)
  return code
}

function toLines(
  { technique, severity, effect, why, remedy, place, offset, opcode }: ArtefactFinding,
  dim: (text: string) => string,
): string {
  const where = [place, offset === undefined ? '' : `byte ${offset}`, opcode ?? ''].filter(Boolean).join(', ')
  return `  ${severity} ${technique}: ${oneLine(effect)}\n    ${oneLine(why)}${where ? ` (${oneLine(where)})` : ''}\n    ${dim(remedy)}\n`
}

/** Sources lie in a tree; of the built program the thread is a file of its own. */
async function workerFile(): Promise<URL> {
  if (import.meta.url.endsWith('.ts')) return new URL('../../discover/artefacts/artefact-worker.ts', import.meta.url)
  const { packageRoot } = await import('../../app/package.ts')
  return pathToFileURL(join(packageRoot, 'dist/artefact-worker.mjs'))
}
