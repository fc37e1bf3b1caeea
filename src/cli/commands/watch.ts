// `parapet watch PATH`: scans again whenever something changes, and prints what is new and what is gone. Changes come in
// crowds, so it waits until they settle; and a change while it scans is not lost but scanned next.
import { type FSWatcher, statSync, watch as watchFolder } from 'node:fs'
import { basename, resolve } from 'node:path'
import { isNamedLikeModel } from '../../discover/artefacts/named-like-models.ts'
import { Failure } from '../../lib/failure.ts'
import { DISCOVERED_KINDS, type Discovered } from '../../model/discovered.ts'
import { EXIT } from '../fail.ts'
import type { Io } from '../io.ts'
import { oneLine, paint, safeJson } from '../show/text.ts'
import { defineVerb, JSON_FLAG, type VerbCall } from '../verb.ts'
import { sourcesToSubmit, submit, SUBMIT_FLAGS } from './submit.ts'
import { modelsIn, NO_MODELS, type Models, withModels } from './with-models.ts'

const SETTLE_MS = 500
const MOST_WAIT_MS = 5000
const MOST_SHOWN = 50
/** Written all the time, and never by who writes the sources. */
const NOISE = /(?:^|[\\/])(?:\.git|node_modules|__pycache__|\.venv|dist|build|target|coverage)(?:[\\/]|$)/

export const watch = defineVerb({
  name: 'watch',
  about: 'Scans a folder again whenever it changes, and prints what is new and what is gone',
  arguments: [{ name: 'path', about: 'a folder of sources; nothing in it is run' }],
  flags: () => [JSON_FLAG, ...SUBMIT_FLAGS],
  async run(call) {
    const abort = new AbortController()
    const stop = () => abort.abort()
    process.once('SIGINT', stop).once('SIGTERM', stop)
    try {
      await watchSources(call, abort.signal)
      return EXIT.good
    } finally {
      process.off('SIGINT', stop).off('SIGTERM', stop)
    }
  },
})

/** Until it is told to stop. The first scan tells what there is, each further one what changed. */
export async function watchSources(call: VerbCall, signal: AbortSignal): Promise<void> {
  const [path = '.'] = call.args
  const { discover } = await import('../../discover/run.ts')
  const { ScanThread } = await import('../../discover/scan-thread.ts')
  const thread = new ScanThread()
  const changes = changesOf(path, signal)
  let before: Discovered | undefined
  let models = NO_MODELS
  let change: Change = { models: true }
  try {
    for (;;) {
      let holdsModels = false
      const onModels = () => (holdsModels = true)
      const sources = await discover([path], { now: new Date(), thread, onModels, signal })
      // They may be large, and change seldom.
      if (change.models) models = holdsModels ? await modelsIn([path], { signal }) : NO_MODELS
      const found = withModels(sources, models)
      tell(call, before, found)
      if (call.flags['submit'] === true)
        await sendOn(call, path, { ...sources, notScanned: found.notScanned }, models.modelFiles)
      before = found
      const next = await changes.next()
      if (next === undefined) return
      change = next
    }
  } catch (error) {
    if (!signal.aborted) throw error
  } finally {
    changes.close()
    await thread.close()
  }
}

/** A server that does not answer is no reason to stop watching; the next change is sent again. */
async function sendOn(
  call: VerbCall,
  path: string,
  found: Discovered,
  modelFiles: Models['modelFiles'],
): Promise<void> {
  try {
    await submit(call, path, { ...(await sourcesToSubmit(found, [path])), modelFiles })
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    call.io.err(`not submitted: ${oneLine(error.message)}\n`)
  }
}

interface Change {
  /** Whether a model file may have changed. */
  models: boolean
}

interface Changes {
  /** Given when something changed since the last time and then stood still; undefined when it is time to stop. */
  next(): Promise<Change | undefined>
  close(): void
}

function changesOf(path: string, signal: AbortSignal): Changes {
  let [firstAt, lastAt] = [0, 0]
  let models = false
  const changed = (mayBeModels: boolean) => {
    models ||= mayBeModels
    lastAt = Date.now()
    firstAt ||= lastAt
  }
  let watched = folderAt(path)
  let watcher = watcherOf(path, changed)
  /** Another folder may be put in place of this one, and whoever watches the old one hears nothing of it. */
  const follow = () => {
    const now = folderAt(path)
    if (now === watched) return
    watched = now
    watcher.close()
    if (now !== undefined) watcher = watcherOf(path, changed)
    changed(true)
  }
  return {
    async next() {
      for (;;) {
        if (signal.aborted) return undefined
        follow()
        const now = Date.now()
        if (firstAt > 0 && (now - lastAt >= SETTLE_MS || now - firstAt >= MOST_WAIT_MS)) {
          const change = { models }
          firstAt = 0
          models = false
          return change
        }
        await new Promise<void>((done) => {
          const timer = setTimeout(end, 100)
          function end() {
            clearTimeout(timer)
            signal.removeEventListener('abort', end)
            done()
          }
          signal.addEventListener('abort', end)
        })
      }
    },
    close: () => watcher.close(),
  }
}

function watcherOf(path: string, changed: (mayBeModels: boolean) => void): FSWatcher {
  try {
    const watcher = watchFolder(path, { recursive: true }, (_, file) => {
      // A folder that came or went may hold some.
      if (file === null || !NOISE.test(file))
        changed(file === null || isNamedLikeModel(file) || !basename(file).includes('.'))
    })
    // Folders come and go while they are watched; what is in them is met by the next scan.
    return watcher.on('error', () => changed(true))
  } catch (cause) {
    throw new Failure('input_invalid', `${oneLine(path)} cannot be watched`, { cause, hint: 'name a folder' })
  }
}

function folderAt(path: string): string | undefined {
  const stat = statSync(path, { throwIfNoEntry: false })
  return stat && `${stat.dev}:${stat.ino}`
}

function tell({ io, flags }: VerbCall, before: Discovered | undefined, now: Discovered): void {
  const [was, is] = [told(before), told(now)]
  const added = [...is].filter(([key]) => !was.has(key)).map(([, line]) => line)
  const gone = [...was].filter(([key]) => !is.has(key)).map(([, line]) => line)
  if (flags['json']) return io.out(`${safeJson({ new: added, gone, files: now.scanned.files })}\n`)
  if (before === undefined) io.out(headOf(now, io))
  else {
    const ink = paint(io.colour)
    for (const line of added.slice(0, MOST_SHOWN)) io.out(`${ink.green('+')} ${line}\n`)
    for (const line of gone.slice(0, MOST_SHOWN)) io.out(`${ink.red('-')} ${line}\n`)
    const hidden = Math.max(0, added.length - MOST_SHOWN) + Math.max(0, gone.length - MOST_SHOWN)
    if (hidden > 0) io.out(`… and ${hidden} more\n`)
  }
}

function headOf({ roots, scanned, findings, notScanned }: Discovered, io: Io): string {
  const name = roots.map(({ path }) => basename(resolve(path))).join(', ')
  const open = findings.filter(({ suppressed }) => suppressed === undefined).length
  return paint(io.colour).dim(
    `watching ${oneLine(name)}: ${scanned.files} files, ${open} findings, ${notScanned.length} not scanned\n`,
  )
}

/** Without lines, which move with every word that is written above them. */
function told(found: Discovered | undefined): Map<string, string> {
  const lines = new Map<string, string>()
  if (found === undefined) return lines
  for (const kind of DISCOVERED_KINDS) for (const { id, name } of found[kind]) lines.set(id, oneLine(`${kind} ${name}`))
  for (const { rule, severity, place, subject, suppressed } of found.findings)
    if (suppressed === undefined)
      lines.set(`${rule} ${place.file} ${subject}`, oneLine(`${severity} ${rule} ${place.file}:${place.line}`))
  return lines
}
