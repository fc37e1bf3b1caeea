// Credentials and personal data: what is found of labelled texts, what is found where nothing is, and how fast. The
// reference of the speed is what a scanner without a gate does: every pattern over the whole text, in the same run.
// The labelled texts are not part of the project (PARAPET_BENCH_DATA, else ../shared/data).
import { personal } from '../../src/detect/detectors/personal/personal.ts'
import { SECRET_KINDS } from '../../src/detect/detectors/secrets/gates.ts'
import { secrets } from '../../src/detect/detectors/secrets/secrets.ts'
import { createEngine, type Engine } from '../../src/detect/engine.ts'
import { defineBench, type Row, told } from '../bench.ts'
import { labelled, pace, prose, sourceCode } from '../texts.ts'

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

const share = (part: number, of: number): string => (of === 0 ? '–' : (part / of).toFixed(3))
const overlaps = (a: { start: number; end: number }, b: { start: number; end: number }): boolean =>
  a.start < b.end && b.start < a.end

function secretAccuracy(engine: Engine): Row[] {
  const rows = labelled('secrets/dev.jsonl')
  const table: Row[] = []
  for (const group of new Set(rows.map(({ source, label }) => `${source} ${label}`))) {
    const mine = rows.filter(({ source, label }) => `${source} ${label}` === group)
    const flagged = mine.filter(({ text }) => engine.scan(text).findings.length > 0).length
    const placed = mine.filter(({ text, spans }) =>
      engine.scan(text).findings.some((found) => spans.some((span) => overlaps(found, span))),
    ).length
    const positive = mine[0]?.label === 1
    const what = `secrets, ${positive ? 'recall' : 'false positives'} on ${group} (${mine.length} texts)`
    table.push(told(what, share(positive ? placed : flagged, mine.length)))
  }
  return table
}

function personalAccuracy(engine: Engine): Row[] {
  const rows = labelled('pii/dev.jsonl').map(({ text, spans }) => ({
    spans,
    found: engine.scan(text).findings,
  }))
  const table: Row[] = []
  for (const [label, kind] of Object.entries(PERSONAL_KINDS)) {
    const spans = rows.flatMap(({ spans, found }) =>
      spans.filter((span) => span.label === label).map((span) => ({ span, found })),
    )
    const hits = spans.filter(({ span, found }) => found.some((one) => one.kind === kind && overlaps(one, span))).length
    table.push(told(`personal data, recall of ${label} (${spans.length} places)`, share(hits, spans.length)))
  }
  const clean = rows.filter(({ spans }) => spans.length === 0)
  const altered = clean.filter(({ found }) => found.length > 0).length
  table.push(told(`texts without personal data that are altered (${clean.length})`, share(altered, clean.length)))
  return table
}

function speeds(forSecrets: Engine, forPersonal: Engine): Row[] {
  const code = sourceCode(8_000_000)
  const words = prose(3_000_000)
  const patterns = SECRET_KINDS.map(({ pattern }) => new RegExp(pattern.source, pattern.flags.replace('y', 'g')))
  const sample = code.slice(0, 400_000)
  const reference = pace(sample, (text) => patterns.forEach((pattern) => [...text.matchAll(pattern)].length), 1)
  const ofSecrets = pace(code, (text) => forSecrets.scan(text))
  const ofPersonal = pace(words, (text) => forPersonal.scan(text))
  return [
    {
      ...told(`secrets on source code, ${SECRET_KINDS.length} kinds`, `${ofSecrets.toFixed(0)} MB/s`),
      reference: `every pattern in turn: ${reference.toFixed(2)} MB/s`,
      ratio: ofSecrets / reference,
    },
    told('personal data on prose', `${ofPersonal.toFixed(0)} MB/s`),
  ]
}

export const bench = defineBench({
  title: 'Secrets and personal data: accuracy and speed',
  async run() {
    const forSecrets = createEngine([secrets])
    const forPersonal = createEngine([personal])
    return [...secretAccuracy(forSecrets), ...personalAccuracy(forPersonal), ...speeds(forSecrets, forPersonal)]
  },
})
