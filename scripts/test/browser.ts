// Finds the Chromium that the browser tests drive, or installs Debian's where that is possible without asking anybody.
import { existsSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import type { Ran } from './run.ts'

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

export async function findBrowser(): Promise<Ran> {
  if (isThere()) return { ok: true, output: '' }
  const mayInstall = process.getuid?.() === 0 && existsSync('/etc/debian_version')
  if (!mayInstall) {
    return { ok: false, output: 'skipped: there is no Chromium; install it (on Debian: `apt-get install chromium`)' }
  }
  process.stdout.write('  installing Chromium (once, about 20 seconds) …\n')
  const log = [apt('update'), apt('install', '-y', '--no-install-recommends', 'chromium')].join('\n')
  return isThere()
    ? { ok: true, output: '' }
    : { ok: false, output: `skipped: Chromium could not be installed\n${log}` }
}

const isThere = () => PLACES.some((path) => existsSync(path))

function apt(...words: string[]): string {
  const { stdout, stderr } = spawnSync('apt-get', ['-qq', ...words], {
    encoding: 'utf8',
    timeout: 180_000,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
  return `${stdout}${stderr}`.trimEnd()
}
