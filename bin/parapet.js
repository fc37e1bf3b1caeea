#!/usr/bin/env node
// The command `parapet`, on any Node that npm can have: checks the version, hands over to a newer Node where one was
// brought along, and says what to do where there is none. A server starts with a setting of memory that only the
// environment can make.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { isOlder, newestNode } from './newest-node.js'

const NEEDED = '22.22.0'
/** Of the C library (glibc; others do not look at it): with an arena for each thread it keeps a tenth of what a server takes, and one thread does nearly all. */
const MEMORY = 'MALLOC_ARENA_MAX'
const root = dirname(dirname(fileURLToPath(import.meta.url)))
const program = join(root, 'dist', 'parapet.mjs')
const node = newestNode(root)
const isTooOld = isOlder(process.versions.node, NEEDED)
const words = [...process.execArgv, program, ...process.argv.slice(2)]
const env = { [MEMORY]: '1', ...process.env }
const lacksMemory = process.argv[2] === 'up' && process.env[MEMORY] === undefined && process.platform === 'linux'

if (!existsSync(program)) {
  process.stderr.write('parapet: not built yet\n  hint: run `npm run build` in the project folder, or `npm start`\n')
  process.exitCode = 2
} else if (isTooOld && node === process.execPath) {
  process.stderr.write(`parapet: Node ${process.versions.node} is too old\n  hint: install Node ${NEEDED} or newer\n`)
  process.exitCode = 2
} else if (isTooOld) {
  const child = spawn(node, words, { stdio: 'inherit', env })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => (process.exitCode = code ?? (signal ? 1 : 0)))
} else if (lacksMemory) {
  // In its place: same process, so signals, terminal and exit code need nobody who passes them on.
  process.execve(process.execPath, [process.execPath, ...words], env)
} else {
  await import(pathToFileURL(program).href)
}
