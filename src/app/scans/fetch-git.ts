// Fetches a repository that strangers may have written, with a git that has nothing to give and may do nothing else: no
// configuration, no hooks, no submodules, no filters, no prompt, no redirect, one protocol, one address that was looked up
// and checked by us, and what it fetched is counted before any of it is written out as files.
import { type ChildProcess, spawn } from 'node:child_process'
import { lookup } from 'node:dns/promises'
import { readFileSync } from 'node:fs'
import { mkdir, readdir, stat } from 'node:fs/promises'
import { isIP } from 'node:net'
import { join } from 'node:path'
import { Failure } from '../../lib/failure.ts'
import { isPrivate } from '../../enforce/upstream/addresses.ts'
import type { ScanSource } from '../../model/scan.ts'
import type { ScanSettings } from './config.ts'
import { heldByGroup } from './held-memory.ts'
import { checkGitUrl, checkStated, type GitAddress } from './sources.ts'

const MEMORY_MB = { least: 64, most: 1024 }
const MOST_OUTPUT = 32 * 1024 * 1024
const LOOK_EVERY_MS = 500
const SAFE = [
  'core.hooksPath=/dev/null',
  'core.symlinks=false',
  'core.fsmonitor=false',
  'core.attributesFile=/dev/null',
  'core.quotePath=false',
  'core.protectNTFS=true',
  'core.protectHFS=true',
  'credential.helper=',
  'submodule.recurse=false',
  'http.followRedirects=false',
  'gc.auto=0',
  'maintenance.auto=false',
  'protocol.allow=never',
]

export interface Fetched {
  commit: string
  /** Who worked on a file last, as far as the fetched commits tell. */
  committerOf(file: string): string | undefined
}

/** `folder` must be empty and private; whoever made it removes it. */
export async function fetchGit(
  settings: ScanSettings,
  source: ScanSource & { url: string },
  folder: string,
  signal: AbortSignal,
): Promise<Fetched> {
  checkStated(settings, source)
  const address = checkGitUrl(settings, source.url)
  const pinned = await pin(settings, address)
  const git = gitIn(folder, [...pinned, ...impatient(settings), `protocol.${address.protocol}.allow=always`], {
    ...authorisation(settings, source, address),
    patience: settings.silentSeconds,
    signal,
  })
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await git(['init', '-q', '--template=', '.'])
  const watch = watchSize(join(folder, '.git'), settings.megabytes)
  try {
    const what = source.ref ?? 'HEAD'
    await git(
      ['fetch', '-q', `--depth=${settings.depth}`, '--no-tags', '--no-recurse-submodules', '--', source.url, what],
      watch,
    )
  } finally {
    watch.stop()
  }
  await checkTree(git, settings)
  await git(['checkout', '-q', '--detach', 'FETCH_HEAD'])
  const commit = (await git(['rev-parse', 'HEAD'])).trim()
  const log = await git(['log', `-n${settings.depth}`, '--no-renames', '--name-only', '--format=%x00%H %aE'])
  return { commit, committerOf: committers(log, shallowIn(folder)) }
}

/** The name is looked up once, and git goes to the very address that was checked. */
async function pin({ privateHosts }: ScanSettings, { host, port, protocol }: GitAddress): Promise<string[]> {
  const bare = host.replace(/^\[|\]$/g, '')
  const addresses = isIP(bare) === 0 ? await lookup(bare, { all: true }).catch(unresolved(host)) : [{ address: bare }]
  const [first] = addresses
  if (first === undefined) throw unresolved(host)()
  if (!privateHosts.includes(host) && addresses.some(({ address }) => isPrivate(address)))
    throw new Failure('forbidden', `${host} leads into a private network`, {
      hint: 'if it is meant to, name it in scans.privateHosts',
    })
  if (protocol === 'ssh' || isIP(bare) !== 0) return []
  const address = first.address.includes(':') ? `[${first.address}]` : first.address
  return [`http.curloptResolve=${host}:${port}:${address}`]
}

const unresolved = (host: string) => (): never => {
  throw new Failure('upstream_unreachable', `${host} has no address`, { hint: 'check the name and the network' })
}

/** In the environment, where no list of processes shows it, and for its own host alone. */
function authorisation(
  { tokens }: ScanSettings,
  { token }: ScanSource,
  { host, protocol }: GitAddress,
): { variables: Record<string, string>; secrets: string[] } {
  const known = token === undefined ? undefined : tokens[token]
  if (known === undefined || known.host !== host || protocol === 'ssh') return { variables: {}, secrets: [] }
  const basic = Buffer.from(`${known.user}:${known.secret}`).toString('base64')
  const variables = {
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'http.extraHeader',
    GIT_CONFIG_VALUE_0: `Authorization: Basic ${basic}`,
  }
  return { variables, secrets: [known.secret, basic] }
}

/** A server that counts for long says at least every few seconds that it still does. curl itself bounds the time to connect. */
const impatient = ({ silentSeconds }: ScanSettings) => ['http.lowSpeedLimit=1', `http.lowSpeedTime=${silentSeconds}`]

interface Watch {
  /** Hears of the process, to end it. */
  begun?(child: ChildProcess): void
  trouble?(): Failure | undefined
}

type Git = (words: string[], watch?: Watch) => Promise<string>

function gitIn(
  folder: string,
  config: readonly string[],
  {
    variables,
    secrets,
    patience,
    signal,
  }: { variables: Record<string, string>; secrets: readonly string[]; patience: number; signal: AbortSignal },
): Git {
  const options = [...SAFE, ...config].flatMap((one) => ['-c', one])
  const environment = {
    PATH: process.env['PATH'],
    // Of ssh alone: git's own configuration is not read.
    HOME: process.env['HOME'],
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ASKPASS: '/bin/false',
    GIT_LFS_SKIP_SMUDGE: '1',
    GIT_SSH_COMMAND: `ssh -oBatchMode=yes -oStrictHostKeyChecking=yes -oClearAllForwardings=yes -oPermitLocalCommand=no -oConnectTimeout=${patience} -oServerAliveInterval=${patience} -oServerAliveCountMax=1`,
    ...variables,
  }
  return (words, watch = {}) =>
    new Promise((resolve, reject) => {
      signal.throwIfAborted()
      const child = spawn('git', [...options, '-C', folder, ...words], {
        env: environment,
        stdio: ['ignore', 'pipe', 'pipe'],
        detached: true,
      })
      const end = () => child.pid !== undefined && killGroup(child.pid)
      const [out, said]: [Buffer[], Buffer[]] = [[], []]
      let bytes = 0
      child.stdout.on('data', (chunk: Buffer) => {
        bytes += chunk.length
        if (bytes <= MOST_OUTPUT) out.push(chunk)
        else end()
      })
      child.stderr.on('data', (chunk: Buffer) => {
        if (said.length < 50) said.push(chunk)
      })
      signal.addEventListener('abort', end, { once: true })
      watch.begun?.(child)
      child.on('error', (cause) => {
        signal.removeEventListener('abort', end)
        reject(new Failure('unavailable', 'git cannot be started', { cause, hint: 'install git beside Parapet' }))
      })
      child.on('close', (code) => {
        signal.removeEventListener('abort', end)
        if (signal.aborted) return reject(signal.reason as Error)
        const trouble = watch.trouble?.()
        if (trouble !== undefined) return reject(trouble)
        if (code === 0) return resolve(Buffer.concat(out).toString())
        reject(refusal(words[0] ?? '', Buffer.concat(said).toString(), secrets))
      })
    })
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // It ended by itself in this very moment.
  }
}

/** What a server says of why it refuses is a stranger's word, and may repeat what it was sent. */
function refusal(verb: string, said: string, secrets: readonly string[]): Failure {
  const line = said.split('\n').find((one) => /^(?:fatal|error|remote):/.test(one)) ?? ''
  const clean = secrets.reduce((text, secret) => text.replaceAll(secret, '…'), line)
  const shown = clean.replaceAll(/[^\x20-\x7e]/g, ' ').slice(0, 300)
  return new Failure('input_invalid', `git ${verb} failed${shown === '' ? '' : `: ${shown}`}`, {
    hint: 'check address, ref and token of the source',
  })
}

/** What git keeps in memory, it keeps without end: a list of references may have none. */
function watchSize(folder: string, megabytes: number): Watch & { stop(): void } {
  let running: ChildProcess | undefined
  let isOver = false
  const memory = Math.min(Math.max(megabytes, MEMORY_MB.least), MEMORY_MB.most)
  const look = async () => {
    const { pid } = running ?? {}
    const inMemory = pid === undefined ? 0 : await heldByGroup(pid)
    if (inMemory <= memory * 1024 * 1024 && (await bytesIn(folder)) <= megabytes * 1024 * 1024) return
    isOver = true
    if (pid !== undefined) killGroup(pid)
  }
  const timer = setInterval(() => void look().catch(() => undefined), LOOK_EVERY_MS)
  return {
    begun: (child) => (running = child),
    trouble: () => (isOver ? tooMuch(`${megabytes} MB`) : undefined),
    stop: () => clearInterval(timer),
  }
}

async function bytesIn(folder: string): Promise<number> {
  let bytes = 0
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const { size } = await stat(join(entry.parentPath, entry.name)).catch(() => ({ size: 0 }))
    bytes += size
  }
  return bytes
}

/** A few small trees can stand for more files than any disk holds. */
async function checkTree(git: Git, { files, megabytes }: ScanSettings): Promise<void> {
  let [count, bytes, rest] = [0, 0, '']
  let running: ChildProcess | undefined
  let trouble: Failure | undefined
  const line = (text: string) => {
    const [, size = '0'] = /^\d+ \w+ [0-9a-f]+ +(\d+|-)\t/.exec(text) ?? []
    count++
    bytes += Number.parseInt(size, 10) || 0
    if (count > files) trouble ??= tooMuch(`${files} files`)
    if (bytes > megabytes * 1024 * 1024) trouble ??= tooMuch(`${megabytes} MB`)
    if (trouble !== undefined && running?.pid !== undefined) killGroup(running.pid)
  }
  await git(['ls-tree', '-r', '-l', 'FETCH_HEAD'], {
    begun(child) {
      running = child
      child.stdout?.on('data', (chunk: Buffer) => {
        if (trouble !== undefined) return
        const lines = (rest + chunk.toString()).split('\n')
        rest = lines.pop() ?? ''
        for (const one of lines) line(one)
      })
    },
    trouble: () => trouble,
  })
}

const tooMuch = (what: string) =>
  new Failure('too_large', `the repository holds more than ${what}`, {
    hint: 'scan a part of it elsewhere and submit that, or raise scans.megabytes and scans.files',
  })

function shallowIn(folder: string): Set<string> {
  try {
    return new Set(readFileSync(join(folder, '.git', 'shallow'), 'utf8').split('\n'))
  } catch {
    return new Set()
  }
}

/** The oldest commits that were fetched seem to add every file; they tell nothing of who did. */
function committers(log: string, shallow: ReadonlySet<string>): Fetched['committerOf'] {
  const last = new Map<string, string>()
  for (const one of log.split('\0')) {
    const [head = '', ...names] = one.split('\n')
    const [, hash = '', who = ''] = /^([0-9a-f]+) (\S+@\S+)$/.exec(head) ?? []
    if (who === '' || shallow.has(hash) || /\[bot\]|noreply/i.test(who)) continue
    for (const name of names) if (name !== '' && !last.has(name)) last.set(name, who.slice(0, 120))
  }
  return (file) => last.get(file)
}
