#!/usr/bin/env node
// The command `parapet`, on any Node that npm can have: checks the version, hands over to a newer Node where one was
// brought along, and says what to do where there is none. A server starts with settings that only the environment and
// the command line can make.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { isOlder, newestNode } from './newest-node.js'

const NEEDED = '22.22.0'
/** Of the C library (glibc; others do not look at it): with an arena for each thread it keeps a tenth of what a server takes, and one thread does nearly all. */
const MEMORY = 'MALLOC_ARENA_MAX'
/**
 * Of the engine: what each call runs through is compiled for good as soon as is known what it is called with. Left alone it
 * waits for three thousand calls, and the ten thousand after them pay for it. One thread compiles, since what several take
 * at once for it stays with the process. What is young is swept by the thread that made it: it is little, and others that come to
 * help cost a twentieth of a call. An engine that does not know a setting does not start, so they are for one alone.
 */
const SETTINGS = process.versions.v8.startsWith('13.6.')
  ? ['--invocation-count-for-turbofan=400', '--concurrent-turbofan-max-threads=1', '--no-parallel-scavenge']
  : []
const self = fileURLToPath(import.meta.url)
const root = dirname(dirname(self))
const program = join(root, 'dist', 'parapet.mjs')
const node = newestNode(root)
const isTooOld = isOlder(process.versions.node, NEEDED)
const words = process.argv.slice(2)
const isSet = process.env[MEMORY] !== undefined && SETTINGS.every((flag) => process.execArgv.includes(flag))
const startsAnew = words[0] === 'up' && !isSet && process.platform === 'linux'

if (!existsSync(program)) {
  process.stderr.write('parapet: not built yet\n  hint: run `npm run build` in the project folder, or `npm start`\n')
  process.exitCode = 2
} else if (isTooOld && node === process.execPath) {
  process.stderr.write(`parapet: Node ${process.versions.node} is too old\n  hint: install Node ${NEEDED} or newer\n`)
  process.exitCode = 2
} else if (isTooOld) {
  const child = spawn(node, [...process.execArgv, self, ...words], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => (process.exitCode = code ?? (signal ? 1 : 0)))
} else if (startsAnew) {
  // In its place: same process, so signals, terminal and exit code need nobody who passes them on.
  const line = [process.execPath, ...SETTINGS, ...process.execArgv, program, ...words]
  process.execve(process.execPath, line, { [MEMORY]: '1', ...process.env })
} else {
  await import(pathToFileURL(program).href)
}
