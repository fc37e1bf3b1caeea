// The thread in which a model runs, so that the event loop never waits for it. It loads ONNX Runtime from wherever the
// operator installed it, reads windows of token ids, and answers with one score a window: all that is not class 0.
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'

export interface WorkerSetup {
  model: string
  /** Folders from which the package is looked for, in this order. */
  folders: readonly string[]
}

export interface WorkerRequest {
  id: number
  windows: readonly (readonly number[])[]
}

export type WorkerReply =
  | { kind: 'ready' }
  | { kind: 'scores'; id: number; scores: number[] }
  | { kind: 'package-missing' }
  | { kind: 'failed'; id: number | undefined; message: string }

interface Tensor {
  data: ArrayLike<number>
  dims: readonly number[]
}

interface Session {
  inputNames: readonly string[]
  outputNames: readonly string[]
  inputMetadata?: readonly { type?: string; shape?: readonly (number | string)[] }[]
  run(feeds: Record<string, Tensor>): Promise<Record<string, Tensor>>
}

interface Runtime {
  InferenceSession: { create(path: string, options: object): Promise<Session> }
  Tensor: new (type: string, data: BigInt64Array | Int32Array, dims: readonly number[]) => Tensor
}

const PACKAGE = 'onnxruntime-node'
const setup = workerData as WorkerSetup
const port = parentPort
const reply = (message: WorkerReply) => port?.postMessage(message)
const told = (error: unknown) => (error instanceof Error ? error.message : String(error))

const runtime = findRuntime()
if (runtime) await serve(runtime)
else reply({ kind: 'package-missing' })

function findRuntime(): Runtime | undefined {
  for (const folder of setup.folders) {
    const require = createRequire(join(folder, 'package.json'))
    let path: string
    try {
      path = require.resolve(PACKAGE)
    } catch {
      continue
    }
    const found: unknown = require(path)
    if (isRuntime(found)) return found
  }
  return undefined
}

function isRuntime(value: unknown): value is Runtime {
  return typeof value === 'object' && value !== null && 'InferenceSession' in value && 'Tensor' in value
}

async function serve(runtime: Runtime): Promise<void> {
  let session: Session
  try {
    session = await runtime.InferenceSession.create(setup.model, { intraOpNumThreads: 1, logSeverityLevel: 4 })
  } catch (error) {
    return reply({ kind: 'failed', id: undefined, message: told(error) })
  }
  reply({ kind: 'ready' })
  let before = Promise.resolve()
  port?.on('message', (request: WorkerRequest) => {
    before = before.then(() => answer(runtime, session, request))
  })
}

async function answer(runtime: Runtime, session: Session, { id, windows }: WorkerRequest): Promise<void> {
  try {
    const scores: number[] = []
    for (const ids of windows) scores.push(await score(runtime, session, ids))
    reply({ kind: 'scores', id, scores })
  } catch (error) {
    reply({ kind: 'failed', id, message: told(error) })
  }
}

async function score({ Tensor }: Runtime, session: Session, ids: readonly number[]): Promise<number> {
  const feeds: Record<string, Tensor> = {}
  for (const [i, name] of session.inputNames.entries()) {
    const { type, shape } = session.inputMetadata?.[i] ?? {}
    const fixed = shape?.[1]
    const length = typeof fixed === 'number' && fixed >= ids.length ? fixed : ids.length
    const values = Array.from({ length }, (_, at) => valueOf(name, ids[at]))
    const data = type === 'int32' ? Int32Array.from(values) : BigInt64Array.from(values, BigInt)
    feeds[name] = new Tensor(type === 'int32' ? 'int32' : 'int64', data, [1, length])
  }
  const outputs = await session.run(feeds)
  const logits = outputs[session.outputNames[0] ?? '']?.data
  if (!logits || logits.length === 0) throw new Error('the model gives no output')
  return toScore(Array.from(logits))
}

/** What each input of a BERT model holds at a place; `id` is undefined where the window is filled up. */
function valueOf(input: string, id: number | undefined): number {
  if (input.includes('mask')) return id === undefined ? 0 : 1
  return input.includes('type') ? 0 : (id ?? 0)
}

/** One class: how likely it is. Several: how likely it is any but the first. */
function toScore(logits: readonly number[]): number {
  if (logits.length === 1) return 1 / (1 + Math.exp(-(logits[0] ?? 0)))
  const most = Math.max(...logits)
  const powers = logits.map((logit) => Math.exp(logit - most))
  return 1 - (powers[0] ?? 0) / powers.reduce((sum, power) => sum + power, 0)
}
