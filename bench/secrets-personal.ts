// Credentials and personal data: what is found of labelled texts, what is found where nothing is, and how fast. The
// reference of the speed is what a scanner without a gate does: every pattern over the whole text, in the same run.
//   node bench/secrets-personal.ts [directory with secrets/dev.jsonl and pii/dev.jsonl]
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { personal } from '../src/detect/detectors/personal/personal.ts'
import { SECRET_KINDS } from '../src/detect/detectors/secrets/gates.ts'
import { secrets } from '../src/detect/detectors/secrets/secrets.ts'
import { createEngine, type Engine } from '../src/detect/engine.ts'

interface Labelled {
  text: string
  source: string
  label: number | undefined
  spans: { start: number; end: number; label?: string }[]
}

const DATA = process.argv[2] ?? '../shared/data'
const PERSONAL_KINDS: Record<string, string> = {
  EMAIL: 'email',
  PHONE: 'phone',
  CREDIT_CARD: 'card',
  IBAN: 'iban',
  SSN: 'us-ssn',
  IP: 'ip',
  DRIVER_LICENSE: 'driver-licence',
  PERSON: 'person',
  ADDRESS: 'address',
}

function rowsOf(path: string): Labelled[] {
  if (!existsSync(path)) return []
  return readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => {
      const { text, parts, source, label, spans } = JSON.parse(line)
      return { text: text ?? parts.join(''), source, label, spans }
    })
}

const share = (part: number, of: number): string => (of === 0 ? '–' : (part / of).toFixed(3))
const overlaps = (a: { start: number; end: number }, b: { start: number; end: number }): boolean =>
  a.start < b.end && b.start < a.end

function secretAccuracy(engine: Engine): void {
  const rows = rowsOf(join(DATA, 'secrets/dev.jsonl'))
  const table: Record<string, Record<string, string | number>> = {}
  for (const group of new Set(rows.map(({ source, label }) => `${source} ${label}`))) {
    const mine = rows.filter(({ source, label }) => `${source} ${label}` === group)
    const flagged = mine.filter(({ text }) => engine.scan(text).findings.length > 0).length
    const placed = mine.filter(({ text, spans }) =>
      engine.scan(text).findings.some((found) => spans.some((span) => overlaps(found, span))),
    ).length
    const positive = mine[0]?.label === 1
    table[group] = {
      texts: mine.length,
      [positive ? 'recall' : 'false positives']: share(positive ? placed : flagged, mine.length),
    }
  }
  console.table(table)
}

function personalAccuracy(engine: Engine): void {
  const rows = rowsOf(join(DATA, 'pii/dev.jsonl')).map(({ text, spans }) => ({
    spans,
    found: engine.scan(text).findings,
  }))
  const table: Record<string, Record<string, string | number>> = {}
  for (const [label, kind] of Object.entries(PERSONAL_KINDS)) {
    const spans = rows.flatMap(({ spans, found }) =>
      spans.filter((span) => span.label === label).map((span) => ({ span, found })),
    )
    const hits = spans.filter(({ span, found }) => found.some((one) => one.kind === kind && overlaps(one, span))).length
    table[label] = { spans: spans.length, recall: share(hits, spans.length) }
  }
  const clean = rows.filter(({ spans }) => spans.length === 0)
  const altered = clean.filter(({ found }) => found.length > 0).length
  table['texts without personal data that are altered'] = { spans: clean.length, recall: share(altered, clean.length) }
  console.table(table)
}

/** Megabytes a second of processor time, the best of some runs. */
function speed(text: string, run: (text: string) => void, runs = 7): number {
  let best = 0
  for (let i = 0; i < runs; i++) {
    const before = process.cpuUsage()
    run(text)
    const { user, system } = process.cpuUsage(before)
    best = Math.max(best, text.length / (user + system))
  }
  return best
}

function sourceCode(bytes: number): string {
  let text = ''
  for (const folder of ['fastify', 'kysely', 'undici', 'zod', 'pg', 'commander']) {
    for (const file of readdirSync(join('node_modules', folder), { recursive: true, encoding: 'utf8' })) {
      if (text.length < bytes && /\.[cm]?[jt]s$/.test(file))
        text += readFileSync(join('node_modules', folder, file), 'utf8')
    }
  }
  return text
}

function prose(bytes: number): string {
  let text = ''
  for (const folder of readdirSync('node_modules')) {
    const file = join('node_modules', folder, 'README.md')
    if (text.length < bytes && existsSync(file)) text += readFileSync(file, 'utf8')
  }
  return text
}

const before = process.memoryUsage().heapUsed
const forSecrets = createEngine([secrets])
const forPersonal = createEngine([personal])
secretAccuracy(forSecrets)
personalAccuracy(forPersonal)

const code = sourceCode(8_000_000)
const words = prose(3_000_000)
const patterns = SECRET_KINDS.map(({ pattern }) => new RegExp(pattern.source, pattern.flags.replace('y', 'g')))
const sample = code.slice(0, 400_000)
const reference = speed(sample, (text) => patterns.forEach((pattern) => [...text.matchAll(pattern)].length), 1)
const ofSecrets = speed(code, (text) => forSecrets.scan(text))
const ofPersonal = speed(words, (text) => forPersonal.scan(text))
console.table({
  'secrets on source code': {
    'MB/s': ofSecrets.toFixed(0),
    'times every pattern in turn': (ofSecrets / reference).toFixed(0),
  },
  'every pattern in turn': { 'MB/s': reference.toFixed(2), 'times every pattern in turn': '1' },
  'personal data on prose': { 'MB/s': ofPersonal.toFixed(0) },
})
console.log(
  `${SECRET_KINDS.length} kinds of credentials; heap ${((process.memoryUsage().heapUsed - before) / 1e6).toFixed(1)} MB after the run`,
)
