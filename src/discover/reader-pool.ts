// Reads files in a thread of its own, one after the other. A file that takes too long, or too much memory, costs the
// thread and itself; the scan goes on with the next.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { ReadLimits, Wanted } from './read/read-file.ts'
import type { SourceFile } from './read/source-file.ts'
import type { WorkerReply, WorkerSetup } from './reading-worker.ts'

export interface PoolLimits extends ReadLimits {
  /** Milliseconds for one file. */
  fileTime: number
  /** Megabytes of the thread's heap. */
  heap: number
}

const BATCH = 512
/** Milliseconds until the thread must have begun; a busy machine is no fault of the first file. */
const STARTING = 60_000

type Outcome = 'done' | 'too_slow' | 'broken'

export class ReaderPool {
  readonly #limits: PoolLimits
  #worker: Worker | undefined
  readonly #begun = new Int32Array(new SharedArrayBuffer(4))

  constructor(limits: PoolLimits) {
    this.#limits = limits
  }

  /** Every wanted file comes back once, whatever happens to it. */
  async read(wanted: readonly Wanted[], take: (file: SourceFile) => void): Promise<void> {
    for (let at = 0; at < wanted.length; at += BATCH) {
      let left: readonly Wanted[] = wanted.slice(at, at + BATCH)
      while (left.length > 0) left = await this.#batch(left, take)
    }
  }

  async close(): Promise<void> {
    const worker = this.#worker
    this.#worker = undefined
    worker?.on('error', () => {})
    await worker?.terminate()
  }

  /** Returns what is still to be read: nothing, unless the thread had to be ended. */
  async #batch(wanted: readonly Wanted[], take: (file: SourceFile) => void): Promise<readonly Wanted[]> {
    const worker = (this.#worker ??= this.#start())
    Atomics.store(this.#begun, 0, 0)
    let received = 0
    const outcome = await new Promise<Outcome>((resolve) => {
      let seen = 0
      let since = performance.now()
      const onMessage = ({ files, done }: WorkerReply) => {
        for (const file of files) take(file)
        received += files.length
        if (done) settle('done')
      }
      const onBroken = () => settle('broken')
      const settle = (result: Outcome) => {
        clearInterval(watch)
        worker.off('message', onMessage).off('error', onBroken).off('exit', onBroken)
        resolve(result)
      }
      const watch = setInterval(
        () => {
          const now = Atomics.load(this.#begun, 0)
          if (now !== seen) [seen, since] = [now, performance.now()]
          else if (performance.now() - since > (now === 0 ? STARTING : this.#limits.fileTime)) settle('too_slow')
        },
        Math.min(250, this.#limits.fileTime / 4),
      )
      worker.on('message', onMessage).on('error', onBroken).on('exit', onBroken)
      worker.postMessage(wanted, [])
    })
    if (outcome === 'done') return []
    await this.close()
    // Those before the one it hung on were read but not told of; they are read again.
    const hung = wanted[Math.max(received, Atomics.load(this.#begun, 0) - 1)]
    if (hung) {
      const seconds = Math.round(this.#limits.fileTime / 100) / 10
      const detail = outcome === 'too_slow' ? `more than ${seconds} s` : 'its reader broke down'
      take({
        file: hung.file,
        bytes: 0,
        problem: { reason: outcome === 'too_slow' ? 'too_slow' : 'parser_failed', detail },
      })
    }
    return wanted.slice(received).filter((one) => one !== hung)
  }

  #start(): Worker {
    const { fileBytes, heap } = this.#limits
    const setup: WorkerSetup = { limits: { fileBytes }, progress: this.#begun.buffer as SharedArrayBuffer }
    return new Worker(workerFile(), {
      workerData: setup,
      resourceLimits: { maxOldGenerationSizeMb: heap },
      stdout: true,
      stderr: true,
    })
  }
}

/** Beside the sources, or built beside the program. */
function workerFile(from = import.meta.dirname): string {
  const source = join(from, 'reading-worker.ts')
  if (existsSync(source)) return source
  const built = join(from, 'reading-worker.mjs')
  return existsSync(built) ? built : join(from, '..', 'reading-worker.mjs')
}
