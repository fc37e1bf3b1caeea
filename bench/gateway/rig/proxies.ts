// The programs that are measured, each a process of its own on the first core; model and clients have the last one.
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { serve } from '../../../test/server-process.ts'
import { type Load, load, median, type Took } from './load.ts'

export interface Proxy {
  name: string
  pid: number
  port: number
  path: string
  headers: Readonly<Record<string, string>>
  stop(): Promise<void>
}

const here = import.meta.dirname
const PATH = '/v1/chat/completions'
/** As people start it. */
const COMMAND = 'bin/parapet.js'

/** Whoever calls shares the last core with the model that runs in the same process. */
export function moveToLastCore(): void {
  if (process.platform !== 'linux') throw new Error('this bench reads /proc and needs Linux')
  execFileSync('taskset', ['-acp', String(availableParallelism() - 1), String(process.pid)], { stdio: 'ignore' })
}

/** `more`: of the configuration. */
export async function startOurs(
  upstreamPort: number,
  { name = 'Parapet', more = '' } = {},
): Promise<Proxy & { dataDir: string }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'parapet-bench-'))
  const config = join(dataDir, 'parapet.yaml')
  writeFileSync(
    config,
    `upstreams:
  bench: { provider: openai-compatible, url: 'http://127.0.0.1:${upstreamPort}/v1', key: '\${env:BENCH_KEY}' }
routes:
  bench: { models: ['bench-*'], upstreams: [bench] }
prices:
  'bench-*': { input: 2, output: 8 }
${more}
`,
  )
  const env = { PARAPET_DATA_DIR: dataDir, PARAPET_CONFIG: config, BENCH_KEY: 'sk-upstream' }
  const parapet = (...words: string[]) =>
    execFileSync(process.execPath, [COMMAND, ...words], {
      env: { ...process.env, ...env },
      encoding: 'utf8',
    })
  const secret = parapet('key', 'create', '--name', 'bench', '--field', 'secret').trim()
  parapet('budget', 'create', '--name', 'bench', '--usd', '1000000', '--period', 'day')
  const server = await serve(pinned(process.execPath, COMMAND, 'up', '--port', '0'), { env })
  return {
    name,
    dataDir,
    pid: server.pid,
    port: Number(new URL(server.url).port),
    path: PATH,
    headers: { authorization: `Bearer ${secret}` },
    async stop() {
      await server.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

export async function startFloor(upstreamPort: number): Promise<Proxy> {
  const port = await freePort()
  const words = [join(here, 'floor-child.ts'), String(port), `http://127.0.0.1:${upstreamPort}`]
  return started('floor', port, spawn(...command(pinned(process.execPath, ...words))), {})
}

/** No guard on: what it costs to pass through. */
export async function startPortkey(upstreamPort: number): Promise<Proxy> {
  const port = await freePort()
  const server = 'node_modules/@portkey-ai/gateway/build/start-server.js'
  const words = ['--import', join(here, 'loopback-only.mjs'), server, '--headless', `--port=${port}`]
  return started('Portkey', port, spawn(...command(pinned(process.execPath, ...words))), {
    authorization: 'Bearer sk-upstream',
    'x-portkey-provider': 'openai',
    'x-portkey-custom-host': `http://127.0.0.1:${upstreamPort}/v1`,
  })
}

/** Undefined where it is not installed. */
export async function startNginx(upstreamPort: number): Promise<Proxy | undefined> {
  if (spawnSync('nginx', ['-v']).error) return undefined
  const port = await freePort()
  const folder = mkdtempSync(join(tmpdir(), 'parapet-bench-'))
  const config = join(folder, 'nginx.conf')
  writeFileSync(
    config,
    `daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/error;
events { worker_connections 1024; }
http {
  access_log off;
  client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi; uwsgi_temp_path ${folder}/uwsgi; scgi_temp_path ${folder}/scgi;
  upstream model { server 127.0.0.1:${upstreamPort}; keepalive 256; keepalive_requests 10000000; }
  server {
    listen 127.0.0.1:${port}; keepalive_requests 10000000;
    location / { proxy_pass http://model; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_buffering off; }
  }
}
`,
  )
  const proxy = await started('nginx', port, spawn(...command(pinned('nginx', '-c', config, '-p', folder))), {})
  const stop = async () => {
    await proxy.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  return { ...proxy, stop }
}

export interface Cost {
  /** Microseconds of processor time, all threads, for each unit of work. */
  micros: number
  took: Took
}

/** Runs the load and divides what the process used by `units`. */
export async function costOf(
  proxy: Proxy,
  what: Pick<Load, 'body' | 'connections' | 'requests'>,
  units: number,
): Promise<Cost> {
  const before = cpuNanos(proxy.pid)
  const took = await load({ ...proxy, ...what })
  return { micros: (cpuNanos(proxy.pid) - before) / 1000 / units, took }
}

/** The least of several runs in turn, so that what else the machine does hits all alike. */
export async function leastOf(
  rounds: number,
  proxies: readonly Proxy[],
  run: (proxy: Proxy) => Promise<Cost>,
): Promise<Map<string, { micros: number; whole: number; first: number }>> {
  const least = new Map<string, { micros: number; whole: number; first: number }>()
  for (const proxy of proxies) await run(proxy)
  for (let round = 0; round < rounds; round++) {
    for (const proxy of proxies) {
      const { micros, took } = await run(proxy)
      const so = least.get(proxy.name) ?? { micros: Infinity, whole: Infinity, first: Infinity }
      least.set(proxy.name, {
        micros: Math.min(so.micros, micros),
        whole: Math.min(so.whole, median(took.whole)),
        first: Math.min(so.first, median(took.first)),
      })
    }
  }
  return least
}

/** Of all threads that live, in nanoseconds. */
export function cpuNanos(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`)
  return threads.reduce((sum, id) => {
    const [spent] = readFileSync(`/proc/${pid}/task/${id}/schedstat`, 'utf8').split(' ')
    return sum + Number(spent)
  }, 0)
}

const pinned = (...words: [string, ...string[]]): [string, ...string[]] => ['taskset', '-c', '0', ...words]

function command([name, ...words]: [string, ...string[]]): [string, string[], object] {
  return [name, words, { stdio: 'ignore', env: { ...process.env, NODE_ENV: 'production' } }]
}

async function started(
  name: string,
  port: number,
  child: ChildProcess,
  headers: Readonly<Record<string, string>>,
): Promise<Proxy> {
  for (let tries = 0; tries < 500; tries++) {
    if (child.exitCode !== null) throw new Error(`${name} did not start`)
    if (await listens(port)) {
      const stop = async () => {
        child.kill('SIGKILL')
        await once(child, 'exit')
      }
      return { name, pid: child.pid ?? 0, port, path: PATH, headers, stop }
    }
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  child.kill('SIGKILL')
  throw new Error(`${name} does not listen`)
}

async function listens(port: number): Promise<boolean> {
  const socket = connect({ port, host: '127.0.0.1' })
  const isOpen = await new Promise<boolean>((resolve) => {
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
  })
  socket.destroy()
  return isOpen
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}
