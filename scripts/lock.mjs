// Completes package-lock.json with the optional platform packages that a registry mirror left out.
// npm skips a missing optional package silently when it writes the lock, and then refuses that lock in `npm ci`.
// Run it after every `npm install`: node scripts/lock.mjs
import { readFileSync, writeFileSync } from 'node:fs'

const OS = {
  win32: 'win32',
  darwin: 'darwin',
  linux: 'linux',
  freebsd: 'freebsd',
  openbsd: 'openbsd',
  netbsd: 'netbsd',
  android: 'android',
  sunos: 'sunos',
  aix: 'aix',
  openharmony: 'openharmony',
  wasm32: 'wasi',
  wasi: 'wasi',
}
const CPU = ['x64', 'arm64', 'arm', 'ia32', 'riscv64', 'ppc64', 's390x', 'loong64', 'mips64el', 'wasm32']
const EXACT = /^\d+\.\d+\.\d+(-[\w.]+)?$/

const file = new URL('../package-lock.json', import.meta.url)
const lock = JSON.parse(readFileSync(file, 'utf8'))
let added = 0
for (const [path, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    if (path === '' || !EXACT.test(version)) continue
    const nested = `${path}/node_modules/${name}`
    const top = lock.packages[`node_modules/${name}`]
    if (lock.packages[nested] || top?.version === version) continue
    const words = name.split(/[^a-z0-9]+/)
    const os = words.map((word) => OS[word]).find(Boolean)
    const cpu = CPU.find((arch) =>
      words.some((word) => word === arch || (arch === 'arm' && /^arm(eabihf|v\d.*)?$/.test(word))),
    )
    if (!os) continue
    lock.packages[top ? nested : `node_modules/${name}`] = {
      version,
      optional: true,
      ...(entry.dev ? { dev: true } : {}),
      os: [os],
      ...(cpu ? { cpu: [cpu] } : {}),
    }
    added++
  }
}
const [root, ...rest] = Object.entries(lock.packages)
lock.packages = Object.fromEntries([root, ...rest.toSorted(([a], [b]) => (a < b ? -1 : 1))])
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
console.log(`package-lock.json: ${added} optional platform packages added`)
