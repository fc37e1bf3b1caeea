// Scans files and folders, each file in a thread with a limit of time and memory. A file that ends its thread is reported as not
// read, like one that cannot be opened, and the next one gets a new thread.
import { type Dirent, lstatSync, readdirSync, realpathSync, statSync } from 'node:fs'
import { join, sep } from 'node:path'
import { Worker } from 'node:worker_threads'
import { entryFile } from '../../lib/entry-file.ts'
import type { ArtefactFileReport } from '../../model/artefact.ts'
import type { WorkerAnswer, WorkerAsk } from './artefact-worker.ts'
import { TECHNIQUES } from './techniques.ts'

export interface ScanFilesOptions {
  /** The file of the thread; ours unless another is named. */
  worker?: string
  seconds?: number
  megabytes?: number
  /** More files than this in one scan are not looked at, and said so. */
  files?: number
  /** When reading ends, in milliseconds of the clock on the wall. */
  until?: number
  /** A link that leads out of this folder is not followed. */
  within?: string
}

export interface ScannedFile extends ArtefactFileReport {
  /** It could not be looked at as a whole: not opened, too slow, too large. */
  failed: boolean
}

const DEFAULTS = {
  worker: entryFile(import.meta.dirname, 'artefact-worker'),
  seconds: 60,
  megabytes: 512,
  files: 100_000,
  until: Infinity,
}
/** Most of what a scan makes is used for an opcode. */
const YOUNG_MEGABYTES = 4
const SKIPPED = new Set(['.git', '.hg', '.svn'])

export async function* scanFiles(paths: Iterable<string>, options: ScanFilesOptions = {}): AsyncGenerator<ScannedFile> {
  const { worker, seconds, megabytes, files, until, within } = { ...DEFAULTS, ...options }
  const thread = new Thread(worker, seconds, megabytes)
  let count = 0
  try {
    for (const found of walkAll(paths)) {
      if (++count > files) {
        yield notRead(found.file, `more than ${files} files`)
        return
      }
      if (Date.now() > until) {
        yield notRead(found.file, 'the time for the scan was over; this and all after it')
        return
      }
      if (found.failed !== undefined) yield notRead(found.file, found.failed)
      else if (within !== undefined && leaves(found.file, within))
        yield notRead(found.file, 'its link leads out of the folder')
      else {
        const answer = await thread.ask({ file: found.file })
        if ('report' in answer) yield { file: found.file, ...answer.report, failed: false }
        else yield notRead(found.file, answer.failed)
      }
    }
  } finally {
    await thread.stop()
  }
}

interface Found {
  file: string
  failed?: string
}

function* walkAll(paths: Iterable<string>): Generator<Found> {
  for (const path of paths) {
    const stat = statSync(path, { throwIfNoEntry: false })
    if (stat?.isDirectory()) yield* walk(path)
    else yield stat ? { file: path } : { file: path, failed: 'there is no such file' }
  }
}

function leaves(file: string, folder: string): boolean {
  if (!lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink()) return false
  try {
    return !realpathSync(file).startsWith(realpathSync(folder) + sep)
  } catch {
    return true
  }
}

/** Depth first, in the order of names, by a list of its own: folders may nest deeper than a stack. */
function* walk(root: string): Generator<Found> {
  const folders = [root]
  while (folders.length > 0) {
    const folder = folders.pop() ?? root
    let entries: Dirent[]
    try {
      entries = readdirSync(folder, { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1))
    } catch (error) {
      yield { file: folder, failed: reason(error) }
      continue
    }
    const inner: string[] = []
    for (const entry of entries) {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) {
        if (!SKIPPED.has(entry.name)) inner.push(path)
      } else if (entry.isSymbolicLink()) yield linked(path)
      else if (entry.isFile()) yield { file: path }
      else yield { file: path, failed: 'it is no regular file' }
    }
    folders.push(...inner.toReversed())
  }
}

/** Caches of models link each file to where it is kept; a link to a folder may lead round in circles. */
function linked(path: string): Found {
  try {
    if (statSync(path).isFile()) return { file: path }
    return { file: path, failed: 'it is a link to a folder, which is not followed' }
  } catch (error) {
    return {
      file: path,
      failed: lstatSync(path, { throwIfNoEntry: false })
        ? `its link cannot be followed: ${reason(error)}`
        : reason(error),
    }
  }
}

const reason = (error: unknown) =>
  error instanceof Error && 'code' in error ? String(error.code) : 'it cannot be read'

function notRead(file: string, why: string): ScannedFile {
  const { verdict, severity, effect, remedy } = TECHNIQUES['not-read']
  const finding = { technique: 'not-read', verdict, severity, effect, why, remedy, place: '' }
  return {
    file,
    format: 'unknown',
    verdict,
    findings: [finding],
    members: [],
    leftOut: { members: 0, findings: 0 },
    failed: true,
  }
}

class Thread {
  readonly #file: string
  readonly #seconds: number
  readonly #megabytes: number
  #worker: Worker | undefined
  #settle: (answer: WorkerAnswer) => void = () => {}

  constructor(file: string, seconds: number, megabytes: number) {
    this.#file = file
    this.#seconds = seconds
    this.#megabytes = megabytes
  }

  async ask(ask: WorkerAsk): Promise<WorkerAnswer> {
    const worker = (this.#worker ??= this.#start())
    let timer: NodeJS.Timeout | undefined
    const answer = await new Promise<WorkerAnswer>((resolve) => {
      this.#settle = resolve
      timer = setTimeout(() => resolve({ failed: `it took longer than ${this.#seconds} s` }), this.#seconds * 1000)
      worker.postMessage(ask, [])
    })
    clearTimeout(timer)
    // What made it fail may still be running or have damaged it.
    if ('failed' in answer) await this.stop()
    return answer
  }

  #start(): Worker {
    const worker = new Worker(this.#file, {
      resourceLimits: { maxOldGenerationSizeMb: this.#megabytes, maxYoungGenerationSizeMb: YOUNG_MEGABYTES },
    })
    const settle = (answer: WorkerAnswer) => {
      if (worker === this.#worker) this.#settle(answer)
    }
    worker.on('message', settle)
    worker.on('error', (error) =>
      settle({ failed: `reading it failed: ${'code' in error ? String(error.code) : error.name}` }),
    )
    worker.on('exit', () => settle({ failed: 'reading it ended its thread' }))
    return worker
  }

  async stop(): Promise<void> {
    const worker = this.#worker
    this.#worker = undefined
    await worker?.terminate()
  }
}
