// The thread that checks and reads one BOM of somebody else's, then ends.
import { parentPort, workerData } from 'node:worker_threads'
import { Failure } from '../../lib/failure.ts'
import { checkBom } from './check.ts'
import type { BomAsk, BomReply } from './read-apart.ts'
import { readBom } from './read.ts'
import { saidByBom } from './to-discovered.ts'

function reply({ text, file }: BomAsk): BomReply {
  try {
    const { bom, notRead } = readBom(checkBom(text, file))
    return { kind: 'read', bom, notRead, ...saidByBom(bom, file, text) }
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    const { code, message, hint, issues } = error
    return { kind: 'refused', code, message, hint, issues }
  }
}

parentPort?.postMessage(reply(workerData as BomAsk), [])
