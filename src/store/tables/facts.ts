// Claims about assets. Of one source and one collector the one with the latest entry counts; all of them stay.
import type { Fact, FactValue } from '../../model/fact.ts'
import { FACT_SOURCES } from '../../model/fact.ts'
import { TABLES } from '../backup/tables.ts'
import type { RegisterStore } from '../../register/register-store.ts'
import type { Runner } from '../runner.ts'
import type { Schema } from '../schema.ts'
import { jsonStrings, oneOf } from './json.ts'
import { cursorText, rowsToRead, toPage } from './page.ts'

const IDS_AT_ONCE = 500

/** A later claim of the same source and collector. */
const newer = (at: string) =>
  `exists (select 1 from fact n where n.asset_id = f.asset_id and n.key = f.key and n.source = f.source
    and n.collector = f.collector and n.entry > f.entry${at})`

type FactTable = Pick<RegisterStore, 'claims' | 'allClaims' | 'claimHistory' | 'addFacts' | 'setContested'>

export function facts(runner: Runner): FactTable {
  const { build } = runner
  return {
    async claims(assets) {
      const rows: Schema['fact'][] = []
      for (const ids of chunks(assets))
        rows.push(
          ...(await runner.sql<Schema['fact']>(
            `select f.* from fact f where f.asset_id in (${ids.map((_, i) => `$${i + 1}`).join(', ')})
              and f.value <> 'null' and not ${newer('')}`,
            ids,
          )),
        )
      return rows.toSorted(byEntry).map(toFact)
    },
    async allClaims(at) {
      const then = at === undefined ? '' : ' and f.recorded_at <= $1'
      const rows = await runner.sql<Schema['fact']>(
        `select f.* from fact f where f.value <> 'null'${then} and not ${newer(at === undefined ? '' : ' and n.recorded_at <= $2')}`,
        at === undefined ? [] : [at, at],
      )
      return rows.toSorted(byEntry).map(toFact)
    },
    async claimHistory(asset, query) {
      const read = rowsToRead(query)
      const cursor = /^(?<entry>\d{1,15})-(?<id>\w{1,64})$/.exec(cursorText(query) ?? '')?.groups
      let select = build.selectFrom('fact').selectAll().where('asset_id', '=', asset)
      if (query.key !== undefined) select = select.where('key', '=', query.key)
      if (cursor !== undefined) {
        const [entry, id] = [Number(cursor['entry']), cursor['id'] ?? '']
        select = select.where((is) =>
          is.or([is('entry', '<', entry), is.and([is('entry', '=', entry), is('id', '<', id)])]),
        )
      }
      const rows = await runner.all(select.orderBy('entry', 'desc').orderBy('id', 'desc').limit(read))
      return toPage(rows, read, (row) => `${row.entry}-${row.id}`, toFact)
    },
    async addFacts(some) {
      await runner.insertMany(
        'fact',
        TABLES.fact,
        some.map((fact) => [
          fact.asset,
          fact.key,
          fact.source,
          fact.by,
          fact.entry,
          fact.id,
          JSON.stringify(fact.value),
          fact.observedAt,
          fact.recordedAt,
          String(fact.confidence),
        ]),
      )
    },
    async setContested(assets) {
      for (const ids of chunks([...assets.keys()]))
        await runner.run(build.deleteFrom('asset_contested').where('asset_id', 'in', ids))
      const contested = [...assets].flatMap(([id, keys]) => keys.map((key) => [id, key]))
      await runner.insertMany('asset_contested', { asset_id: 'text', key: 'text' }, contested)
    },
  }
}

export function chunks<T>(list: readonly T[], size = IDS_AT_ONCE): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size))
}

const byEntry = (a: Schema['fact'], b: Schema['fact']) => a.entry - b.entry || (a.id < b.id ? -1 : 1)

function toFact(row: Schema['fact']): Fact {
  return {
    id: row.id,
    asset: row.asset_id,
    key: row.key,
    value: toValue(row.value),
    source: oneOf(FACT_SOURCES, row.source),
    by: row.collector,
    observedAt: row.observed_at,
    recordedAt: row.recorded_at,
    confidence: Number(row.confidence),
  }
}

function toValue(text: string): FactValue | null {
  if (text.startsWith('[')) return jsonStrings(text)
  const value: unknown = JSON.parse(text)
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value
  throw new Error('the database holds text where the value of a fact belongs')
}
