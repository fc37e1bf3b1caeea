// The command `parapet`. Keeps V8's compiled code between runs, which halves the time to a first word.
import { enableCompileCache } from 'node:module'

enableCompileCache()
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // Whoever read our output (`| head`) has seen enough.
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})
const [{ runCli }, { processIo }] = await Promise.all([import('./run.ts'), import('./io.ts')])
process.exitCode = await runCli(process.argv.slice(2), processIo())
