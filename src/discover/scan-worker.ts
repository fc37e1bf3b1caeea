// The thread that scans: it hands over the result, and on the way what it would be a pity to read twice. A thread does not
// share the compiled code that its process keeps between runs, so it asks for it before it loads the rest.
import { enableCompileCache } from 'node:module'
import { parentPort, workerData } from 'node:worker_threads'
import { compileLittle } from './compile-little.ts'
import type { KeptFiles } from './read/kept-files.ts'
import type { ScanReply, ScanSetup } from './scan-job.ts'
import { Watched } from './watched.ts'

compileLittle()
enableCompileCache()
const { scan } = await import('./scan.ts')
let kept: KeptFiles | undefined
const tell = (reply: ScanReply) => parentPort?.postMessage(reply, reply.kind === 'kept' ? [reply.files.buffer] : [])

async function run(setup: ScanSetup) {
  if (setup.stays) kept ??= new (await import('./read/kept-files.ts')).KeptFiles()
  kept?.turn()
  tell({ kind: 'done', found: await scan(setup, new Watched(setup.memory), tell, kept?.read.bind(kept)) })
}

parentPort?.on('message', (setup: ScanSetup) => void run(setup))
await run(workerData as ScanSetup)
