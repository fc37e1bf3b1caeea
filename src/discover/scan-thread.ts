// Runs a scan in a thread and ends it where it gets stuck. A file that takes too long, or too much memory, is named and
// left out, and another thread goes on. Invariant: each thread that is ended leaves out one file more, so this ends.
import { Worker } from 'node:worker_threads'
import { entryFile } from '../lib/entry-file.ts'
import { Failure } from '../lib/failure.ts'
import type { Discovered, NotScanned } from '../model/discovered.ts'
import type { ScanJob, ScanReply, ScanSetup } from './scan-job.ts'
import { type Stage, Watched } from './watched.ts'
import { Stopwatch } from './work-clock.ts'

/** What is heard of a scan before it is done. */
export interface Listener {
  onProgress?: ((progress: { files: number; of: number }) => void) | undefined
  /** Files are named like models. */
  onModels?: (() => void) | undefined
  /** Ends it at once, whatever it is at. */
  signal?: AbortSignal | undefined
}
type Outcome =
  | { kind: 'done'; found: Discovered }
  | { kind: 'stuck' }
  | { kind: 'stopped' }
  | { kind: 'broken'; error?: Error }

/** Milliseconds without a sign of life; those for a file and for judging are limits of the scan. */
const PATIENCE: Readonly<Record<Exclude<Stage, 'reading' | 'judging'>, number>> = {
  starting: 60_000,
  walking: 120_000,
}

/** What a file may take beyond its time until the thread is ended: what can, gives up by itself before that. */
const GRACE = 250

/** Megabytes that nearly every scan can do with. A heap that may grow large is also swept seldom. */
const MODEST_HEAP = 512

/** A thread that stays between scans, with what it read. One that got stuck makes room for the next. */
export class ScanThread {
  #worker: Worker | undefined

  take(setup: ScanSetup): Worker | undefined {
    const worker = this.#worker
    this.#worker = undefined
    worker?.off('error', this.#gone).off('exit', this.#gone).ref()
    worker?.postMessage(setup, [])
    return worker
  }

  put(worker: Worker) {
    this.#worker = worker
    // Nobody has to wait for it.
    worker.on('error', this.#gone).on('exit', this.#gone).unref()
  }

  /** One that ended between two scans was not needed. */
  readonly #gone = () => {
    this.#worker = undefined
  }

  async close(): Promise<void> {
    await this.#worker?.terminate()
  }
}

export async function scanInThread(job: ScanJob, listener: Listener, thread?: ScanThread): Promise<Discovered> {
  const broken: NotScanned[] = []
  const kept: Uint8Array[] = []
  let heap = Math.min(MODEST_HEAP, job.limits.heap)
  let spent = 0
  let lean = false
  for (;;) {
    listener.signal?.throwIfAborted()
    const watched = new Watched()
    const setup: ScanSetup = {
      job,
      broken,
      kept,
      careful: broken.length > 0,
      stays: thread !== undefined,
      spent,
      lean,
      memory: watched.memory,
    }
    const outcome = await attempt(setup, watched, heap, { kept, broken }, listener, thread)
    if (outcome.kind === 'done') return outcome.found
    if (outcome.kind === 'stopped') continue
    if (outcome.kind === 'broken' && isOutOfMemory(outcome.error) && heap < job.limits.heap) {
      heap = job.limits.heap
      continue
    }
    const { file, stage, most } = watched
    spent = watched.spent + (outcome.kind === 'stuck' ? most : 0)
    if (
      stage === 'judging' &&
      !lean &&
      (outcome.kind === 'stuck' || (outcome.kind === 'broken' && isOutOfMemory(outcome.error)))
    ) {
      // What is large is read again, and left out.
      lean = true
      kept.length = 0
      continue
    }
    if (stage !== 'reading' || file === '') throw whole(stage, outcome)
    broken.push(
      outcome.kind === 'stuck'
        ? { file, reason: 'too_slow', detail: `more than ${Math.round(most / 100) / 10} s` }
        : { file, reason: 'parser_failed', detail: 'its reader broke down' },
    )
  }
}

/** Not the fault of one file. */
function whole(stage: Stage, outcome: Outcome): Error {
  if (outcome.kind === 'broken' && outcome.error && !isOutOfMemory(outcome.error)) return outcome.error
  const trouble = outcome.kind === 'stuck' ? 'takes too long' : 'needs too much memory'
  return new Failure(
    'too_large',
    `the scan ${trouble} while ${stage === 'judging' ? 'it judges what it read' : stage}`,
    {
      hint: 'scan the parts of this tree one by one',
    },
  )
}

const isOutOfMemory = (error: Error | undefined) =>
  error !== undefined && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'

async function attempt(
  setup: ScanSetup,
  watched: Watched,
  heap: number,
  { kept, broken }: { kept: Uint8Array[]; broken: NotScanned[] },
  listener: Listener,
  thread?: ScanThread,
): Promise<Outcome> {
  const { fileTime, judgeTime } = setup.job.limits
  const worker = thread?.take(setup) ?? startWorker(setup, heap)
  const late: NotScanned[] = []
  const outcome = await new Promise<Outcome>((resolve) => {
    let seen = -1
    const watch = new Stopwatch()
    const most = (stage: Stage) => {
      if (stage === 'reading') return (watched.most || fileTime) + GRACE
      return stage === 'judging' ? judgeTime : PATIENCE[stage]
    }
    const look = () => {
      const { beat, stage } = watched
      if (beat !== seen) {
        seen = beat
        watch.restart()
      } else if (watch.isOver(most(stage))) settle({ kind: 'stuck' })
    }
    const asking = setInterval(look, Math.min(100, fileTime / 4))
    const settle = (result: Outcome) => {
      clearInterval(asking)
      listener.signal?.removeEventListener('abort', stop)
      worker.off('message', hear).off('error', fail).off('exit', end)
      resolve(result)
    }
    const hear = (reply: ScanReply) => {
      if (reply.kind === 'progress') listener.onProgress?.(reply)
      else if (reply.kind === 'models') listener.onModels?.()
      else if (reply.kind === 'kept') kept.push(reply.files)
      else if (reply.kind === 'missed') late.push(reply.missed)
      else settle({ kind: 'done', found: reply.found })
    }
    const fail = (error: Error) => settle({ kind: 'broken', error })
    const end = () => settle({ kind: 'broken' })
    const stop = () => settle({ kind: 'stopped' })
    listener.signal?.addEventListener('abort', stop)
    worker.on('message', hear).on('error', fail).on('exit', end)
  })
  if (outcome.kind !== 'done') broken.push(...late)
  if (thread && outcome.kind === 'done') thread.put(worker)
  // How it ends is known already.
  else await worker.on('error', () => undefined).terminate()
  return outcome
}

const startWorker = (setup: ScanSetup, heap: number): Worker =>
  new Worker(entryFile(import.meta.dirname, 'scan-worker'), {
    workerData: setup,
    // Young objects are copied between two halves as large as this; the default would double what a scan holds.
    resourceLimits: { maxOldGenerationSizeMb: heap, maxYoungGenerationSizeMb: 16 },
    stdout: true,
    stderr: true,
  })
