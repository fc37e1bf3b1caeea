// Model files lie between the sources of a repository; what loading them would do is found like anything else.
import { basename, resolve } from 'node:path'
import { fileFindings } from '../../discover/artefacts/file-findings.ts'
import type { ArtefactFileReport } from '../../model/artefact.ts'
import type { Discovered, NotScanned } from '../../model/discovered.ts'

export interface Models {
  modelFiles: ArtefactFileReport[]
  unread: NotScanned[]
}

export const NO_MODELS: Models = { modelFiles: [], unread: [] }

/** Where a scan has met files that are named like models: what reads them is large. */
export async function modelsIn(
  paths: readonly string[],
  { signal, until }: { signal?: AbortSignal; until?: number } = {},
): Promise<Models> {
  const { modelFilesIn } = await import('../../discover/artefacts/model-files.ts')
  const several = paths.length > 1
  const all = await Promise.all(
    paths.map(async (path) => {
      const { modelFiles, unread } = await modelFilesIn(resolve(path), {
        besideSources: true,
        until,
        onFile: () => signal?.throwIfAborted(),
      })
      const place = <T extends { file: string }>(one: T): T =>
        several ? Object.assign(one, { file: `${basename(resolve(path))}/${one.file}` }) : one
      return { modelFiles: modelFiles.map(place), unread: unread.map(place) }
    }),
  )
  return { modelFiles: all.flatMap((one) => one.modelFiles), unread: all.flatMap((one) => one.unread) }
}

export function withModels(found: Discovered, { modelFiles, unread }: Models): Discovered {
  const findings = modelFiles.flatMap(fileFindings).map(({ verdict: _verdict, ...finding }) => finding)
  const known = new Set(found.notScanned.map(({ file }) => file))
  return {
    ...found,
    findings: [...found.findings, ...findings],
    notScanned: [...found.notScanned, ...unread.filter(({ file }) => !known.has(file))],
  }
}
