// A scan as a job: fetches the source into a folder of its own, has a process of its own read it, and settles what came of
// it. The folder is gone afterwards, whatever happened; cancelling ends the process at once.
import { fork } from 'node:child_process'
import { mkdir, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Catalog } from '../../catalog/catalog.ts'
import { isDiskFull } from '../../lib/disk-full.ts'
import { entryFile } from '../../lib/entry-file.ts'
import { Failure } from '../../lib/failure.ts'
import { SYSTEM } from '../../model/actor.ts'
import type { JobProgress } from '../../model/job.ts'
import type { Scan, ScanResult, ScanSource } from '../../model/scan.ts'
import type { JobKind } from '../job-kind.ts'
import { fetchGit } from './fetch-git.ts'
import type { ScanAsk, ScanSaid } from './scan-child.ts'
import { settleScan } from './settle.ts'
import { checkStated, mustFindSource, type ScanHouse } from './sources.ts'
import { takeUpload } from './uploads.ts'
import { diskFull, makeWorkFolder } from './work-folders.ts'

export const SCAN_JOB = 'scan'
const HEAP_MB = 3072
const MOST_RESULT = 256 * 1024 * 1024
const ROUND_MS = 1000

type Report = (progress: JobProgress) => Promise<void>

/** The part of a scan's time that goes to fetching and reading: a result that says what is missing is worth more than none. */
const READING = 0.7

export const scanJob = (house: ScanHouse & { catalog: Catalog }): JobKind => ({
  kind: SCAN_JOB,
  mostAttempts: 3,
  async run({ input }, report, signal) {
    const id = String(input['scan'])
    const scan = await begin(house, id)
    if (scan === undefined) return { scan: id, findings: 0 }
    const source = await mustFindSource(house.store.read, scan.source)
    const folder = await makeWorkFolder()
    const time = AbortSignal.timeout(house.settings.minutes * 60_000)
    const either = AbortSignal.any([signal, time])
    try {
      const result = await scanned(house, source, scan, folder, report, either)
      await report({ done: 1, total: 1, note: 'settling' })
      const { summary } = await house.store.change(async (tx) => {
        const latest = await tx.scans.byId(id)
        return latest?.state === 'running'
          ? settleScan(house, tx, { source, scan: latest, result, actor: SYSTEM })
          : scan
      })
      return { scan: id, findings: Object.values(summary?.findings ?? {}).reduce((sum, one) => sum + one, 0) }
    } catch (error) {
      if (time.aborted && !signal.aborted)
        throw new Failure('too_large', `the scan took longer than ${house.settings.minutes} minutes`, {
          hint: 'scan less, or raise scans.minutes',
        })
      throw isDiskFull(error) ? diskFull(error) : error
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  },
})

/** Undefined where it is over already: a job may be run again. */
async function begin(house: ScanHouse, id: string): Promise<Scan | undefined> {
  return house.store.change(async (tx) => {
    const scan = await tx.scans.byId(id)
    if (scan === undefined) throw new Failure('not_found', `there is no scan ${id.slice(0, 100)}`)
    if (scan.state !== 'waiting' && scan.state !== 'running') return undefined
    const begun: Scan = { ...scan, state: 'running', startedAt: house.now().toISOString() }
    await tx.scans.update(begun)
    return begun
  })
}

async function scanned(
  house: ScanHouse,
  source: ScanSource,
  scan: Scan,
  folder: string,
  report: Report,
  signal: AbortSignal,
): Promise<ScanResult> {
  const { settings, now } = house
  const into = join(folder, 'result.json')
  const limits = {
    bytes: settings.megabytes * 1024 * 1024,
    files: settings.files,
  }
  // Fetching is part of the time: what it took is not there for reading.
  const until = Date.now() + settings.minutes * 60_000 * READING
  const ask: ScanAsk = {
    folder: join(folder, 'source'),
    into,
    now: now().toISOString(),
    limits,
    until,
    gates: source.gates,
  }
  const { kind, url, path } = source
  if (kind === 'git' && url !== undefined) {
    await report({ done: 0, total: undefined, note: 'fetching' })
    const { commit, committerOf } = await fetchGit(settings, { ...source, url }, ask.folder, signal)
    const result = await inChild({ ...ask, commit }, report, signal)
    return {
      ...withCommitters(result, committerOf),
      discovered: { ...result.discovered, roots: [{ path: '.', commit }] },
    }
  }
  if (kind === 'path' && path !== undefined) {
    checkStated(settings, source)
    return inChild({ ...ask, folder: await checkedFolder(house, path) }, report, signal)
  }
  const upload = await takeUpload(house.store, scan.id)
  const file = join(folder, kind === 'traffic' ? upload.name : 'upload')
  await writeFile(file, upload.bytes, { mode: 0o600, flag: 'wx' })
  return inChild(kind === 'traffic' ? { ...ask, logs: [file] } : { ...ask, archive: file }, report, signal)
}

/** A link below a root may lead out of it; where it really leads is what counts. */
async function checkedFolder({ settings }: ScanHouse, path: string): Promise<string> {
  const real = await realpath(path).catch((cause: unknown) => {
    throw new Failure('not_found', `${path} cannot be read`, { cause, hint: 'check the path of the source' })
  })
  const roots = await Promise.all(settings.roots.map((root) => realpath(root).catch(() => root)))
  checkStated({ ...settings, roots }, { name: '', kind: 'path', path: real })
  return real
}

function withCommitters(result: ScanResult, committerOf: (file: string) => string | undefined): ScanResult {
  const owners = { ...result.owners }
  const { notScanned: _n, roots: _r, scanned: _s, findings: _f, links: _l, ...things } = result.discovered
  for (const { evidence } of Object.values(things).flat())
    for (const { file } of evidence) {
      const who = owners[file] === undefined ? committerOf(file) : undefined
      if (who !== undefined) owners[file] = { who, why: 'committer' }
    }
  return { ...result, owners }
}

async function inChild(ask: ScanAsk, report: Report, signal: AbortSignal): Promise<ScanResult> {
  signal.throwIfAborted()
  if (ask.archive !== undefined) await mkdir(ask.folder, { mode: 0o700 })
  const child = fork(entryFile(import.meta.dirname, 'scan-child'), {
    env: { PATH: process.env['PATH'], TMPDIR: process.env['TMPDIR'] },
    execArgv: [`--max-old-space-size=${HEAP_MB}`, '--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  const kill = () => child.kill('SIGKILL')
  signal.addEventListener('abort', kill, { once: true })
  let said: ScanSaid | undefined
  let latest: JobProgress | undefined
  const timer = setInterval(() => {
    const progress = latest
    latest = undefined
    if (progress !== undefined) void report(progress).catch(kill)
  }, ROUND_MS)
  try {
    await new Promise<void>((resolve, reject) => {
      child.on('message', (message: ScanSaid) => {
        if (message.kind === 'progress') latest = { done: message.done, total: message.total, note: message.note }
        else said = message
      })
      child.on('error', reject)
      child.on('exit', () => resolve())
      child.send(ask)
    })
  } finally {
    clearInterval(timer)
    signal.removeEventListener('abort', kill)
    kill()
  }
  signal.throwIfAborted()
  if (said?.kind === 'failed') throw new Failure(said.code, said.message, { hint: said.hint })
  if (said?.kind !== 'done')
    throw new Failure('too_large', 'the process that scanned broke down', { hint: 'scan it in parts' })
  if ((await stat(ask.into)).size > MOST_RESULT) throw new Failure('too_large', 'the scan found more than can be kept')
  return JSON.parse(await readFile(ask.into, 'utf8')) as ScanResult
}
