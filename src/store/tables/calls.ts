// Calls as a table that only grows. What an ordinary call has in common with many others is a column with an index; what is
// rare of it (a code, a guard that hit) is a mark, so that ordinary calls cost few index entries and rare ones are found
// at once.
import { firstIdAt } from '../../lib/id.ts'
import { OUTCOMES } from '../../model/exchange.ts'
import type { CallBatch, CallQuery, CallRow, CallStore, Segment } from '../../record/call-store.ts'
import { TABLES } from '../backup/tables.ts'
import type { Runner, Value } from '../runner.ts'
import type { Schema } from '../schema.ts'
import { findCalls } from './call-search.ts'
import { oneOf } from './json.ts'

const CALL_ID = 'call'
const ROWS_AT_ONCE = 500
const HASH_BYTES = 32

export function calls(runner: Runner): CallStore {
  const { build } = runner
  return {
    async append(batch) {
      if (!(await keepsOpen(runner, batch))) return false
      const fresh = batch.calls.filter(({ replaces }) => !replaces)
      await runner.insertMany('exchange', TABLES.exchange, fresh.map(toValues))
      for (const call of batch.calls.filter(({ replaces }) => replaces)) await replace(runner, call)
      await runner.insertMany(
        'exchange_mark',
        TABLES.exchange_mark,
        batch.calls
          .filter(({ marks }) => marks.length > 0)
          .flatMap(({ id, marks }) => [...new Set(marks)].map((mark) => [mark, id])),
      )
      if (batch.calls.length > 0)
        await runner.insertMany('exchange_batch', TABLES.exchange_batch, [[batch.segment, batch.first, batch.hashes]])
      return true
    },
    async byId(id) {
      const row = await runner.first(build.selectFrom('exchange').selectAll().where('id', '=', id))
      return row && toCall(row)
    },
    list: (query) => findCalls(runner, query, toCall),
    async *all({ since, until, route, asset }: Pick<CallQuery, 'since' | 'until' | 'route' | 'asset'>) {
      let after = since === undefined ? '' : firstIdAt(CALL_ID, new Date(since))
      const end = until === undefined ? '~' : firstIdAt(CALL_ID, new Date(until))
      for (;;) {
        let rows = build.selectFrom('exchange').selectAll().where('id', '>', after).where('id', '<', end)
        if (route !== undefined) rows = rows.where('route', '=', route)
        if (asset !== undefined) rows = rows.where('asset', '=', asset)
        const found = await runner.all(rows.orderBy('id').limit(ROWS_AT_ONCE))
        if (found.length > 0) yield found.map(toCall)
        const last = found.at(-1)
        if (found.length < ROWS_AT_ONCE || last === undefined) return
        after = last.id
      }
    },
    async count({ since, until }) {
      const [from, to] = [firstIdAt(CALL_ID, new Date(since)), firstIdAt(CALL_ID, new Date(until))]
      const count = build.selectFrom('exchange').select((is) => is.fn.countAll<number>().as('count'))
      return (await runner.first(count.where('id', '>=', from).where('id', '<', to)))?.count ?? 0
    },
    async segment(id) {
      const row = await runner.first(build.selectFrom('exchange_segment').selectAll().where('id', '=', id))
      return row && toSegment(row)
    },
    async unsealed(touchedBefore, limit) {
      const rows = await runner.all(
        build
          .selectFrom('exchange_segment')
          .selectAll()
          .where('entry', 'is', null)
          .where('touched_at', '<', touchedBefore)
          .orderBy('touched_at')
          .limit(limit),
      )
      return rows.map(toSegment)
    },
    async hashes(segment) {
      const rows = await runner.all(
        build.selectFrom('exchange_batch').select('hashes').where('segment', '=', segment).orderBy('first'),
      )
      return rows.flatMap(({ hashes }) =>
        Array.from({ length: hashes.length / HASH_BYTES }, (_, i) =>
          hashes.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES),
        ),
      )
    },
    async seal(id, root, entry) {
      const query = build.updateTable('exchange_segment').set({ root, entry }).where('id', '=', id)
      return (await runner.run(query.where('entry', 'is', null))) > 0
    },
    async sweep(before, limit) {
      const end = firstIdAt(CALL_ID, new Date(before))
      const old = build.selectFrom('exchange').select('id').where('id', '<', end).orderBy('id')
      const bound = (await runner.first(old.limit(1).offset(limit)))?.id ?? end
      await runner.run(build.deleteFrom('exchange_mark').where('id', '<', bound))
      const removed = await runner.run(build.deleteFrom('exchange').where('id', '<', bound))
      if (removed > 0) return removed
      const done = build.selectFrom('exchange_segment').select('id').where('touched_at', '<', before)
      const segments = (await runner.all(done.where('entry', 'is not', null).limit(limit))).map(({ id }) => id)
      if (segments.length === 0) return 0
      await runner.run(build.deleteFrom('exchange_batch').where('segment', 'in', segments))
      return runner.run(build.deleteFrom('exchange_segment').where('id', 'in', segments))
    },
  }
}

/** Counts the batch in. Whoever seals the segment takes its row too, so that none is sealed under a batch. */
async function keepsOpen(runner: Runner, { segment, openedAt, at, first, calls, lost }: CallBatch): Promise<boolean> {
  const rows = await runner.sql(
    `insert into exchange_segment (id, opened_at, touched_at, calls, lost) values ($1, $2, $3, $4, $5)
     on conflict (id) do update set touched_at = excluded.touched_at, calls = excluded.calls,
       lost = exchange_segment.lost + excluded.lost
     where exchange_segment.entry is null returning id`,
    [segment, openedAt, at, first + calls.length, lost],
  )
  return rows.length > 0
}

async function replace(runner: Runner, call: CallRow): Promise<void> {
  const { id, ...row } = toRow(call)
  const changed = await runner.run(runner.build.updateTable('exchange').set(row).where('id', '=', id))
  if (changed === 0) await runner.insertMany('exchange', TABLES.exchange, [toValues(call)])
  else await runner.run(runner.build.deleteFrom('exchange_mark').where('id', '=', id))
}

function toRow(call: CallRow): Schema['exchange'] {
  return {
    id: call.id,
    key_id: call.keyId ?? null,
    asset: call.asset ?? null,
    agent: call.agent ?? null,
    route: call.route ?? null,
    model: call.model ?? null,
    outcome: call.outcome,
    status: call.status,
    segment: call.segment,
    position: call.position,
    leaf: call.leaf,
  }
}

const COLUMNS = Object.keys(TABLES.exchange) as (keyof Schema['exchange'])[]

function toValues(call: CallRow): Value[] {
  const row = toRow(call)
  return COLUMNS.map((column) => row[column])
}

function toCall(row: Schema['exchange']): CallRow {
  return {
    id: row.id,
    keyId: row.key_id ?? undefined,
    asset: row.asset ?? undefined,
    agent: row.agent ?? undefined,
    route: row.route ?? undefined,
    model: row.model ?? undefined,
    outcome: oneOf(OUTCOMES, row.outcome),
    status: row.status,
    segment: row.segment,
    position: row.position,
    leaf: row.leaf,
  }
}

function toSegment(row: Schema['exchange_segment']): Segment {
  return {
    id: row.id,
    openedAt: row.opened_at,
    touchedAt: row.touched_at,
    calls: row.calls,
    lost: row.lost,
    root: row.root ?? undefined,
    entry: row.entry ?? undefined,
  }
}
