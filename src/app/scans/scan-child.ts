// The process in which a scan runs: what it reads is hostile, so it has no secrets in its environment, a heap of its own, and
// whoever started it may end it at any time. It is told what to read, says how far it is, and leaves the result in a file.
import { readFileSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { isDiskFull } from '../../lib/disk-full.ts'
import { Failure } from '../../lib/failure.ts'
import { DISCOVERED_KINDS, type Discovered, type DiscoveredKind } from '../../model/discovered.ts'
import type { ProposedOwner, ScanGates, ScanResult } from '../../model/scan.ts'
import { modelFilesIn } from '../../discover/artefacts/model-files.ts'
import { codeOwners } from '../../discover/code-owners.ts'
import { discover } from '../../discover/run.ts'
import { providerOfHost } from '../../discover/knowledge/hosts.ts'
import { linesOf } from '../../discover/traffic/log-lines.ts'
import { createObserver } from '../../discover/traffic/observe.ts'
import { unpack } from '../../discover/unpack.ts'
import { diskFull } from './work-folders.ts'

export interface ScanAsk {
  folder: string
  /** Logs of traffic in place of sources: their files. */
  logs?: string[]
  /** To be unpacked into the folder first. */
  archive?: string
  /** What model files must be, and the commit that git fetched them at. */
  gates?: ScanGates | undefined
  commit?: string
  /** Where the result goes. */
  into: string
  now: string
  limits: { bytes: number; files: number }
  /** When reading ends, in milliseconds of the clock on the wall: what is left then is named, sources and model files alike. */
  until: number
}

export type ScanSaid =
  | { kind: 'progress'; done: number; total: number; note: string }
  | { kind: 'done' }
  | { kind: 'failed'; code: 'input_invalid' | 'too_large' | 'unavailable'; message: string; hint?: string | undefined }

const MOST_OWNERS = 20_000

const say = (said: ScanSaid) => process.send?.(said)

process.on('message', (ask: ScanAsk) => {
  void scan(ask)
    .then(() => say({ kind: 'done' }))
    .catch((error: unknown) => {
      const trouble = isDiskFull(error) ? diskFull(error) : error
      if (!(trouble instanceof Failure)) throw trouble
      const { message, hint } = trouble
      const code = trouble.code === 'too_large' || trouble.code === 'unavailable' ? trouble.code : 'input_invalid'
      say({ kind: 'failed', code, message, hint })
    })
    .finally(() => process.disconnect())
})

async function scan(ask: ScanAsk): Promise<void> {
  const result = ask.logs === undefined ? await scanSources(ask) : await readTraffic(ask.logs)
  writeFileSync(ask.into, JSON.stringify(result), { mode: 0o600 })
}

async function readTraffic(logs: readonly string[]): Promise<ScanResult> {
  const observer = createObserver((host, path) => providerOfHost(host, path)?.provider)
  for (const file of logs) await observer.read(basename(file), linesOf(file))
  return { discovered: nothing(), modelFiles: [], owners: {}, traffic: observer.result() }
}

async function scanSources({ folder, archive, now, limits, until, ...gates }: ScanAsk): Promise<ScanResult> {
  const missed = archive === undefined ? [] : unpack(readFileSync(archive), folder, limits)
  const discovered = await discover([folder], {
    now: new Date(now),
    limits: { files: limits.files, scanTime: Math.max(0, until - Date.now()) },
    onProgress: ({ files, of }) => say({ kind: 'progress', done: files, total: of, note: 'reading sources' }),
  })
  let done = 0
  const { modelFiles, unread } = await modelFilesIn(folder, {
    ...gates,
    until,
    onFile() {
      const total = Math.max(discovered.scanned.files, ++done)
      if (done % 100 === 0) say({ kind: 'progress', done, total, note: 'reading model files' })
    },
  })
  const notScanned = [...missed, ...discovered.notScanned, ...unread]
  return {
    discovered: { ...discovered, notScanned, roots: discovered.roots.map((root) => ({ ...root, path: '.' })) },
    modelFiles,
    owners: ownersIn(folder, discovered),
  }
}

const nothing = (): Discovered => ({
  ...(Object.fromEntries(DISCOVERED_KINDS.map((kind) => [kind, []])) as unknown as Record<DiscoveredKind, []>),
  links: [],
  findings: [],
  notScanned: [],
  roots: [],
  scanned: { files: 0, bytes: 0, parsed: 0, milliseconds: 0 },
})

function ownersIn(folder: string, found: Discovered): ScanResult['owners'] {
  const ownerOf = codeOwners(folder)
  const owners: Record<string, ProposedOwner> = {}
  const files = new Set(Object.values(found).flatMap((some) => (Array.isArray(some) ? some.flatMap(filesOf) : [])))
  for (const file of [...files].slice(0, MOST_OWNERS)) {
    const who = ownerOf(file)
    if (who !== undefined) owners[file] = { who, why: 'code-owner' }
  }
  return owners
}

const filesOf = (one: object): string[] =>
  'evidence' in one && Array.isArray(one.evidence) ? one.evidence.map(({ file }: { file: string }) => file) : []
