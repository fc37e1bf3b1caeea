// The evidence log on the embedded store at a million entries: appending in groups and one by one, proofs, and the pages
// that the API serves. Single appends alternate with bare inserts into a plain table of the same engine, same settings.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { openApp } from '../../src/app/app.ts'
import { loadConfig } from '../../src/app/load-config.ts'
import type { NewEntry } from '../../src/model/entry.ts'
import { createApi } from '../../src/server/api.ts'
import { defineBench, limited, type Row } from '../bench.ts'

const MILLION = 1_000_000
const GROUP = 1000
const IN_FLIGHT = 4
const SINGLES = 600
const PROOFS = 300
const PAGES = 60

const entry = (n: number): NewEntry => ({
  kind: `bench.kind-${n % 7}`,
  actor: { kind: 'account', id: `acc_${n % 50}` },
  subject: { kind: 'thing', id: `thing_${n % 1000}` },
  data: { before: { n }, after: { n: n + 1, note: 'sixty bytes of what a change commonly carries along' } },
})

export const bench = defineBench({
  title: 'The evidence log at a million entries',
  async run() {
    const dataDir = mkdtempSync(join(tmpdir(), 'parapet-bench-'))
    const { config } = loadConfig({ env: {}, flags: { dataDir }, cwd: dataDir })
    const app = await openApp(config)
    const { fastify, localSecret } = await createApi(app)
    const get = async (url: string) => {
      const headers = { authorization: `Bearer ${localSecret}`, host: `127.0.0.1:${config.port}` }
      const { statusCode, body } = await fastify.inject({ url, headers })
      if (statusCode !== 200) throw new Error(`${url} answered ${statusCode}: ${body.slice(0, 200)}`)
    }
    try {
      const fill = await appendInGroups((entries) => app.store.append(entries))
      const single = await singleAppends((one) => app.store.append([one]), join(dataDir, 'bare.db'))
      await app.log.checkpoint()
      const { size } = await app.store.read.log.state()
      const proofs = await timed(PROOFS, (i) => app.log.inclusion((i * 7919) % size))
      const first = await timed(PAGES, (i) => get(PAGE_URLS[i % PAGE_URLS.length] ?? ''))
      return [
        atLeast('log append in groups', MILLION / fill, 20_000, 'entries/s'),
        ...single,
        limited(`inclusion proof among ${size.toLocaleString('en')} entries, p95`, percentile(proofs, 0.95), 5, 'ms'),
        limited('pages of the log at the API, every filter, p95', percentile(first, 0.95), 100, 'ms'),
      ]
    } finally {
      await fastify.close()
      await app.close()
      rmSync(dataDir, { recursive: true, force: true })
    }
  },
})

const PAGE_URLS = [
  '/api/log/entries?limit=50',
  '/api/log/entries?limit=200&order=oldest',
  '/api/log/entries?limit=50&kind=bench.kind-3',
  '/api/log/entries?limit=50&kind=no.such-kind',
  '/api/log/entries?limit=50&actorId=acc_7',
  '/api/log/entries?limit=50&actorId=acc_7&kind=bench.kind-3',
  '/api/log/entries?limit=50&subjectKind=thing&subjectId=thing_77',
  '/api/log/entries?limit=50&subjectKind=thing&subjectId=thing_77&kind=bench.kind-3',
  '/api/log/entries?limit=50&since=2020-01-01T00:00:00.000Z&order=oldest',
  '/api/log/entries?limit=50&until=2020-01-01T00:00:00.000Z',
]

/** Seconds for a million entries, a few groups always under way. */
async function appendInGroups(append: (entries: NewEntry[]) => Promise<unknown>): Promise<number> {
  const started = performance.now()
  let next = 0
  const worker = async () => {
    while (next < MILLION) {
      const from = next
      next += GROUP
      await append(Array.from({ length: GROUP }, (_, i) => entry(from + i)))
    }
  }
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker))
  return (performance.now() - started) / 1000
}

async function singleAppends(append: (one: NewEntry) => Promise<unknown>, file: string): Promise<Row[]> {
  const db = new Database(file)
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.exec('create table bare (id integer primary key, kind text, at text, leaf text); create index k on bare (kind)')
  const insert = db.prepare('insert into bare (kind, at, leaf) values (?, ?, ?)')
  const leaf = JSON.stringify(entry(1))
  const bare: number[] = []
  const ours: number[] = []
  for (let i = 0; i < SINGLES; i++) {
    bare.push(...(await timed(1, async () => void insert.run(`kind-${i % 7}`, new Date().toISOString(), leaf))))
    ours.push(...(await timed(1, () => append(entry(i)))))
  }
  db.close()
  const [a, b] = [percentile(ours, 0.95), percentile(bare, 0.95)]
  return [
    {
      what: 'one durable append, p95, against a bare durable insert',
      measured: micros(a),
      reference: micros(b),
      ratio: a / b,
      target: '≤ 3 × the insert',
      met: a / b <= 3,
    },
  ]
}

const micros = (ms: number) => `${Math.round(ms * 1000)} µs`

async function timed(times: number, work: (i: number) => Promise<unknown>): Promise<number[]> {
  const took: number[] = []
  for (let i = 0; i < times; i++) {
    const started = performance.now()
    await work(i)
    took.push(performance.now() - started)
  }
  return took
}

function percentile(values: readonly number[], part: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * part)] ?? Number.NaN
}

function atLeast(what: string, value: number, floor: number, unit: string): Row {
  const shown = (amount: number) => `${Math.round(amount).toLocaleString('en')} ${unit}`
  const met = value >= floor
  return {
    what,
    measured: shown(value),
    reference: shown(floor),
    ratio: value / floor,
    target: `≥ ${shown(floor)}`,
    met,
  }
}
