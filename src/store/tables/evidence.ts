// Evidence as a table. Ids are in the order of arrival, so times become ranges of ids and a page never looks further.
import { firstIdAt } from '../../lib/id.ts'
import { EVIDENCE_SOURCES, type Evidence, type Population } from '../../model/evidence.ts'
import type { EvidenceStore } from '../../prove/evidence-store.ts'
import { TABLES } from '../backup/tables.ts'
import type { Runner } from '../runner.ts'
import type { Schema } from '../schema.ts'
import { jsonObject, jsonStrings, oneOf } from './json.ts'
import { cursorText, rowsToRead, toPage } from './page.ts'

const ROWS_AT_ONCE = 5000

export function evidence(runner: Runner): EvidenceStore {
  const { build } = runner
  return {
    insert: (rows) => runner.insertMany('evidence', TABLES.evidence, rows.map(toValues)),
    async byId(id) {
      const row = await runner.first(build.selectFrom('evidence').selectAll().where('id', '=', id))
      return row && toEvidence(row)
    },
    async list(query) {
      const read = rowsToRead(query)
      const before = cursorText(query)
      let rows = build.selectFrom('evidence').selectAll().orderBy('id', 'desc').limit(read)
      if (before !== undefined) rows = rows.where('id', '<', before)
      for (const column of ['asset', 'measure', 'collector', 'kind'] as const) {
        const wanted = query[column]
        if (wanted !== undefined) rows = rows.where(column, '=', wanted)
      }
      if (query.supports !== undefined) rows = rows.where('supports', '=', query.supports ? 1 : 0)
      if (query.since !== undefined) rows = rows.where('id', '>=', firstIdAt('evidence', new Date(query.since)))
      if (query.until !== undefined) rows = rows.where('id', '<', firstIdAt('evidence', new Date(query.until)))
      return toPage(await runner.all(rows), read, (row) => row.id, toEvidence)
    },
    async *all({ until, fromEntry = 0 }) {
      let last: { entry: number; id: string } | undefined
      for (;;) {
        const rows: Schema['evidence'][] = await runner.sql(
          `select * from evidence where (entry, id) > ($1, $2) and received_at <= $3 order by entry, id limit $4`,
          [last?.entry ?? fromEntry, last?.id ?? '', until ?? '~', ROWS_AT_ONCE],
        )
        if (rows.length > 0) yield rows.map(toEvidence)
        if (rows.length < ROWS_AT_ONCE) return
        last = rows.at(-1)
      }
    },
  }
}

function toValues(one: Evidence) {
  return [
    one.id,
    one.measure,
    one.asset,
    one.kind,
    one.supports ? 1 : 0,
    one.population === undefined ? null : JSON.stringify(one.population),
    JSON.stringify(one.failing),
    one.observedFrom,
    one.observedTo,
    one.collectedAt,
    one.receivedAt,
    one.collector,
    one.release ?? null,
    one.validUntil ?? null,
    one.note ?? null,
    one.sha256 ?? null,
    one.entry,
  ]
}

function toEvidence(row: Schema['evidence']): Evidence {
  return {
    id: row.id,
    measure: row.measure,
    asset: row.asset,
    kind: oneOf(EVIDENCE_SOURCES, row.kind),
    supports: row.supports === 1,
    ...(row.population === null ? {} : { population: toPopulation(row.population) }),
    failing: row.failing === '[]' ? [] : jsonStrings(row.failing),
    observedFrom: row.observed_from,
    observedTo: row.observed_to,
    collectedAt: row.collected_at,
    receivedAt: row.received_at,
    collector: row.collector,
    ...(row.release === null ? {} : { release: row.release }),
    ...(row.valid_until === null ? {} : { validUntil: row.valid_until }),
    ...(row.note === null ? {} : { note: row.note }),
    ...(row.sha256 === null ? {} : { sha256: row.sha256 }),
    entry: row.entry,
  }
}

function toPopulation(text: string): Population {
  const { of, names, covered } = jsonObject(text)
  if (typeof of !== 'string' || !Array.isArray(names) || !Array.isArray(covered))
    throw new Error('the database holds a population that is none')
  return { of, names: names.map(String), covered: covered.map(String) }
}
