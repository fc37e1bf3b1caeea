// The first thing that runs on a fresh clone, on whatever Node (18 or newer) the machine has. Plain JavaScript for that
// reason. Installs the dependencies when the lock file changed, then hands over to the newest Node at hand.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { newestNode } from '../bin/newest-node.js'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const [verb = 'build', ...args] = process.argv.slice(2)

install()
run(newestNode(root), [join('scripts', `${verb}.ts`), ...args])

function install() {
  const stamp = join(root, 'node_modules', '.parapet-lock')
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  process.stderr.write('Installing the dependencies (once, about 20 seconds) …\n')
  const windows = process.platform === 'win32'
  const { status } = spawnSync(windows ? 'npm.cmd' : 'npm', ['ci', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: windows,
  })
  if (status !== 0) {
    process.stderr.write(
      'The dependencies could not be installed. Look at the lines above; a network or proxy setting is the usual reason.\n',
    )
    process.exit(2)
  }
  writeFileSync(stamp, wanted)
}

function run(node, words) {
  const env = { ...process.env, NODE_COMPILE_CACHE: join(root, '.cache', 'compile') }
  const child = spawn(node, words, { cwd: root, stdio: 'inherit', env })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))
}
