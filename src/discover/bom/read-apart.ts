// Checks and reads a BOM in a thread of its own: one of many megabytes takes seconds, in which whoever serves others may not
// stand still. A thread that takes too long or too much memory is ended.
import { Worker } from 'node:worker_threads'
import { entryFile } from '../../lib/entry-file.ts'
import { Failure, type FailureCode, type Issue } from '../../lib/failure.ts'
import type { Bom } from '../../model/bom.ts'
import type { SaidByBom } from './to-discovered.ts'

export interface BomAsk {
  text: string
  file: string
}

export interface ReadApart extends SaidByBom {
  bom: Bom
  /** Places that could not be read, and why. */
  notRead: string[]
}

interface Refused {
  code: FailureCode
  message: string
  hint: string | undefined
  issues: readonly Issue[]
}

export type BomReply = ({ kind: 'read' } & ReadApart) | ({ kind: 'refused' } & Refused)

const SECONDS = 60
const MEGABYTES = 1024

/** Throws the Failure that names what is wrong. */
export async function readBomApart(ask: BomAsk, seconds = SECONDS): Promise<ReadApart> {
  const worker = new Worker(entryFile(import.meta.dirname, 'bom-worker'), {
    workerData: ask,
    resourceLimits: { maxOldGenerationSizeMb: MEGABYTES },
  })
  let timer: NodeJS.Timeout | undefined
  try {
    const reply = await new Promise<BomReply>((resolve, reject) => {
      timer = setTimeout(() => reject(tooLarge(`takes longer than ${seconds} s`)), seconds * 1000)
      worker.once('message', resolve)
      worker.once('error', (error) => {
        const isMemory = 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
        reject(isMemory ? tooLarge(`needs more than ${MEGABYTES} MB`) : error)
      })
      worker.once('exit', () => reject(new Error('the thread that reads a BOM ended early')))
    })
    if (reply.kind === 'read') return reply
    const { code, message, hint, issues } = reply
    throw new Failure(code, message, { hint, issues })
  } finally {
    clearTimeout(timer)
    worker.removeAllListeners()
    // How it ends is known already.
    await worker.on('error', () => undefined).terminate()
  }
}

const tooLarge = (why: string) =>
  new Failure('too_large', `to read the BOM ${why}`, { hint: 'hand in the BOMs of its parts one by one' })
