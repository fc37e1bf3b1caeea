// The command `parapet`. Keeps V8's compiled code between runs, which halves the time to a first word. Not a server's, which
// has all day: what was kept of its code would take memory for as long as it runs.
import { enableCompileCache } from 'node:module'

if (process.argv[2] !== 'up') enableCompileCache()
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // Whoever read our output (`| head`) has seen enough.
  // What it comes to is still told to whoever started us.
  if (error.code === 'EPIPE') return void setImmediate(() => process.exit())
  throw error
})
const [{ runCli }, { processIo }] = await Promise.all([import('./run.ts'), import('./io.ts')])
process.exitCode = await runCli(process.argv.slice(2), processIo())
