// A classifier from an ONNX file that the operator gives, with its vocabulary. It runs in a thread of its own, within a
// deadline and behind a bounded queue. A thread that misses the deadline is ended; the next text starts a new one.
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Classifier, Judgement } from '../../detect/classifier.ts'
import { entryFile } from '../../lib/entry-file.ts'
import { Failure } from '../../lib/failure.ts'
import { packageRoot } from '../package.ts'
import type { WorkerReply, WorkerRequest, WorkerSetup } from './onnx-worker.ts'
import { toWindows } from './windows.ts'
import { WordPiece } from './word-piece.ts'

export interface ClassifierOptions {
  model: string
  /** Default: the `vocab.txt` beside the model. */
  vocabulary?: string | undefined
  /** How long one text may take. */
  seconds: number
  /** The most tokens that the model reads at once. */
  tokens: number
  /** Further folders from which ONNX Runtime is looked for. */
  folders?: readonly string[]
}

export interface OpenClassifier extends Classifier {
  close(): Promise<void>
}

const RUNTIME = 'onnxruntime-node@1.30.0'
const MOST_WAITING = 16
const MOST_VOCABULARY = 64 * 1024 * 1024

interface Waiting {
  resolve(scores: number[]): void
  reject(error: Failure): void
  timer: NodeJS.Timeout
}

/** Reads the files and loads the model, so that what is missing is told before any text is read. */
export async function openClassifier(options: ClassifierOptions): Promise<OpenClassifier> {
  const vocabulary = options.vocabulary ?? join(dirname(options.model), 'vocab.txt')
  const tokenizer = new WordPiece(readText(vocabulary), vocabulary)
  const waiting = new Map<number, Waiting>()
  let worker: Promise<Worker> | undefined
  let next = 0
  const running = () => (worker ??= startWorker(options, settle, abandon))
  await running()

  function settle(reply: WorkerReply): void {
    if (reply.kind !== 'scores' && reply.kind !== 'failed') return
    const one = waiting.get(reply.id ?? -1)
    if (!one) return
    waiting.delete(reply.id ?? -1)
    clearTimeout(one.timer)
    if (reply.kind === 'scores') one.resolve(reply.scores)
    else one.reject(broken(options.model, reply.message))
  }

  /** Nobody waits for a thread that is gone. */
  function abandon(failure: Failure): void {
    worker = undefined
    for (const { reject, timer } of waiting.values()) {
      clearTimeout(timer)
      reject(failure)
    }
    waiting.clear()
  }

  async function ask(windows: WorkerRequest['windows']): Promise<number[]> {
    const thread = await running()
    if (waiting.size >= MOST_WAITING) {
      throw new Failure('too_many', `${MOST_WAITING} texts wait for the classifier already`, { retryAfter: 1 })
    }
    const id = next++
    return await new Promise<number[]>((resolve, reject) => {
      const timer = setTimeout(() => void stop(late(options.seconds)), options.seconds * 1000)
      waiting.set(id, { resolve, reject, timer })
      const request: WorkerRequest = { id, windows }
      thread.postMessage(request, [])
    })
  }

  async function stop(failure: Failure): Promise<void> {
    const last = worker
    abandon(failure)
    const thread = await last
    thread?.removeAllListeners()
    await thread?.terminate()
  }

  async function classify(text: string): Promise<Judgement> {
    const windows = toWindows(tokenizer.pieces(text), tokenizer, options.tokens)
    const scores = await ask(windows.map(({ ids }) => ids))
    const score = Math.max(...scores)
    const { start, end } = windows[scores.indexOf(score)] ?? { start: 0, end: text.length }
    return { score, start, end }
  }

  return { classify, close: () => stop(new Failure('unavailable', 'the classifier was closed')) }
}

function startWorker(
  { model, folders = [] }: ClassifierOptions,
  settle: (reply: WorkerReply) => void,
  abandon: (failure: Failure) => void,
): Promise<Worker> {
  const setup: WorkerSetup = { model, folders: [...folders, packageRoot, process.cwd()] }
  const worker = new Worker(entryFile(import.meta.dirname, 'onnx-worker'), { workerData: setup })
  return new Promise((resolve, reject) => {
    const fail = (failure: Failure) => {
      worker.removeAllListeners()
      void worker.terminate()
      abandon(failure)
      reject(failure)
    }
    worker.on('message', (reply: WorkerReply) => {
      if (reply.kind === 'ready') {
        // From here on whoever waits for an answer keeps the process alive, by its deadline.
        worker.unref()
        resolve(worker)
      } else if (reply.kind === 'package-missing') fail(packageMissing())
      else if (reply.kind === 'failed' && reply.id === undefined) fail(broken(model, reply.message))
      else settle(reply)
    })
    worker.on('error', (error) => fail(broken(model, error.message)))
    worker.on('exit', () => fail(broken(model, 'its thread ended')))
  })
}

function late(seconds: number): Failure {
  return new Failure('unavailable', `the classifier took longer than ${seconds} s for a text`, {
    hint: 'give it more time (detect.classifier.seconds), a smaller model, or shorter texts',
  })
}

function packageMissing(): Failure {
  return new Failure('config_invalid', 'the classifier needs ONNX Runtime, which is not installed', {
    hint: `run: npm install --ignore-scripts ${RUNTIME}`,
  })
}

function broken(model: string, message: string): Failure {
  return new Failure('config_invalid', `${model} does not work as a classifier: ${message.slice(0, 300)}`, {
    hint: 'it must be an ONNX file of a BERT model for sequence classification whose class 0 is "harmless"',
  })
}

function readText(path: string): string {
  try {
    const bytes = readFileSync(path)
    if (bytes.length <= MOST_VOCABULARY) return bytes.toString('utf8')
  } catch (cause) {
    throw new Failure('config_invalid', `${path} cannot be read`, {
      hint: 'name the vocab.txt of the model with --vocabulary or detect.classifier.vocabulary',
      cause,
    })
  }
  throw new Failure('config_invalid', `${path} is too large for a vocabulary`)
}
