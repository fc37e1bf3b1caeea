// The first minute of a newcomer, for real: a fresh clone, `npm start`, a second start, stopping, and what goes wrong.
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { residentMb, serve, type ServerProcess } from './server-process.ts'

const root = dirname(import.meta.dirname)
const SECOND_START_MS = 3000
const IDLE_MB = 150
/** Other tests run at the same time. */
const MOST_TRIES = 10

describe('a fresh clone', () => {
  const folder = mkdtempSync(join(tmpdir(), 'parapet-clone-'))
  const clone = join(folder, 'parapet')
  const dataDir = join(clone, 'parapet-data')
  const program = join(clone, 'bin', 'parapet.js')
  let server: ServerProcess

  before(async () => {
    execFileSync('git', ['clone', '--quiet', '--depth=1', `file://${root}`, clone])
    // Hard links in place of a download: what is installed is the same, byte for byte.
    execFileSync('cp', ['-al', join(root, 'node_modules'), join(clone, 'node_modules')])
    server = await npmStart()
  })
  after(async () => {
    await server.stop('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  })

  const npmStart = () => serve(['npm', 'start', '--', '--port', '0'], { cwd: clone, seconds: 120 })

  test('npm start builds, serves, and prints the address and a one-time owner link', async (t) => {
    t.diagnostic(`first start with its build: ${Math.round(server.startMs)} ms`)
    assert.match(server.output(), /http:\/\/127\.0\.0\.1:\d+\/welcome#\S{20,}/)
    const page = await fetch(server.url, { headers: { accept: 'text/html' } })
    assert.equal(page.status, 200)
    assert.match(await page.text(), /<script[^>]+src="\/assets\//)
    assert.equal((await fetch(`${server.url}/readyz`)).status, 200)
  })

  test(`idle, it takes at most ${IDLE_MB} MB`, async (t) => {
    await new Promise((resolve) => setTimeout(resolve, 3000))
    const megabytes = residentMb(runFile(dataDir).pid)
    t.diagnostic(`idle memory: ${megabytes.toFixed(1)} MB`)
    assert(megabytes <= IDLE_MB, `${megabytes} MB`)
  })

  test('a second server on the same data is refused with the process that has it', () => {
    const { status, stderr } = parapet(['up', '--port', '0'])
    assert.equal(status, 2)
    assert.match(stderr, new RegExp(String(runFile(dataDir).pid)))
    assert.match(stderr, /hint:/)
  })

  test('told to stop, it ends cleanly and leaves no note of itself', async () => {
    await server.stop('SIGTERM')
    assert(!existsSync(join(dataDir, 'run', 'server.json')))
  })

  test(`a second start takes less than ${SECOND_START_MS} ms`, async (t) => {
    let best = Infinity
    for (let i = 0; i < MOST_TRIES && best > SECOND_START_MS; i++) {
      if (i > 0) await server.stop()
      server = await npmStart()
      best = Math.min(best, server.startMs)
    }
    t.diagnostic(`second start: ${Math.round(best)} ms`)
    assert(best < SECOND_START_MS, `${best} ms`)
    assert.match(server.output(), /\/welcome#/, 'there is no owner yet, so there is a link again')
    await server.stop()
  })

  test('a server is one process with its setting of memory, unless somebody made another, and tells how it ended', async (t) => {
    if (process.platform !== 'linux') return t.skip('reads /proc')
    const place = join(folder, 'alone')
    for (const [made, wanted] of [
      [undefined, '1'],
      ['3', '3'],
    ]) {
      const env = { MALLOC_ARENA_MAX: made }
      const one = await serve([process.execPath, program, 'up', '--port', '0', '--data-dir', place], { env })
      const { pid } = runFile(place)
      const settings = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0')
      assert.equal(await one.stop('SIGTERM'), 0)
      assert.equal(pid, one.pid)
      assert(settings.includes(`MALLOC_ARENA_MAX=${wanted}`))
    }
  })

  test('a port that is taken is named, with how to see by whom and how to change it', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => other.once('listening', resolve))
    const address = other.address()
    const port = typeof address === 'object' ? String(address?.port) : ''
    const { status, stderr } = parapet(['up', '--port', port])
    other.close()
    assert.equal(status, 2)
    assert.match(stderr, new RegExp(`port ${port}`))
    assert.match(stderr, /ss -ltnp/)
    assert.match(stderr, /--port/)
  })

  test('a data directory that cannot be written is served for reading, and the start says so', async (t) => {
    const place = join(folder, 'read-only')
    cpSync(dataDir, place, { recursive: true })
    const isMounted = spawnSync('mount', ['--bind', '-o', 'ro', place, place]).status === 0
    const isRemounted = isMounted && spawnSync('mount', ['-o', 'remount,ro,bind', place]).status === 0
    if (!isRemounted) {
      if (process.getuid?.() === 0) return t.skip('this machine allows no read-only mount')
      execFileSync('chmod', ['-R', 'a-w', place])
    }
    try {
      const reading = await serve([process.execPath, program, 'up', '--port', '0', '--data-dir', place], { cwd: clone })
      const ready = await fetch(`${reading.url}/readyz`)
      const session = await fetch(`${reading.url}/api/session`)
      await reading.stop('SIGTERM')
      assert.match(reading.output(), /^ +Attention +the storage is read-only/m)
      assert.equal(ready.status, 503)
      assert.match(await ready.text(), /the storage is read-only/)
      assert.equal(session.status, 200)
      const { status, stderr } = parapet(['up', '--port', '0', '--data-dir', join(place, 'none')])
      assert.equal(status, 2)
      assert(stderr.includes(join(place, 'none')), stderr)
      assert.match(stderr, /hint:/)
    } finally {
      if (isMounted) spawnSync('umount', [place])
      else execFileSync('chmod', ['-R', 'u+w', place])
    }
  })

  test('a data directory that cannot be made is named at once', { skip: !existsSync('/proc/self') }, () => {
    const { status, stderr } = parapet(['up', '--port', '0', '--data-dir', '/proc/parapet'])
    assert.equal(status, 2)
    assert.match(stderr, /\/proc\/parapet/)
    assert.match(stderr, /hint:.*--data-dir/)
  })

  const parapet = (words: string[]) =>
    spawnSync(process.execPath, [program, ...words], { cwd: clone, encoding: 'utf8', timeout: 30_000 })
})

function runFile(dataDir: string): { pid: number } {
  return JSON.parse(readFileSync(join(dataDir, 'run', 'server.json'), 'utf8')) as { pid: number }
}
