// Sources of scans and the scans themselves. What is filtered by stands in columns; the row as a whole is its body.
import type { ScanSourceStore, ScanStore } from '../../discover/scan-store.ts'
import { SCAN_SOURCE_KINDS, SCAN_STATES, type Scan, type ScanSource } from '../../model/scan.ts'
import type { Runner } from '../runner.ts'
import type { Schema } from '../schema.ts'
import { jsonObject, oneOf } from './json.ts'
import { cursorText, rowsToRead, toPage } from './page.ts'

export function scanSources(runner: Runner): ScanSourceStore {
  const { build } = runner
  const all = () => build.selectFrom('scan_source').selectAll()
  return {
    async insert(source) {
      await runner.run(build.insertInto('scan_source').values(sourceRow(source)))
    },
    async update(source) {
      await runner.run(build.updateTable('scan_source').set(sourceRow(source)).where('id', '=', source.id))
    },
    async byId(id) {
      const query = all().where('id', '=', id)
      const row = await runner.first(runner.locks ? query.forUpdate() : query)
      return row && toSource(row)
    },
    async byName(name) {
      const row = await runner.first(all().where('name', '=', name))
      return row && toSource(row)
    },
    async list(query) {
      const read = rowsToRead(query)
      let rows = all()
        .where('id', '>', cursorText(query) ?? '')
        .orderBy('id')
        .limit(read)
      if (query.kind !== undefined) rows = rows.where('kind', '=', query.kind)
      if (query.system !== undefined) rows = rows.where('system', '=', query.system)
      if (query.open !== undefined) rows = rows.where('closed_at', query.open ? 'is' : 'is not', null)
      return toPage(await runner.all(rows), read, ({ id }) => id, toSource)
    },
    async due(now, limit) {
      const rows = all().where('next_at', '<=', now).where('closed_at', 'is', null).orderBy('next_at').limit(limit)
      return (await runner.all(runner.locks ? rows.forUpdate().skipLocked() : rows)).map(toSource)
    },
  }
}

export function scans(runner: Runner): ScanStore {
  const { build } = runner
  const all = () => build.selectFrom('scan').selectAll()
  return {
    async insert(scan) {
      await runner.run(build.insertInto('scan').values(scanRow(scan)))
    },
    async update(scan) {
      await runner.run(build.updateTable('scan').set(scanRow(scan)).where('id', '=', scan.id))
    },
    async byId(id) {
      const query = all().where('id', '=', id)
      const row = await runner.first(runner.locks ? query.forUpdate() : query)
      return row && toScan(row)
    },
    async list(query) {
      const read = rowsToRead(query)
      const before = cursorText(query)
      let rows = all().orderBy('id', 'desc').limit(read)
      if (before !== undefined) rows = rows.where('id', '<', before)
      if (query.source !== undefined) rows = rows.where('source', '=', query.source)
      if (query.state !== undefined) rows = rows.where('state', '=', query.state)
      return toPage(await runner.all(rows), read, ({ id }) => id, toScan)
    },
    async sweep(before, limit) {
      const rows = build
        .selectFrom('scan')
        .selectAll()
        .where('id', '<', before)
        .where((is) =>
          is.exists(
            is
              .selectFrom('scan as later')
              .select('later.id')
              .whereRef('later.source', '=', 'scan.source')
              .whereRef('later.id', '>', 'scan.id')
              .where('later.state', '=', 'done'),
          ),
        )
        .orderBy('id')
        .limit(limit)
      const old = (await runner.all(rows)).map(toScan)
      const ids = old.map(({ id }) => id)
      if (ids.length > 0) await runner.run(build.deleteFrom('scan').where('id', 'in', ids))
      return old
    },
    async lastDone(source) {
      const rows = all().where('source', '=', source).where('state', '=', 'done').orderBy('id', 'desc').limit(1)
      const row = await runner.first(rows)
      return row && toScan(row)
    },
  }
}

const sourceRow = (source: ScanSource): Schema['scan_source'] => ({
  id: source.id,
  name: source.name,
  kind: source.kind,
  system: source.system ?? null,
  next_at: source.nextAt ?? null,
  closed_at: source.closedAt ?? null,
  body: JSON.stringify(source),
})

const scanRow = (scan: Scan): Schema['scan'] => ({
  id: scan.id,
  source: scan.source,
  state: scan.state,
  body: JSON.stringify(scan),
})

function toSource({ kind, body }: Schema['scan_source']): ScanSource {
  return { ...(jsonObject(body) as unknown as ScanSource), kind: oneOf(SCAN_SOURCE_KINDS, kind) }
}

function toScan({ state, body }: Schema['scan']): Scan {
  return { ...(jsonObject(body) as unknown as Scan), state: oneOf(SCAN_STATES, state) }
}
