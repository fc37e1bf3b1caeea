// Things that were found and wait for somebody, by kind and name. A scan puts many of them down at once, so rows are
// replaced in bulk.
import type { ExpressionBuilder } from 'kysely'
import type { DiscoveryFilter, DiscoveryStore } from '../../discover/scan-store.ts'
import { type Discovery, DISCOVERY_STATES } from '../../model/discovery.ts'
import type { Runner, Value } from '../runner.ts'
import type { Schema } from '../schema.ts'
import { jsonObject, oneOf } from './json.ts'
import { replaceRows } from './replace-rows.ts'
import { cursorText, rowsToRead, toPage } from './page.ts'

const CHUNK = 500
/** More than any scan finds of one source. */
const MOST = 50_000
/** Characters of the name; a cursor has room for no more. */
const ORDERED_BY = 60

export function discoveries(runner: Runner): DiscoveryStore {
  const { build } = runner
  const all = () => build.selectFrom('discovery').selectAll()
  const position = runner.engine === 'sqlite' ? 'instr' : 'strpos'
  const matching = (filter: DiscoveryFilter) =>
    build.selectFrom('discovery').where((is) => {
      const { state, kind, source, system, asset, text, gone, now } = filter
      const waitsAgain = is.and([is('state', '=', 'ignored'), is('until', 'is not', null), is('until', '<=', now)])
      return is.and([
        ...(state === 'new' ? [is.or([is('state', '=', 'new'), waitsAgain])] : []),
        ...(state === 'ignored' ? [is('state', '=', state), is.not(waitsAgain)] : []),
        ...(state === 'accepted' || state === 'linked' ? [is('state', '=', state)] : []),
        ...(kind === undefined ? [] : [is('kind', '=', kind)]),
        ...(source === undefined ? [] : [is('source', '=', source)]),
        ...(system === undefined ? [] : [is('system', '=', system)]),
        ...(asset === undefined ? [] : [is('asset', '=', asset)]),
        ...(gone === undefined ? [] : [is('gone_since', gone ? 'is not' : 'is', null)]),
        ...(text === undefined ? [] : [is(is.fn<number>(position, ['search', is.val(text.toLowerCase())]), '>', 0)]),
      ])
    })
  return {
    async byId(id) {
      const query = all().where('id', '=', id)
      const row = await runner.first(runner.locks ? query.forUpdate() : query)
      return row && toDiscovery(row)
    },
    async byIds(ids) {
      const rows: Schema['discovery'][] = []
      for (let i = 0; i < ids.length; i += CHUNK) {
        const query = all()
          .where('id', 'in', ids.slice(i, i + CHUNK))
          .orderBy('id')
        rows.push(...(await runner.all(runner.locks ? query.forUpdate() : query)))
      }
      return rows.map(toDiscovery)
    },
    async list(query) {
      const read = rowsToRead(query)
      const cursor = cursorText(query)
      let rows = matching(query).selectAll()
      if (cursor !== undefined) {
        const [kind, name, id] = fromCursor(cursor)
        rows = rows.where((is) => {
          const shown = beginning(is)
          const laterName = is.or([is(shown, '>', name), is.and([is(shown, '=', name), is('id', '>', id)])])
          return is.or([is('kind', '>', kind), is.and([is('kind', '=', kind), laterName])])
        })
      }
      rows = rows.orderBy('kind').orderBy(beginning).orderBy('id').limit(read)
      return toPage(await runner.all(rows), read, toCursor, toDiscovery)
    },
    async count(filter) {
      const row = await runner.first(matching(filter).select((is) => is.fn.countAll<number>().as('count')))
      return Number(row?.count ?? 0)
    },
    async ofSource(source) {
      return (await runner.all(all().where('source', '=', source).orderBy('id').limit(MOST))).map(toDiscovery)
    },
    async countOf(source) {
      const rows = build.selectFrom('discovery').where('source', '=', source)
      const row = await runner.first(rows.select((is) => is.fn.countAll<number>().as('count')))
      return Number(row?.count ?? 0)
    },
    async sweep(goneBefore, limit) {
      const old = build.selectFrom('discovery').select('id').where('gone_since', '<', goneBefore).limit(limit)
      return runner.run(build.deleteFrom('discovery').where('id', 'in', old))
    },
    async save(discoveries) {
      await replaceRows(runner, 'discovery', discoveries.map(toRow))
    },
  }
}

const beginning = (is: ExpressionBuilder<Schema, 'discovery'>) =>
  is.fn<string>('substr', ['search', is.lit(1), is.lit(ORDERED_BY)])

/** A name may hold spaces; a kind and an id hold none. */
const toCursor = ({ kind, search, id }: Schema['discovery']) =>
  `${kind} ${Array.from(search).slice(0, ORDERED_BY).join('')} ${id}`

function fromCursor(cursor: string): [kind: string, name: string, id: string] {
  const [first, last] = [cursor.indexOf(' '), cursor.lastIndexOf(' ')]
  return [cursor.slice(0, first), cursor.slice(first + 1, last), cursor.slice(last + 1)]
}

function toRow(discovery: Discovery): Value[] {
  const { id, source, kind, name, system, asset, state, decision, goneSince } = discovery
  const search = name.toLowerCase().slice(0, 500)
  const [until, gone] = [decision?.until ?? null, goneSince ?? null]
  return [id, source, kind, search, system ?? null, asset ?? null, state, until, gone, JSON.stringify(discovery)]
}

function toDiscovery({ state, body }: Schema['discovery']): Discovery {
  return { ...(jsonObject(body) as unknown as Discovery), state: oneOf(DISCOVERY_STATES, state) }
}
