// `parapet up`: starts everything, says in one glance where it is, and stops in order when told to.
import { once } from 'node:events'
import type { Config } from '../../app/config.ts'
import { Failure } from '../../lib/failure.ts'
import { EXIT } from '../fail.ts'
import { keepHeapSmall } from '../keep-heap-small.ts'
import type { Io } from '../io.ts'
import { configOf } from '../place.ts'
import { oneLine, pad, paint, safeJson } from '../show/text.ts'
import { defineVerb, JSON_FLAG, PLACE_FLAGS, textFlag, type VerbCall } from '../verb.ts'
import { VERSION } from '../version.ts'

export const up = defineVerb({
  name: 'up',
  about: 'Starts console, API and gateway; Ctrl+C stops them',
  arguments: [],
  flags: () => [
    { name: 'port', value: 'number', about: 'port to listen on; 0 takes a free one (else PARAPET_PORT, 8787)' },
    { name: 'host', value: 'address', about: 'address to listen on (else PARAPET_HOST, 127.0.0.1)' },
    { name: 'sample', about: 'show a made-up organisation, kept in a data directory of its own' },
    ...PLACE_FLAGS,
    { ...JSON_FLAG, about: 'print where it listens as one line of JSON' },
  ],
  run,
})

async function run(call: VerbCall): Promise<number> {
  keepHeapSmall()
  const loaded = await configOf(call, { port: portOf(call), host: textFlag(call, 'host') })
  const sample = call.flags['sample'] === true
  const config = quieter(sample ? apart(loaded.config, call) : loaded.config, call.io)
  const [{ openApp }, { startServer }] = await Promise.all([
    import('../../app/app.ts'),
    import('../../server/server.ts'),
  ])
  const stop = stopSignal()
  const named = (error: unknown) => {
    throw naming(error, config)
  }
  const app = await openApp(config, { sample }).catch(named)
  try {
    const server = await startServer(app).catch(named)
    call.io.out(call.flags['json'] ? startJson(server, config) : startMessage(server, config, call.io, sample))
    await stop
    await server.close()
  } finally {
    await app.close()
  }
  return EXIT.good
}

/** What is made up never lies beside what is real, unless somebody names the folder. */
function apart(config: Config, call: VerbCall): Config {
  return textFlag(call, 'data-dir') === undefined ? { ...config, dataDir: `${config.dataDir}-sample` } : config
}

/** The store speaks of itself; whoever starts it must know which folder is meant. */
function naming(error: unknown, { dataDir, databaseUrl }: Config): unknown {
  if (error instanceof Failure && (databaseUrl !== undefined || error.message.includes(dataDir))) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const why = UNUSABLE[code]
  if (why === undefined) return error
  const isFull = ['storage_full', 'ENOSPC', 'EDQUOT'].includes(code)
  return new Failure(isFull ? 'storage_full' : 'storage_read_only', `${dataDir} ${why}`, {
    hint: `${isFull ? 'free some space' : 'make it a folder that this user may write'}, or name another with --data-dir`,
    cause: error,
  })
}

const UNUSABLE: Readonly<Record<string, string>> = {
  storage_read_only: 'cannot be written, and its first start was not finished',
  storage_full: 'is on a full disk, and its first start was not finished',
  ENOSPC: 'is on a full disk, and its first start was not finished',
  EDQUOT: 'is over its quota, and its first start was not finished',
  EACCES: 'may not be used by this user',
  EPERM: 'may not be used by this user',
  EROFS: 'is on a read-only disk',
  EEXIST: 'has a file where a folder belongs',
  ENOTDIR: 'has a file where a folder belongs',
}

interface Started {
  url: string
  ownerLink: string | undefined
  notices: readonly string[]
}

function startMessage(
  { url, ownerLink, notices }: Started,
  { dataDir, databaseUrl }: Config,
  io: Io,
  sample: boolean,
): string {
  const ink = paint(io.colour)
  const lines = [
    ['Open', ink.cyan(url), ''],
    ...(ownerLink ? [['First owner', ink.cyan(ownerLink), 'works once']] : []),
    ['Data', oneLine(dataDir), databaseUrl === undefined ? 'embedded' : 'with PostgreSQL'],
    ...(sample ? [['Sample', 'Meridian Mutual, a made-up insurer', 'nothing in it is real']] : []),
    ...notices.map((notice) => ['Attention', ink.red(oneLine(notice)), '']),
    ['Stop', 'Ctrl+C', ''],
  ]
  const rows = lines.map(
    ([name = '', value = '', note = '']) =>
      `  ${ink.dim(pad(name, 13))}${value}${note ? ink.dim(`  (${note})`) : ''}\n`,
  )
  return `\n  ${ink.bold(`Parapet ${VERSION}`)} ${ink.green('is up')}\n\n${rows.join('')}\n`
}

function startJson({ url, ownerLink, notices }: Started, { dataDir, databaseUrl }: Config): string {
  const store = databaseUrl === undefined ? 'sqlite' : 'postgres'
  return `${safeJson({ url, ownerLink, notices, dataDir, store, pid: process.pid, version: VERSION })}\n`
}

function portOf(call: VerbCall): number | undefined {
  const text = textFlag(call, 'port')
  if (text === undefined) return undefined
  if (/^\d{1,5}$/.test(text)) return Number(text)
  throw new Failure('input_invalid', `--port: "${text}" is no port`, { hint: 'a number from 0 to 65535' })
}

/** A person at a terminal wants the start message, not a line of JSON before it. */
function quieter(config: Config, { interactive }: Io): Config {
  return interactive && config.logLevel === 'info' ? { ...config, logLevel: 'warn' } : config
}

/** The first signal asks to stop in order; the second is an order. */
async function stopSignal(): Promise<void> {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  await Promise.race(signals.map((signal) => once(process, signal)))
  for (const signal of signals) process.on(signal, () => process.exit(EXIT.findings))
}
