#!/usr/bin/env node
// The command `parapet`, on any Node that npm can have: checks the version, hands over to a newer Node where one was
// brought along, and says what to do where there is none.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { isOlder, newestNode } from './newest-node.js'

const NEEDED = '22.22.0'
const root = dirname(dirname(fileURLToPath(import.meta.url)))
const program = join(root, 'dist', 'parapet.mjs')
const node = newestNode(root)

if (!existsSync(program)) {
  process.stderr.write('parapet: not built yet\n  hint: run `npm run build` in the project folder, or `npm start`\n')
  process.exitCode = 2
} else if (!isOlder(process.versions.node, NEEDED)) {
  await import(pathToFileURL(program).href)
} else if (node !== process.execPath) {
  const child = spawn(node, [program, ...process.argv.slice(2)], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => (process.exitCode = code ?? (signal ? 1 : 0)))
} else {
  process.stderr.write(`parapet: Node ${process.versions.node} is too old\n  hint: install Node ${NEEDED} or newer\n`)
  process.exitCode = 2
}
