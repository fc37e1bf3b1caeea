// The thread that reads files. It says which one it is at, in memory shared with the house, so that a file on which it
// hangs is known by name when the thread is ended.
import { parentPort, workerData } from 'node:worker_threads'
import { readFile, type ReadLimits, type Wanted } from './read/read-file.ts'
import type { SourceFile } from './read/source-file.ts'

export interface WorkerSetup {
  limits: ReadLimits
  /** [how many files were begun in this batch] */
  progress: SharedArrayBuffer
}

export interface WorkerReply {
  files: SourceFile[]
  done: boolean
}

const REPLY_EVERY = 64

const { limits, progress } = workerData as WorkerSetup
const begun = new Int32Array(progress)

parentPort?.on('message', (wanted: Wanted[]) => {
  void read(wanted)
})

async function read(wanted: readonly Wanted[]) {
  let files: SourceFile[] = []
  for (const one of wanted) {
    Atomics.add(begun, 0, 1)
    files.push(await readFile(one, limits))
    if (files.length < REPLY_EVERY && !files.at(-1)?.unit) continue
    send({ files, done: false })
    files = []
  }
  send({ files, done: true })
}

function send(reply: WorkerReply) {
  parentPort?.postMessage(reply, [])
}
