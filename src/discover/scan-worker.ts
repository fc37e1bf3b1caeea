// The thread that scans: it hands over the result, and on the way what it would be a pity to read twice.
import { parentPort, workerData } from 'node:worker_threads'
import { scan } from './scan.ts'
import type { ScanReply, ScanSetup } from './scan-job.ts'
import { Watched } from './watched.ts'

const setup = workerData as ScanSetup
const tell = (reply: ScanReply) => parentPort?.postMessage(reply, reply.kind === 'kept' ? [reply.files.buffer] : [])

tell({ kind: 'done', found: await scan(setup, new Watched(setup.memory), tell) })
