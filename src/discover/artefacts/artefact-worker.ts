// The thread that reads one file after the other. It may hang or die on a file; whoever asks ends it and goes on.
import { closeSync, existsSync, fstatSync, lstatSync, openSync, constants } from 'node:fs'
import { dirname, join } from 'node:path'
import { parentPort } from 'node:worker_threads'
import type { ArtefactReport } from '../../model/artefact.ts'
import { leavesFolder } from './containers/names.ts'
import { ARTEFACT_LIMITS } from './limits.ts'
import { scanArtefact } from './scan.ts'
import { type ByteSource, fileSource } from './source.ts'

export interface WorkerAsk {
  file: string
}

export type WorkerAnswer = { report: ArtefactReport } | { failed: string }

const MOST_BESIDE = 64

parentPort?.on('message', (ask: WorkerAsk) => {
  void answer(ask).then((reply) => parentPort?.postMessage(reply, []))
})

async function answer({ file }: WorkerAsk): Promise<WorkerAnswer> {
  const open: number[] = []
  try {
    const source = openSource(file, open)
    const known = new Map<string, ByteSource>()
    const beside = (name: string) => {
      const path = join(dirname(file), name)
      const before = known.get(path)
      if (before) return before
      const isFile = !leavesFolder(name) && open.length < MOST_BESIDE && existsSync(path) && lstatSync(path).isFile()
      if (!isFile) return undefined
      const opened = openSource(path, open)
      known.set(path, opened)
      return opened
    }
    return { report: await scanArtefact({ name: file, source, beside }, ARTEFACT_LIMITS) }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined
    return { failed: code ?? (error instanceof Error ? error.message : 'it could not be opened') }
  } finally {
    for (const descriptor of open) closeSync(descriptor)
  }
}

/** A pipe would be waited for without end, so it is opened without waiting and refused. */
function openSource(path: string, open: number[]): ByteSource {
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  open.push(descriptor)
  const { size, isFile } = ((stat) => ({ size: stat.size, isFile: stat.isFile() }))(fstatSync(descriptor))
  if (!isFile) throw new Error('it is no regular file')
  return fileSource(descriptor, size)
}
